package binding

import "testing"

func TestArgumentNamed(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		"name should not be empty":                                                    "name",
		"signal_filter.event_type must be one of a, b":                                "signal_filter[0].event_type",
		"signal_filter.match must be an object":                                       "signal_filter[0].match",
		"signal_filter.match.source_id must be a string":                              "signal_filter[0].match",
		"signal_filter must be an object":                                             "signal_filter[0]",
		"event type is not known":                                                     "",
		"serializer_format must be one of a for the type of destination_id":           "serializer_format",
		"resolver_config.null_handling must be x where serializer_format is not json": "resolver_config",
		"destination_id must be the id of a destination":                              "destination_id",
		"field_map.rules must be an array":                                            "field_map[0].rule",
		"property field_map.extra should not exist":                                   "field_map[0]",
		"delivery_policy.rate_limit.ratePerSec must be a positive number":             "delivery_policy[0].rate_limit[0].rate_per_sec",
		"delivery_policy.backoff_schedule must be an array":                           "delivery_policy[0].backoff_schedule",
		"is_active must be a boolean; name should not be empty":                       "is_active",
		"the filename is not a name_of":                                               "",
		"":                                                                            "",
	} {
		at, ok := argumentNamed(message)
		if got := at.String(); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t; want %q", message, got, ok, want)
		}
	}
}
