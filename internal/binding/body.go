package binding

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// body holds the part of a binding that arguments describe, as decoded JSON of the API.
type body = map[string]any

// body returns the body that the arguments describe. It returns an error if an argument for a JSON object contains anything else.
func (m model) body() (body, error) {
	written := body{}
	for _, name := range texts {
		written[name] = m.text(name).ValueString()
	}
	if id, ok := written["destination_id"].(string); ok {
		written["destination_id"] = text.ID(id)
	}
	for name, value := range m {
		if list, ok := value.(types.List); ok {
			addBlocks(written, name, list)
		}
	}
	for _, a := range arguments {
		wire, err := a.toWire(m.argument(a.at...))
		if err != nil {
			return nil, err
		}
		if wire != nil {
			set(written, wire, a.key)
		}
	}
	return written, nil
}

// addBlocks adds an object for every block that is present, even for an empty block.
func addBlocks(to body, name string, list types.List) {
	inner, ok := blocks.SingleElement(list)
	if !ok || name == "rule" {
		return
	}
	object := body{}
	for name, value := range inner {
		if list, ok := value.(types.List); ok {
			addBlocks(object, name, list)
		}
	}
	to[name] = object
}

// set sets the value at a path, and creates missing objects along the path.
func set(in body, wire any, key []string) {
	for _, step := range key[:len(key)-1] {
		inner, ok := in[step].(body)
		if !ok {
			inner = body{}
			in[step] = inner
		}
		in = inner
	}
	in[key[len(key)-1]] = wire
}

// lookUp returns the value at a path; nil if the path does not exist.
func lookUp(in body, key []string) any {
	var value any = in
	for _, step := range key {
		object, _ := value.(body)
		value = object[step]
	}
	return value
}

// shownBody returns the body in the API's response.
func shownBody(b *talonic.Binding) body {
	shown := body{
		"name": b.Name, "deliverable_type": b.DeliverableType, "destination_id": text.ID(b.DestinationID), "serializer_format": b.SerializerFormat,
		"signal_filter": jsonvalue.Of(b.SignalFilter),
	}
	for key, value := range map[string]any{
		serializerConfigKey: b.SerializerConfig, resolverConfigKey: b.ResolverConfig, fieldMapKey: b.FieldMap, deliveryPolicyKey: b.DeliveryPolicy,
	} {
		if wire := jsonvalue.Of(value); wire != nil {
			shown[key] = wire
		}
	}
	return shown
}

// decoded decodes valid JSON.
func decoded(text []byte) any { return jsonvalue.Of(json.RawMessage(text)) }

// decodeAs converts a part of a body to a type of the client; nil if part is nil.
func decodeAs[T any](part any) *T {
	if part == nil {
		return nil
	}
	encoded, _ := json.Marshal(part) // cannot fail: part is decoded JSON
	var value T
	_ = json.Unmarshal(encoded, &value) // cannot fail: the arguments determine the form of part
	return &value
}

// rawOf encodes a part of a body as JSON; nil if part is nil.
func rawOf(part any) json.RawMessage {
	raw := decodeAs[json.RawMessage](part)
	if raw == nil {
		return nil
	}
	return *raw
}

// nothing returns the value of an omitted argument or block.
func nothing(t attr.Type) attr.Value { return blocks.Absent(t) }
