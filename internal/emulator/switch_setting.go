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

// Switch describes one field of [Behavior], for the help of the command line.
type Switch struct {
	// Name is the name of the field.
	Name string
	// Doc explains the field. It follows the name of the field and ends with a period.
	Doc string
	// Values are the constants of the field, the zero value first. It is empty for a boolean, a number and a duration.
	Values []SwitchValue
}

// SwitchValue is one of the constants of a [Switch].
type SwitchValue struct {
	Name string
	Doc  string
}

// behaviorSource is the only list of the switches. The help of the command line is generated from it.
//
//go:embed switches.go
var behaviorSource string

var switches = sync.OnceValue(func() []Switch {
	file, err := parser.ParseFile(token.NewFileSet(), "switches.go", behaviorSource, parser.ParseComments)
	if err != nil {
		panic(err) // the compiler has parsed the same source
	}

	values := map[string][]SwitchValue{} // by the name of their type
	for decl := range declarations[*ast.ValueSpec](file) {
		var typeName string
		for _, spec := range decl {
			if spec.Type != nil {
				typeName = spec.Type.(*ast.Ident).Name
			}
			name := spec.Names[0].Name
			values[typeName] = append(values[typeName], SwitchValue{Name: name, Doc: sentence(name, spec.Doc)})
		}
	}

	var list []Switch
	for decl := range declarations[*ast.TypeSpec](file) {
		fields, ok := decl[0].Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, field := range fields.Fields.List {
			name := field.Names[0].Name
			s := Switch{Name: name, Doc: sentence(name, field.Doc)}
			if named, ok := field.Type.(*ast.Ident); ok {
				s.Values = values[named.Name]
			}
			list = append(list, s)
		}
	}
	return list
})

// declarations yields the specifications of each declaration in file that declares a T.
func declarations[T ast.Spec](file *ast.File) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		for _, decl := range file.Decls {
			var specs []T
			if general, ok := decl.(*ast.GenDecl); ok {
				for _, spec := range general.Specs {
					if s, ok := spec.(T); ok {
						specs = append(specs, s)
					}
				}
			}
			if len(specs) > 0 && !yield(specs) {
				return
			}
		}
	}
}

// sentence returns a doc comment on one line, without the name at its beginning.
func sentence(name string, doc *ast.CommentGroup) string {
	return strings.TrimPrefix(strings.Join(strings.Fields(doc.Text()), " "), name+" ")
}

// Switches returns the switches of [Behavior] in the order of its fields.
func Switches() []Switch { return slices.Clone(switches()) }

// Set sets one switch from "Name" (which turns a boolean on) or "Name=value", in any case. It returns an error if the name or the
// value is unknown.
func (b *Behavior) Set(setting string) error {
	name, value, hasValue := strings.Cut(strings.TrimSpace(setting), "=")
	at := slices.IndexFunc(switches(), func(s Switch) bool { return strings.EqualFold(s.Name, name) })
	if at < 0 {
		return fmt.Errorf("no switch is named %q", name)
	}
	s := switches()[at]
	field := reflect.ValueOf(b).Elem().FieldByName(s.Name)

	switch {
	case field.Type() == reflect.TypeFor[time.Duration]():
		d, err := time.ParseDuration(value)
		if err != nil {
			return fmt.Errorf("%s is a duration such as 2s, not %q", s.Name, value)
		}
		field.SetInt(int64(d))
	case field.Kind() == reflect.Bool:
		on := true
		if hasValue {
			var err error
			if on, err = strconv.ParseBool(value); err != nil {
				return fmt.Errorf("%s is true or false, not %q", s.Name, value)
			}
		}
		field.SetBool(on)
	case len(s.Values) > 0:
		position := slices.IndexFunc(s.Values, func(v SwitchValue) bool { return strings.EqualFold(v.Name, value) })
		if position < 0 {
			return fmt.Errorf("%s is one of %s, not %q", s.Name, strings.Join(s.valueNames(), ", "), value)
		}
		field.SetInt(int64(position)) // the constants count from zero in the order of the source
	default:
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return fmt.Errorf("%s is a number from 0, not %q", s.Name, value)
		}
		field.SetInt(int64(n))
	}
	return nil
}

func (s Switch) valueNames() []string {
	var names []string
	for _, v := range s.Values {
		names = append(names, v.Name)
	}
	return names
}
