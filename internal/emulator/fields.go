package emulator

import (
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
)

// A field is one key of an object that the contract describes.
type field struct {
	name     string
	required bool
	kind     kind
	preset   any     // what the API takes when the field is absent; nil if that is nothing
	inside   []field // of the object that it is; nil if nothing is said about them
}

// A kind is what a value may be. The wording completes "<field> must be ".
type kind struct {
	wording string
	accepts func(any) bool
	schema  fields // the same as JSON Schema, for the catalog; nil for what is not in one
}

var (
	text = kind{"a non-empty string", isText, fields{"type": "string", "minLength": 1}}
	// anyText is for what the contract calls a string and where an empty one makes sense, such as a password of HTTP Basic.
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
	// rootedPath is absolute: section 3.1 calls remote_path an absolute remote directory.
	rootedPath = kind{
		"an absolute path",
		func(v any) bool { s, ok := v.(string); return ok && strings.HasPrefix(s, "/") },
		fields{"type": "string", "pattern": "^/"},
	}
)

// orNull is a kind that null belongs to as well.
func orNull(k kind) kind {
	return kind{
		k.wording + " or null",
		func(v any) bool { return v == nil || k.accepts(v) },
		fields{"oneOf": []fields{k.schema, {"type": "null"}}},
	}
}

// oneOf is the kind of the listed strings.
func oneOf(list ...string) kind {
	return kind{
		wording: "one of " + strings.Join(list, ", "),
		accepts: func(v any) bool { s, ok := v.(string); return ok && slices.Contains(list, s) },
	}
}

// arrayOf is a kind of arrays. The items complete "an array of ".
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

// problems are what is wrong with a body. Each names its field and none repeats a value.
type problems []string

// wrong adds that the field at path is not what it must be.
func (p *problems) wrong(path, wording string) { *p = append(*p, path+" must be "+wording) }

// unknown adds each key of in that is not known. Keys of objects inside the body are named with their prefix.
func (p *problems) unknown(prefix string, in fields, known ...string) {
	for _, key := range slices.Sorted(maps.Keys(in)) {
		if !slices.Contains(known, key) {
			*p = append(*p, "property "+prefix+key+" should not exist")
		}
	}
}

// undescribed adds each key of in, and of the objects inside it, that is not described.
func (p *problems) undescribed(prefix string, in fields, described []field) {
	p.unknown(prefix, in, names(described)...)
	for _, f := range described {
		if inner, ok := in[f.name].(fields); ok && f.inside != nil {
			p.undescribed(prefix+f.name+".", inner, f.inside)
		}
	}
}

// check adds the fields that are required but absent, or not of their kind.
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

// withPresets is a copy of stored with what the API takes for what is absent. It is not nil.
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
