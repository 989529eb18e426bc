package emulator

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Described is a name with its explanation, for the help of the command line.
type Described struct {
	Name string
	Doc  string
}

// faultSource is the only list of the faults. The help of the command line is generated from it.
//
//go:embed faults.go
var faultSource string

type faultDocs struct{ kinds, keys []Described }

var faultList = sync.OnceValue(func() faultDocs {
	file, err := parser.ParseFile(token.NewFileSet(), "faults.go", faultSource, parser.ParseComments)
	if err != nil {
		panic(err) // the compiler has parsed the same source
	}
	var docs faultDocs
	for decl := range declarations[*ast.ValueSpec](file) {
		for _, spec := range decl {
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
				docs.kinds = append(docs.kinds, Described{strings.Trim(literal.Value, `"`), sentence(spec.Names[0].Name, spec.Doc)})
			}
		}
	}
	for decl := range declarations[*ast.TypeSpec](file) {
		fault, ok := decl[0].Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, field := range fault.Fields.List[1:] { // all but the kind
			name := field.Names[0].Name
			docs.keys = append(docs.keys, Described{strings.ToLower(name), sentence(name, field.Doc)})
		}
	}
	return docs
})

// FaultKinds returns the kinds of faults.
func FaultKinds() []Described { return slices.Clone(faultList().kinds) }

// FaultKeys returns the keys that [ParseFault] accepts.
func FaultKeys() []Described { return slices.Clone(faultList().keys) }

// ParseFault parses a fault from "kind" or "kind:key=value,key=value". The keys are the fields of [Fault], in any case. It
// returns an error if the fault is invalid.
func ParseFault(text string) (Fault, error) {
	kind, settings, hasSettings := strings.Cut(strings.TrimSpace(text), ":")
	f := Fault{Kind: FaultKind(strings.ToLower(kind))}
	if _, ok := effects[f.Kind]; !ok {
		return Fault{}, fmt.Errorf("no fault is named %q", kind)
	}
	if !hasSettings {
		return f, nil
	}
	for setting := range strings.SplitSeq(settings, ",") {
		key, value, _ := strings.Cut(setting, "=")
		if err := f.set(key, value); err != nil {
			return Fault{}, fmt.Errorf("%s: %w", f.Kind, err)
		}
	}
	return f, f.check()
}

// check returns an error if the fault has an unknown value, or values that are incompatible.
func (f Fault) check() error {
	does, ok := effects[f.Kind]
	if !ok {
		return fmt.Errorf("no fault is named %q", f.Kind)
	}
	named := func(form form) bool { return strings.EqualFold(form.name, f.Form) }
	if f.Form != "" && !slices.ContainsFunc(does.forms, named) {
		return fmt.Errorf("%s: form is one of [%s], not %q", f.Kind, strings.Join(FaultForms(f.Kind), ", "), f.Form)
	}
	executed := strings.ToLower(f.Executed)
	if executed != "" && !slices.Contains(executions, executed) {
		return fmt.Errorf("%s: executed is one of %s, not %q", f.Kind, strings.Join(executions, ", "), f.Executed)
	}
	if executed != "" && executed != executedBefore && (does.relays || does.onSuccess) {
		return fmt.Errorf("%s: there is no answer without the request being executed before", f.Kind)
	}
	if f.Status != 0 && (f.Status < 300 || f.Status > 599) {
		return fmt.Errorf("%s: status is from 300 to 599, not %d", f.Kind, f.Status)
	}
	return nil
}

// FaultForms returns the forms of a kind of fault, the default first. It returns nil if the kind has only one form.
func FaultForms(kind FaultKind) []string {
	var list []string
	for _, form := range effects[kind].forms {
		list = append(list, form.name)
	}
	return list
}

// set sets the field of a key.
func (f *Fault) set(key, value string) error {
	field := reflect.ValueOf(f).Elem().FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, key) && name != "Kind" })
	if !field.IsValid() {
		return fmt.Errorf("no key is named %q", key)
	}
	switch field.Interface().(type) {
	case string:
		field.SetString(value)
	case int:
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return fmt.Errorf("%s is a number from 0, not %q", key, value)
		}
		field.SetInt(int64(n))
	case time.Duration:
		d, err := time.ParseDuration(value)
		if err != nil || d < 0 {
			return fmt.Errorf("%s is a duration such as 2s, not %q", key, value)
		}
		field.SetInt(int64(d))
	}
	if strings.EqualFold(key, "operation") && !slices.Contains(operations, strings.ToLower(value)) {
		return fmt.Errorf("%s is one of %s, not %q", key, strings.Join(operations, ", "), value)
	}
	return nil
}
