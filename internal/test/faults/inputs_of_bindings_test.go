package faults

import (
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// bindingRows lists the arguments of a binding.
var bindingRows = []inputRow{
	bindingRow("name", "a", asText),
	bindingRow("deliverable_type", "pipeline.capture", asText),
	bindingRow("serializer_format", "json", asText),
	bindingRow("destination_id", targetID, asText),
	bindingRow("signal_filter.event_type", event, asText),
	bindingRow("signal_filter.match", marker, asJSON),
	bindingRow("serializer_config", marker, asJSON),
	bindingRow("resolver_config", marker, asJSON),
	bindingRow("field_map.static", marker, asJSON),
	bindingRow("field_map.drop", marker, asList),
	bindingRow("field_map.rule.source", marker, asText),
	bindingRow("field_map.rule.target", marker, asText),
	bindingRow("delivery_policy.max_attempts", "aaa", asNumber),
	bindingRow("delivery_policy.timeout_ms", "aaa", asNumber),
	bindingRow("delivery_policy.backoff_schedule", "aaa", asNumbers),
}

// fineBinding returns a binding with a valid value for every argument.
func fineBinding() map[string]any {
	return map[string]any{
		"name": "a", "deliverable_type": "pipeline.capture", "serializer_format": "json", "destination_id": targetID,
		"signal_filter": map[string]any{"event_type": event},
		"field_map":     map[string]any{"rule": map[string]any{"source": "a", "target": "b"}},
		"delivery_policy": map[string]any{
			"rate_limit": map[string]any{"rate_per_sec": 1.5, "capacity": int64(1)},
		},
	}
}

// bindingRow returns an argument, with its blocks, and the conversion of a text to its value.
func bindingRow(at, fine string, as func(any) any) inputRow {
	steps := strings.Split(at, ".")
	return inputRow{"binding." + at, bindings.resourceType, func(input func(string) any) map[string]any {
		configuration := fineBinding()
		block := configuration
		for _, step := range steps[:len(steps)-1] {
			block = block[step].(map[string]any)
		}
		block[steps[len(steps)-1]] = as(input(fine))
		return configuration
	}}
}

func asText(value any) any { return value }

// asJSON returns a JSON object that contains a text.
func asJSON(value any) any {
	text, isText := value.(string)
	if !isText || text == "" {
		return value
	}
	encoded, _ := json.Marshal(map[string]any{"key": text})
	return string(encoded)
}

// asList returns a list that contains a text.
func asList(value any) any {
	if _, isText := value.(string); !isText {
		return value
	}
	return []tftypes.Value{tftypes.NewValue(tftypes.String, value)}
}

// asNumber returns the length of a text, which is zero, small or large.
func asNumber(value any) any {
	text, isText := value.(string)
	if !isText {
		return value
	}
	return int64(len(text))
}

// asNumbers returns a list that contains such a number.
func asNumbers(value any) any {
	if _, isText := value.(string); !isText {
		return value
	}
	return []tftypes.Value{tftypes.NewValue(tftypes.Number, asNumber(value))}
}
