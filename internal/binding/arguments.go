package binding

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// argument describes an argument that the API may omit, or may return in another form than it was sent.
type argument struct {
	at  []string // path in the resource: its blocks, then its name
	key []string // path in the API's body

	isJSON bool // a JSON object as text

	// defaults holds the API's documented defaults for an omitted key, as JSON. There may be several, because the API's documents contradict
	// each other. The provider never sends a default unless it is configured.
	defaults []string
}

func at(dotted string) argument {
	steps := strings.Split(dotted, ".")
	return argument{at: steps, key: steps}
}

func (a argument) withKey(dotted string) argument {
	a.key = strings.Split(dotted, ".")
	return a
}

func (a argument) withDefaults(json ...string) argument {
	a.defaults = json
	return a
}

func (a argument) ofJSON() argument {
	a.isJSON = true
	return a
}

// Keys of objects that an update removes by sending null.
const (
	serializerConfigKey = "serializer_config"
	resolverConfigKey   = "resolver_config"
	fieldMapKey         = "field_map"
	deliveryPolicyKey   = "delivery_policy"
)

var (
	rulesArgument  = at("field_map.rule").withKey("field_map.rules")
	staticArgument = at("field_map.static").ofJSON()
	dropArgument   = at("field_map.drop")
)

// arguments lists all arguments except the required strings at top level.
var arguments = []argument{
	at("signal_filter.event_type"),
	at("signal_filter.match").ofJSON(),
	at(serializerConfigKey).ofJSON(),
	at(resolverConfigKey).ofJSON().withDefaults(`{"null_handling": "always_null"}`),
	rulesArgument,
	staticArgument,
	dropArgument,
	// The defaults are the retry schedules of the models of Talonic's Python SDK, and of the API docs.
	//
	// API docs: Create Binding.
	at("delivery_policy.max_attempts").withDefaults(`6`, `7`),
	at("delivery_policy.backoff_schedule").withDefaults(
		`[5000, 30000, 120000, 600000, 3600000]`, `[0, 30000, 120000, 480000, 1800000, 7200000, 28800000]`),
	at("delivery_policy.timeout_ms").withDefaults(`30000`), // default of the older webhooks
	at("delivery_policy.rate_limit.rate_per_sec").withKey("delivery_policy.rate_limit.ratePerSec"),
	at("delivery_policy.rate_limit.capacity"),
}

// texts lists the required strings at top level.
var texts = []string{"name", "deliverable_type", "destination_id", "serializer_format"}

// name returns the argument's path in the resource, joined by dots.
func (a argument) name() string { return strings.Join(a.at, ".") }

// keyText returns the argument's path in the API's body, joined by dots.
func (a argument) keyText() string { return strings.Join(a.key, ".") }

// path returns the argument's path in the resource.
func (a argument) path() path.Path {
	p := path.Root(a.at[0])
	for _, step := range a.at[1:] {
		p = p.AtListIndex(0).AtName(step)
	}
	return p
}

// isDefault reports whether a value, as decoded JSON, has the same effect as omitting the key.
func (a argument) isDefault(wire any) bool {
	for _, text := range a.defaults {
		if jsonvalue.Equal(wire, decoded([]byte(text))) {
			return true
		}
	}
	return isEmpty(wire)
}

// isDefault reports whether a value at a dotted path in the API's body has the same effect as omitting the key.
func isDefault(key string, wire any) bool { return isDefaultAt(strings.Split(key, "."), wire) }

// isDefaultAt is like isDefault, for a path that is not joined by dots.
func isDefaultAt(key []string, wire any) bool {
	return slices.ContainsFunc(arguments, func(a argument) bool { return slices.Equal(a.key, key) && a.isDefault(wire) })
}

// isEmpty reports whether a value is nil, an empty object or an empty list. The provider treats these as equal.
func isEmpty(wire any) bool {
	switch wire := wire.(type) {
	case nil:
		return true
	case map[string]any:
		return len(wire) == 0
	case []any:
		return len(wire) == 0
	}
	return false
}

// same reports whether two values of an argument are equal.
func same(a, b any) bool { return isEmpty(a) && isEmpty(b) || jsonvalue.Equal(a, b) }

// toWire returns the value of an argument as decoded JSON; nil if it is null or unknown. It panics for a type that no argument has.
func (a argument) toWire(value attr.Value) (any, error) {
	if value == nil || value.IsNull() || value.IsUnknown() {
		return nil, nil
	}
	switch v := value.(type) {
	case types.String:
		if !a.isJSON {
			return v.ValueString(), nil
		}
		object, err := jsonvalue.ParseObject(v.ValueString())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.name(), err)
		}
		return object, nil
	case types.Int64:
		return jsonvalue.Integer(v.ValueInt64()), nil
	case types.Float64:
		return json.Number(strconv.FormatFloat(v.ValueFloat64(), 'g', -1, 64)), nil
	case types.List:
		if _, isBlock := v.ElementType(context.Background()).(types.ObjectType); isBlock && len(v.Elements()) == 0 {
			return nil, nil
		}
		list := []any{}
		for _, element := range v.Elements() {
			item, err := a.toWire(element)
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		return list, nil
	case types.Object: // a rule
		object := map[string]any{}
		for name, inner := range v.Attributes() {
			object[name], _ = a.toWire(inner) // cannot fail: every attribute of a rule is a string
		}
		return object, nil
	}
	panic(fmt.Sprintf("no argument has the type %T", value)) // cannot happen: the schema's test converts every argument
}

// fromWire converts a value from the API, as decoded JSON, to the form in which CLIs store the argument. An empty value becomes null, or no
// block. It returns an [apidiag.Unreadable] if the value does not fit the argument's type.
func (a argument) fromWire(t attr.Type, wire any) (attr.Value, error) {
	wire = jsonvalue.Canonical(wire)
	if isEmpty(wire) {
		return nothing(t), nil
	}
	wrong := apidiag.Unreadable{
		Problem: fmt.Sprintf("%s is %s, which is not a valid value of the argument %s", a.keyText(), jsonvalue.Kind(wire), a.name()),
	}
	switch t := t.(type) {
	case types.ListType:
		items, ok := wire.([]any)
		if !ok {
			return nil, wrong
		}
		elements := []attr.Value{}
		for _, item := range items {
			element, err := a.fromWire(t.ElemType, item)
			if err != nil {
				return nil, err
			}
			elements = append(elements, element)
		}
		return types.ListValueMust(t.ElemType, elements), nil
	case types.ObjectType: // a rule
		object, ok := wire.(map[string]any)
		if !ok {
			return nil, wrong
		}
		attributes := map[string]attr.Value{}
		for name, inner := range t.AttrTypes {
			value, err := argument{at: a.at, key: a.key}.fromWire(inner, object[name])
			if err != nil {
				return nil, err
			}
			attributes[name] = value
		}
		return types.ObjectValueMust(t.AttrTypes, attributes), nil
	}
	switch wire := wire.(type) {
	case map[string]any:
		if a.isJSON {
			return types.StringValue(jsonvalue.Quote(redact.PrintableValue(wire))), nil
		}
	case string:
		if !a.isJSON && t.Equal(types.StringType) {
			return types.StringValue(redact.Printable(wire)), nil
		}
	case json.Number:
		whole, isWhole := jsonvalue.WholeNumber(wire)
		fraction, err := wire.Float64()
		switch {
		case t.Equal(types.Int64Type) && isWhole:
			return types.Int64Value(whole), nil
		case t.Equal(types.Float64Type) && err == nil:
			return types.Float64Value(fraction), nil
		}
	}
	return nil, wrong
}
