package emulator

import (
	"strings"
	"testing"
)

// bindingOf returns a create with all fields that the compatibility checks read.
func bindingOf(event, deliverable, destination, format, more string) string {
	return `{"name":"b","signal_filter":{"event_type":"` + event + `"},"deliverable_type":"` + deliverable + `",` +
		`"destination_id":"` + destination + `","serializer_format":"` + format + `"` + more + `}`
}

func TestRefusedBindings(t *testing.T) {
	t.Parallel()
	with := func(more string) string { return bindingWith("D", ","+more) }
	without := func(member string) string { return strings.Replace(plainBinding("D"), member, "", 1) }
	filter := func(filter string) string {
		return strings.Replace(plainBinding("D"), `{"event_type":"document.extracted"}`, filter, 1)
	}
	for _, c := range []struct{ body, message string }{
		{`{}`, "name must be a non-empty string; signal_filter must be an object; deliverable_type must be a non-empty string; " +
			"destination_id must be a non-empty string; serializer_format must be a non-empty string"},
		{without(`"name":"b",`), "name must be a non-empty string"},
		{without(`"name":"b",`)[:1] + `"name":"",` + without(`"name":"b",`)[1:], "name must be a non-empty string"},
		{with(`"name":null`), "name must be a non-empty string"},
		{filter(`null`), "signal_filter must be an object"},
		{filter(`"document.extracted"`), "signal_filter must be an object"},
		{filter(`{}`), "signal_filter.event_type must be a non-empty string"},
		{filter(`{"event_type":["document.extracted"]}`), "signal_filter.event_type must be a non-empty string"},
		{filter(`{"event_type":"document.extracted","match":[]}`),
			"signal_filter.match must be an object whose values are strings, numbers, booleans or null"},
		{filter(`{"event_type":"document.extracted","match":{"a":{"b":1}}}`),
			"signal_filter.match must be an object whose values are strings, numbers, booleans or null"},
		{with(`"serializer_config":[]`), "serializer_config must be an object or null"},
		{with(`"resolver_config":"always_null"`), "resolver_config must be an object or null"},
		{with(`"resolver_config":{"null_handling":"sometimes"}`),
			"resolver_config.null_handling must be one of always_null, omit_absent, distinguish"},
		{with(`"field_map":[]`), "field_map must be an object or null"},
		{with(`"field_map":{"rules":{"a":"b"}}`), "field_map.rules must be an array of objects with a source and a target"},
		{with(`"field_map":{"rules":[{"source":"a"}]}`), "field_map.rules must be an array of objects with a source and a target"},
		{with(`"field_map":{"static":[],"drop":["a",1]}`), "field_map.static must be an object; field_map.drop must be an array of non-empty strings"},
		{with(`"delivery_policy":5`), "delivery_policy must be an object or null"},
		{with(`"delivery_policy":{"max_attempts":0}`), "delivery_policy.max_attempts must be a positive integer"},
		{with(`"delivery_policy":{"max_attempts":null}`), "delivery_policy.max_attempts must be a positive integer"},
		{with(`"delivery_policy":{"backoff_schedule":[1.5]}`), "delivery_policy.backoff_schedule must be an array of integers from 0"},
		{with(`"delivery_policy":{"backoff_schedule":1000}`), "delivery_policy.backoff_schedule must be an array of integers from 0"},
		{with(`"delivery_policy":{"timeout_ms":"1s"}`), "delivery_policy.timeout_ms must be a positive integer"},
		{with(`"delivery_policy":{"rate_limit":10}`), "delivery_policy.rate_limit must be an object"},
		{with(`"delivery_policy":{"rate_limit":{"ratePerSec":0}}`),
			"delivery_policy.rate_limit.ratePerSec must be a positive number; delivery_policy.rate_limit.capacity must be a positive integer"},
		{with(`"is_active":null`), "is_active must be a boolean"},
	} {
		a := start(t)
		body := strings.Replace(c.body, `"D"`, `"`+id(a.create(plainWebhook))+`"`, 1)
		got := a.do("POST", bindingsPath, body)
		object := a.object(got)
		if got.status != 400 || object["code"] != "validation_error" || object["message"] != c.message {
			t.Errorf("%s: %d %s\nwant %s", c.body, got.status, got.body, c.message)
		}
		if len(a.Bindings()) != 0 {
			t.Errorf("%s: stored", c.body)
		}
	}
}

// A create and an update are checked for compatibility.
//
// API docs: Bindings.
func TestCompatibility(t *testing.T) {
	t.Parallel()
	const (
		allSignals = "document.extracted, document.extraction_failed, run.dataspace.completed, run.dataspace.failed, " +
			"result.dataspace.completed, result.dataspace.failed, run.structuring.completed, run.structuring.failed, " +
			"run.resolution.completed, run.resolution.failed, run.extraction.completed, run.extraction.failed, " +
			"result.flagged, result.approved, result.rejected, delivery.item.completed, delivery.item.failed"
		webhookFormats = "json, ndjson, csv, raw, md, txt"
	)
	a := start(t)
	webhook, store := id(a.create(plainWebhook)), id(a.create(sftp))
	sheets := id(a.create(valid["google_sheets"]))
	foreign := a.Add(Destination{Type: "ftp_push"})
	for _, c := range []struct{ name, body, message string }{
		{"all is well", bindingOf("document.extracted", "pipeline.capture", webhook, "csv", ""), ""},
		{"a graph", bindingOf("run.resolution.completed", "resolution.graph", store, "graph", ""), ""},
		{"rows", bindingOf("run.dataspace.completed", "run.dataspace.outcome", sheets, "rows", ""), ""},
		{"an envelope", bindingOf("delivery.item.failed", "document_capture", webhook, "txt", ""), ""},
		{"nothing is known of the connector", bindingOf("document.extracted", "markdown", foreign, "md", ""), ""},
		{"1: unknown signal", bindingOf("document.extraction.completed", "pipeline.capture", webhook, "json", ""),
			"signal_filter.event_type must be one of " + allSignals},
		{"2: unknown deliverable", bindingOf("document.extracted", "pdf", webhook, "json", ""),
			"deliverable_type must be one of markdown, run.dataspace.outcome, pipeline.capture, document_capture, resolution.graph, run.report"},
		{"3: unknown serializer", bindingOf("document.extracted", "markdown", webhook, "xml", ""),
			"serializer_format must be one of json, ndjson, csv, csv_file, xlsx, rows, graph, raw, md, txt"},
		{"unknown destination", bindingOf("document.extracted", "markdown", "11111111-2222-3333-4444-555555555555", "md", ""),
			"destination_id must be the id of a destination"},
		{"2, 3 and unknown destination", bindingOf("document.extracted", "pdf", "x", "xml", ""),
			"deliverable_type must be one of markdown, run.dataspace.outcome, pipeline.capture, document_capture, resolution.graph, run.report; " +
				"serializer_format must be one of json, ndjson, csv, csv_file, xlsx, rows, graph, raw, md, txt; destination_id must be the id of a destination"},
		{"4: shape and serializer", bindingOf("document.extracted", "markdown", webhook, "csv", ""),
			"serializer_format must be one of json, raw, md, txt for the shape of this deliverable_type"},
		{"4: a graph", bindingOf("run.resolution.completed", "resolution.graph", store, "ndjson", ""),
			"serializer_format must be one of json, graph, txt for the shape of this deliverable_type"},
		{"5: serializer and connector", bindingOf("document.extracted", "pipeline.capture", webhook, "xlsx", ""),
			"serializer_format must be one of " + webhookFormats + " for the type of this destination"},
		{"4 and 5", bindingOf("document.extracted", "markdown", sheets, "csv", ""),
			"serializer_format must be one of json, raw, md, txt for the shape of this deliverable_type; " +
				"serializer_format must be one of rows for the type of this destination"},
		{"6: signal and deliverable", bindingOf("result.flagged", "markdown", webhook, "md", ""),
			"signal_filter.event_type must be one of document.extracted for this deliverable_type"},
		{"6: stub", bindingOf("document.extracted", "run.report", webhook, "raw", ""),
			"deliverable_type must be one that is compatible with a signal"},
		{"dense nulls in any format", bindingOf("document.extracted", "pipeline.capture", webhook, "csv", `,"resolver_config":{"null_handling":"always_null"}`), ""},
		{"sparse in ndjson", bindingOf("document.extracted", "pipeline.capture", webhook, "ndjson", `,"resolver_config":{"null_handling":"omit_absent"}`), ""},
		{"sparse in another format", bindingOf("document.extracted", "pipeline.capture", webhook, "csv", `,"resolver_config":{"null_handling":"distinguish"}`),
			"resolver_config.null_handling must be always_null where serializer_format is not one of json, ndjson"},
	} {
		existing := a.ok("POST", bindingsPath, plainBinding(webhook))
		for method, path := range map[string]string{"POST": bindingsPath, "PUT": bindingsPath + "/" + existing["id"].(string)} {
			before := len(a.Bindings())
			got := a.do(method, path, c.body)
			message, _ := a.object(got)["message"].(string)
			if message != c.message || (got.status == 400) != (c.message != "") {
				t.Errorf("%s: %s: %d %s\nwant %s", c.name, method, got.status, got.body, c.message)
			}
			if added := len(a.Bindings()) - before; c.message != "" && added != 0 {
				t.Errorf("%s: %s: stored", c.name, method)
			}
		}
	}
}

// An update is checked together with the fields that stay unchanged.
func TestUpdateIsCheckedAsAWhole(t *testing.T) {
	t.Parallel()
	a := start(t)
	path := a.bind(`,"resolver_config":{"null_handling":"omit_absent"}`)
	before := a.do("GET", path, "").body
	for body, field := range map[string]string{
		`{"serializer_format":"csv"}`:                                       "resolver_config.null_handling",
		`{"deliverable_type":"run.dataspace.outcome"}`:                      "signal_filter.event_type",
		`{"signal_filter":{"event_type":"result.flagged"}}`:                 "signal_filter.event_type",
		`{"signal_filter":{"match":{}}}`:                                    "signal_filter.event_type",
		`{"destination_id":"` + id(a.create(valid["google_sheets"])) + `"}`: "serializer_format",
		`{"destination_id":null}`:                                           "destination_id",
		`{"name":"x","delivery_policy":{"max_attempts":-1}}`:                "delivery_policy.max_attempts",
		`{"name":"x","field_map":{"rules":[{"target":"nothing"}]}}`:         "field_map.rules",
	} {
		got := a.do("PUT", path, body)
		if message, _ := a.object(got)["message"].(string); got.status != 400 || !strings.HasPrefix(message, field+" must be ") {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	if got := a.do("PUT", path, ""); got.status != 400 {
		t.Errorf("no body: %d", got.status)
	}
	if after := a.do("GET", path, "").body; after != before {
		t.Errorf("got %s, want %s", after, before)
	}
}
