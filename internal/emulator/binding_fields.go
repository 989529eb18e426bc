package emulator

import "slices"

// bindingFields are the fields of a create. An update accepts any of them. [Emulator.incompatible] checks the names of types and
// formats, because that check depends on several fields.
//
// API docs: Create Binding.
var bindingFields = []field{
	{name: "name", required: true, kind: text},
	{name: "signal_filter", required: true, kind: object, inside: signalFilterFields},
	{name: "deliverable_type", required: true, kind: text},
	{name: "destination_id", required: true, kind: text},
	{name: "serializer_format", required: true, kind: text},
	{name: "serializer_config", kind: objectOrNull},
	{name: "resolver_config", kind: objectOrNull},
	{name: "field_map", kind: objectOrNull, inside: []field{
		{name: "rules", kind: arrayOf("objects with a source and a target", isRule)},
		{name: "static", kind: object},
		{name: "drop", kind: arrayOf("non-empty strings", isText)},
	}},
	{name: "delivery_policy", kind: objectOrNull, inside: deliveryPolicyFields},
	{name: "is_active", kind: flag},
}

var signalFilterFields = []field{
	{name: "event_type", required: true, kind: text},
	{name: "match", kind: matchValues, preset: fields{}},
}

// deliveryPolicyFields have the retry schedule of the SDK's model as defaults. Two assumptions are undocumented: the timeout
// equals that of the older webhooks, and a policy may be incomplete.
var deliveryPolicyFields = []field{
	{name: "max_attempts", kind: positive, preset: 6},
	{name: "backoff_schedule", kind: arrayOf("integers from 0", func(v any) bool { return isIntegerFrom(0, v) }),
		preset: []int{5_000, 30_000, 120_000, 600_000, 3_600_000}},
	{name: "timeout_ms", kind: positive, preset: 30_000},
	{name: "rate_limit", kind: object, inside: []field{
		{name: "ratePerSec", required: true, kind: positiveNumber},
		{name: "capacity", required: true, kind: positive},
	}},
}

// guidePolicy holds the defaults of the API's guide. Its first wait, 0 seconds, precedes the first attempt.
var guidePolicy = map[string]any{
	"max_attempts":     7,
	"backoff_schedule": []int{30_000, 120_000, 480_000, 1_800_000, 7_200_000, 28_800_000},
}

// deliveryPolicy returns a stored delivery_policy with defaults for absent fields.
func (b Behavior) deliveryPolicy(stored fields) fields {
	described := slices.Clone(deliveryPolicyFields)
	for i, f := range described {
		if preset, ok := guidePolicy[f.name]; ok && b.GuideRetrySchedule {
			described[i].preset = preset
		}
	}
	return withPresets(stored, described)
}

// These are the values of resolver_config.null_handling.
const (
	alwaysNull  = "always_null"
	omitAbsent  = "omit_absent"
	distinguish = "distinguish"
)

// resolverConfigFields are an example from the API docs, so other keys are accepted as well.
var resolverConfigFields = []field{
	{name: "null_handling", kind: oneOf(alwaysNull, omitAbsent, distinguish), preset: alwaysNull},
}

var (
	positiveNumber = kind{wording: "a positive number", accepts: func(v any) bool { n, ok := v.(float64); return ok && n > 0 }}
	// matchValues must equal the payload's values under the same keys. It is an assumption that they are scalars.
	matchValues = kind{wording: "an object whose values are strings, numbers, booleans or null", accepts: isFlat}
)

func isFlat(v any) bool {
	match, ok := v.(fields)
	for _, value := range match {
		switch value.(type) {
		case fields, []any:
			ok = false
		}
	}
	return ok
}

func isRule(v any) bool {
	rule, _ := v.(fields)
	return isText(rule["source"]) && isText(rule["target"])
}

// optional returns the same fields as optional fields.
func optional(described []field) []field {
	var list []field
	for _, f := range described {
		f.required = false
		list = append(list, f)
	}
	return list
}
