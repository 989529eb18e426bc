package binding

import (
	"bytes"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// body is a binding as the API's JSON has it, decoded: what the arguments say, and no more.
type body = map[string]any

// body is what the arguments say.
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

// addBlocks adds an object for a block that is there, even if nothing is in it.
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

// set sets what is under a key, in objects that are made where they are missing.
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

// lookUp is what is under a key; nil if there is nothing.
func lookUp(in body, key []string) any {
	var value any = in
	for _, step := range key {
		object, _ := value.(body)
		value = object[step]
	}
	return value
}

// shownBody is what the API shows.
func shownBody(b *talonic.Binding) body {
	shown := body{
		"name": b.Name, "deliverable_type": b.DeliverableType, "destination_id": text.ID(b.DestinationID), "serializer_format": b.SerializerFormat,
		"signal_filter": asJSON(b.SignalFilter),
	}
	for key, value := range map[string]any{
		serializerConfigKey: b.SerializerConfig, resolverConfigKey: b.ResolverConfig, fieldMapKey: b.FieldMap, deliveryPolicyKey: b.DeliveryPolicy,
	} {
		if wire := asJSON(value); wire != nil {
			shown[key] = wire
		}
	}
	return shown
}

// asJSON is a value of the client's as decoded JSON.
func asJSON(value any) any {
	if raw, ok := value.(json.RawMessage); ok && raw == nil {
		return nil
	}
	encoded, _ := json.Marshal(value) // it was decoded from JSON
	return decoded(encoded)
}

func decoded(text []byte) (value any) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	_ = decoder.Decode(&value) // it was encoded here
	return value
}

// decodeAs is a part of a body as the client has it; nil if there is none.
func decodeAs[T any](part any) *T {
	if part == nil {
		return nil
	}
	encoded, _ := json.Marshal(part) // decoded JSON can always be encoded
	var value T
	_ = json.Unmarshal(encoded, &value) // its form is that of the arguments
	return &value
}

// rawOf is a part of a body that the client has as JSON; nil if there is none.
func rawOf(part any) json.RawMessage {
	raw := decodeAs[json.RawMessage](part)
	if raw == nil {
		return nil
	}
	return *raw
}

// nothing is a value of an argument that is not there.
func nothing(t attr.Type) attr.Value { return blocks.Absent(t) }
