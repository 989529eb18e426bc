package destination

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"

	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// decode decodes a JSON value as the client does; "" is nil.
func decode(t testing.TB, text string) any {
	t.Helper()
	if text == "" {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewBufferString(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return value
}

// decodeConfig decodes the JSON object of a config; "" is nil.
func decodeConfig(t testing.TB, text string) config {
	t.Helper()
	object, ok := decode(t, text).(config)
	if !ok && text != "" {
		t.Fatalf("%s is no object", text)
	}
	return object
}

// blockOf is a connector's block with these arguments, given as JSON. The others are null. "" is no block at all.
func blockOf(t testing.TB, c connector, text string) values {
	t.Helper()
	if text == "" {
		return nil
	}
	given := decodeConfig(t, text)
	v := values{c.otherKeys.name: types.StringNull()}
	if keys, ok := given[c.otherKeys.name].(string); ok {
		v[c.otherKeys.name] = types.StringValue(keys)
	}
	delete(given, c.otherKeys.name)
	for _, a := range c.arguments {
		value, err := a.fromWire(given[a.name])
		if err != nil {
			t.Fatal(err)
		}
		v[a.name] = value
		delete(given, a.name)
	}
	if len(given) > 0 {
		t.Fatalf("%s has no arguments %v", c.name, given)
	}
	return v
}

// withCredentials adds a credential block with these arguments.
func withCredentials(v values, c connector, name string, arguments values) values {
	t := schemas.ElementType(schemas.ElementType(objectType.AttrTypes[c.name]).AttrTypes[name])
	return v.with(values{name: types.ListValueMust(t, []attr.Value{schemas.Complete(t, arguments)})})
}

// destinationOf is a destination with such a connector block.
func destinationOf(c connector, v values) *model {
	m := &model{}
	m.setConnector(c, v)
	return m
}

// sampleOf is a value for an argument, as JSON has it: another one for each n, and never the API's default.
func sampleOf(a argument, n int64) any {
	switch a.attribute.GetType() {
	case types.BoolType:
		return true
	case types.Int64Type:
		return jsonvalue.Integer(1000 + n)
	case types.StringType:
		return a.name + " " + jsonvalue.Integer(n).String()
	}
	return map[string]any{"X-One": jsonvalue.Integer(n).String(), "x-two": ""}
}

// summaries are the summaries of diagnostics, with the path in front if there is one.
func summaries(diags diag.Diagnostics) []string {
	var all []string
	for _, d := range diags {
		text := d.Severity().String() + ": " + d.Summary()
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			text = at.Path().String() + ": " + text
		}
		all = append(all, text)
	}
	return all
}
