package talonic

import (
	"encoding/json"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// withoutValues redacts the values of a request in the message of its error, because the API may quote them and a user may have
// marked them as sensitive. It does not redact secrets; see [scrubber].
func (r call) withoutValues(e *Error) *Error {
	if r.body == nil || e.Message == "" {
		return e
	}
	var body struct {
		Config           any `json:"config"`
		SignalFilter     any `json:"signal_filter"`
		SerializerConfig any `json:"serializer_config"`
		ResolverConfig   any `json:"resolver_config"`
		FieldMap         any `json:"field_map"`
	}
	encoded, err := json.Marshal(r.body)
	if err != nil || json.Unmarshal(encoded, &body) != nil {
		return e
	}
	var hidden jsonvalue.Hidden
	for _, value := range []any{body.Config, body.SignalFilter, body.SerializerConfig, body.ResolverConfig, body.FieldMap} {
		hidden.Add(value)
	}
	without := *e
	without.Message = hidden.TakenOutOf(e.Message)
	return &without
}
