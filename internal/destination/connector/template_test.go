package connector

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestJudgeTemplate(t *testing.T) {
	t.Parallel()
	const (
		unpaired = "A brace is unmatched"
		all      = "The documented tokens are {attempt}, {binding_id}, {customer_id}, {date}, {deliverable_type}, {event_id}, {idempotency_key}, {timestamp_iso}."
	)
	for text, want := range map[string][]string{
		"":                      nil,
		"delivery.json":         nil,
		"delivery_{event_id}":   nil,
		"{date}/{date}/{date}":  nil,
		"{binding_id}{attempt}": nil,
		"{customer_id}/{deliverable_type}/{idempotency_key}-{timestamp_iso}.json": nil,
		"{evnt_id}":                              {"Did you mean {event_id}?"},
		"{evnt_id}-{Date}":                       {"Did you mean {event_id}?", "Did you mean {date}?"},
		"{date}/{datum}":                         {all},
		"{S3cr3t that is longer than any token}": {"The text in braces is not a documented token, so the API"},
		"{S3cr3t+/=}":                            {"The text in braces is not a documented token, so the API"},
		"{}":                                     {all},
		"{ event_id }":                           {"Did you mean {event_id}?"},
		"{event_id":                              {unpaired},
		"event_id}":                              {unpaired},
		"{{event_id}}":                           {unpaired},
		"{date{event_id}":                        {unpaired},
		"}{":                                     {unpaired},
		"{evnt_id}/{event_id":                    {"Did you mean {event_id}?", unpaired},
	} {
		got := ValidateTemplate(text)
		if len(got) != len(want) {
			t.Errorf("%q: %q, want %q", text, got, want)
			continue
		}
		for i := range want {
			if !strings.Contains(got[i], want[i]) {
				t.Errorf("%q: %q, want %q", text, got[i], want[i])
			}
		}
	}
}

func TestNearestToken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"event_id": "event_id", "evnt_id": "event_id", "eventid": "event_id", "event-id": "event_id", "EVENT_ID": "event_id", "event id": "event_id",
		"event_ids": "event_id", "$event_id": "event_id", "bindingid": "binding_id", "costumer_id": "customer_id", "dates": "date", "data": "date",
		"attempts": "attempt", "timestamp": "timestamp_iso", "idempotencykey": "idempotency_key", "deliverable": "deliverable_type",
		"": "", "id": "", "time": "", "day": "", "filename": "", "uuid": "", "extension": "",
	} {
		if got := nearestToken(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTemplateArgument(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value types.String
		want  []string
	}{
		"null":    {types.StringNull(), nil},
		"unknown": {types.StringUnknown(), nil},
		"valid":   {types.StringValue("{event_id}"), nil},
		"invalid": {types.StringValue("{a}{b}"), []string{"key_template: Warning: Unknown template token", "key_template: Warning: Unknown template token"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var response validator.StringResponse
			request := validator.StringRequest{Path: path.Root("key_template"), ConfigValue: test.value}
			template{}.ValidateString(t.Context(), request, &response)
			if diff := cmp.Diff(test.want, blocktest.Summaries(response.Diagnostics)); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}
