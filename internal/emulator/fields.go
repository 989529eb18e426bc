package emulator

import (
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
)

// field is one documented key of an object.
type field struct {
	name     string
	required bool
	kind     kind
	preset   any     // API's default if the field is absent; nil: none
	inside   []field // fields of an object; nil: undocumented
}

// kind defines the accepted values of a field. The wording completes "<field> must be ".
type kind struct {
	wording string
	accepts func(any) bool
	schema  fields // accepted values as JSON Schema, for the catalog; nil for fields outside config and auth_config
}

var (
	text = kind{"a non-empty string", isText, fields{"type": "string", "minLength": 1}}
	// anyText is a documented string that may be empty, such as a password of HTTP Basic authentication.
	anyText = kind{"a string", func(v any) bool { _, ok := v.(string); return ok }, fields{"type": "string"}}
	flag    = kind{"a boolean", func(v any) bool { _, ok := v.(bool); return ok }, fields{"type": "boolean"}}
	port    = kind{
		"an integer from 1 to 65535",
		func(v any) bool { return isIntegerFrom(1, v) && v.(float64) <= math.MaxUint16 },
		fields{"type": "integer", "minimum": 1, "maximum": math.MaxUint16},
	}
	positive = kind{
		"a positive integer",
		func(v any) bool { return isIntegerFrom(1, v) },
		fields{"type": "integer", "minimum": 1},
	}
	textOrNull     = orNull(text)
	positiveOrNull = orNull(positive)
	objectOrNull   = orNull(object)
	object         = kind{
		"an object",
		func(v any) bool { m, ok := v.(fields); return ok && m != nil },
		fields{"type": "object"},
	}
	stringMap = kind{
		"an object whose values are strings",
		isStringMap,
		fields{"type": "object", "additionalProperties": fields{"type": "string"}},
	}
	webURL = kind{"an absolute http or https URL", isWebURL, fields{"type": "string", "format": "uri", "pattern": "^https?://"}}
	// rootedPath is an absolute path, as documented for remote_path.
	rootedPath = kind{
		"an absolute path",
		func(v any) bool { s, ok := v.(string); return ok && strings.HasPrefix(s, "/") },
		fields{"type": "string", "pattern": "^/"},
	}
)

// orNull returns a kind that also accepts null.
func orNull(k kind) kind {
	return kind{
		k.wording + " or null",
		func(v any) bool { return v == nil || k.accepts(v) },
		fields{"oneOf": []fields{k.schema, {"type": "null"}}},
	}
}

// oneOf returns the kind of the listed strings.
func oneOf(list ...string) kind {
	return kind{
		wording: "one of " + strings.Join(list, ", "),
		accepts: func(v any) bool { s, ok := v.(string); return ok && slices.Contains(list, s) },
	}
}

// arrayOf returns a kind of arrays. items completes "an array of ".
func arrayOf(items string, accepts func(any) bool) kind {
	return kind{wording: "an array of " + items, accepts: func(v any) bool {
		list, ok := v.([]any)
		for _, item := range list {
			ok = ok && accepts(item)
		}
		return ok
	}}
}

func isText(v any) bool {
	s, ok := v.(string)
	return ok && s != ""
}

func isIntegerFrom(least float64, v any) bool {
	n, ok := v.(float64)
	return ok && n == math.Trunc(n) && n >= least && n <= 1<<53
}

func isStringMap(v any) bool {
	m, ok := v.(fields)
	for _, value := range m {
		_, isString := value.(string)
		ok = ok && isString
	}
	return ok
}

func isWebURL(v any) bool {
	s, ok := v.(string)
	if !ok {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// problems lists the errors in a body. Each names its field, and none quotes a value.
type problems []string

// wrong adds the problem that the field at path is invalid.
func (p *problems) wrong(path, wording string) { *p = append(*p, path+" must be "+wording) }

// unknown adds a problem for each key of in that is not in known. prefix precedes the keys in the problems.
func (p *problems) unknown(prefix string, in fields, known ...string) {
	for _, key := range slices.Sorted(maps.Keys(in)) {
		if !slices.Contains(known, key) {
			*p = append(*p, "property "+prefix+key+" should not exist")
		}
	}
}

// undescribed adds a problem for each key of in, and of the objects inside it, that is not described.
func (p *problems) undescribed(prefix string, in fields, described []field) {
	p.unknown(prefix, in, names(described)...)
	for _, f := range described {
		if inner, ok := in[f.name].(fields); ok && f.inside != nil {
			p.undescribed(prefix+f.name+".", inner, f.inside)
		}
	}
}

// check adds a problem for each field that is required but absent, or whose value its kind does not accept.
func (p *problems) check(prefix string, in fields, described []field) {
	for _, f := range described {
		value, sent := in[f.name]
		if (sent || f.required) && !f.kind.accepts(value) {
			p.wrong(prefix+f.name, f.kind.wording)
			continue
		}
		if inner, ok := value.(fields); ok {
			p.check(prefix+f.name+".", inner, f.inside)
		}
	}
}

// withPresets returns a copy of stored with the API's defaults for absent fields. It never returns nil.
func withPresets(stored fields, described []field) fields {
	shown := fields{}
	for _, f := range described {
		if f.preset != nil {
			shown[f.name] = f.preset
		}
	}
	maps.Copy(shown, stored)
	return shown
}

func names(described []field) []string {
	var list []string
	for _, f := range described {
		list = append(list, f.name)
	}
	return list
}
