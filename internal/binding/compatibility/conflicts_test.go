package compatibility_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

var all = compatibility.Catalogs{
	Signals: []talonic.Signal{{EventType: "document.extracted"}, {EventType: "run.dataspace.completed"}},
	Deliverables: []talonic.Deliverable{
		{Type: "markdown", CompatibleSignals: []string{"document.extracted"}, ShapeKind: "blob"},
		{Type: "capture", CompatibleSignals: []string{"document.extracted"}, ShapeKind: "record"},
		{Type: "outcome", CompatibleSignals: []string{"run.dataspace.completed"}, ShapeKind: "record"},
		{Type: "stub", CompatibleSignals: []string{}, ShapeKind: "blob"},
		{Type: "vague"},
	},
	Serializers: []talonic.Serializer{
		{Format: "csv", SupportsKinds: []string{"record"}},
		{Format: "json", SupportsKinds: []string{"record", "blob"}},
		{Format: "md", SupportsKinds: []string{"blob"}},
		{Format: "mystery"},
		{Format: "none", SupportsKinds: []string{}},
		{Format: "rows", SupportsKinds: []string{"record"}},
	},
	Connectors: []talonic.Connector{
		{Type: "google_sheets", SupportedSerializers: []string{"rows"}},
		{Type: "s3", SupportedSerializers: []string{"csv", "json", "md"}},
		{Type: "vague"},
		{Type: "tables", SupportedSerializers: []string{"json"}, SupportedDeliverableKinds: []string{"record"}},
	},
}

type route = compatibility.Route

func TestJudge(t *testing.T) {
	t.Parallel()
	only := func(at compatibility.Part, title, detail string) []compatibility.Conflict {
		return []compatibility.Conflict{{At: at, Title: title, Detail: detail}}
	}
	none, few, twoNames := compatibility.Catalogs{}, all, all
	few.Signals = []talonic.Signal{{EventType: "document.extracted"}}
	twoNames.Signals = []talonic.Signal{{EventType: "document.extraction.completed"}}
	for name, c := range map[string]struct {
		catalogs compatibility.Catalogs
		route    route
		want     []compatibility.Conflict
	}{
		"compatible":          {all, route{"document.extracted", "markdown", "md", "s3"}, nil},
		"nothing is known":    {all, route{}, nil},
		"no catalogs":         {none, route{"a", "b", "c", "d"}, nil},
		"type not in catalog": {all, route{"document.extracted", "markdown", "md", "ftp"}, nil},
		"type not known":      {all, route{"run.dataspace.completed", "outcome", "rows", ""}, nil},
		"vague deliverable":   {all, route{"run.dataspace.completed", "vague", "md", "s3"}, nil},
		"vague serializer":    {all, route{"document.extracted", "markdown", "mystery", ""}, nil},
		"vague connector":     {all, route{"document.extracted", "markdown", "md", "vague"}, nil},
		"event not known yet": {all, route{"", "markdown", "md", "s3"}, nil},

		"1: event type": {all, route{"document.extractd", "markdown", "md", "s3"}, only(compatibility.EventType, "Unknown event type",
			`"document.extractd" is not in the API's catalog. Did you mean "document.extracted"? Valid values: document.extracted, run.dataspace.completed.`)},
		"2: deliverable": {all, route{"document.extracted", "pdf", "md", "s3"}, only(compatibility.Deliverable, "Unknown deliverable",
			`"pdf" is not in the API's catalog. Valid values: markdown, capture, outcome, stub, vague.`)},
		"3: serializer": {all, route{"document.extracted", "markdown", "jsn", "s3"}, only(compatibility.Serializer, "Unknown serializer",
			`"jsn" is not in the API's catalog. Did you mean "json"? Valid values: csv, json, md, mystery, none, rows.`)},
		"4: shape": {all, route{"document.extracted", "markdown", "csv", "s3"}, only(compatibility.Serializer,
			"Serializer does not support the deliverable",
			"The deliverable \"markdown\" has the shape \"blob\", but the serializer \"csv\" supports only \"record\".\n\nSerializers that support markdown and destinations of type s3: json, md.")},
		"4: shape, destination not known": {all, route{"document.extracted", "markdown", "none", ""}, only(compatibility.Serializer,
			"Serializer does not support the deliverable",
			"The deliverable \"markdown\" has the shape \"blob\", but the serializer \"none\" supports no shape.\n\nSerializers that support markdown: json, md.")},
		"5: connector": {all, route{"document.extracted", "capture", "json", "google_sheets"}, only(compatibility.Serializer,
			"Destination does not support the serializer",
			"Destinations of type google_sheets support only the serializer \"rows\", not \"json\".\n\nSerializers that support capture and destinations of type google_sheets: rows.")},
		"5: connector, no way": {all, route{"document.extracted", "markdown", "json", "google_sheets"}, only(compatibility.Serializer,
			"Destination does not support the serializer",
			"Destinations of type google_sheets support only the serializer \"rows\", not \"json\".\n\nNo serializer supports markdown and destinations of type google_sheets. "+
				"Choose a different deliverable_type or a different destination.")},
		"5: connector, deliverable not known": {all, route{"", "", "md", "google_sheets"}, only(compatibility.Serializer,
			"Destination does not support the serializer",
			"Destinations of type google_sheets support only the serializer \"rows\", not \"md\".\n\nSerializers that support this destination: rows.")},
		"kind": {all, route{"document.extracted", "markdown", "json", "tables"}, []compatibility.Conflict{{
			At: compatibility.Deliverable, Title: "API may reject the delivery binding", Uncertain: true,
			Detail: "The deliverable markdown has the shape \"blob\". According to the API's catalog, destinations of type tables support only \"record\". Whether the API " +
				"rejects such a binding is undocumented.\n\nDeliverables that the destination supports: capture, outcome.",
		}}},
		"kind, compatible": {all, route{"document.extracted", "capture", "json", "tables"}, nil},
		"6: signal": {all, route{"run.dataspace.completed", "markdown", "md", "s3"}, only(compatibility.EventType,
			"Deliverable does not support the event type",
			"The deliverable \"markdown\" does not support the event type \"run.dataspace.completed\". It supports: document.extracted.\n\nDeliverables for run.dataspace.completed: outcome.")},
		"6: signal that only deliverables name":     {few, route{"run.dataspace.completed", "outcome", "csv", "s3"}, nil},
		"6: catalogs that name signals in two ways": {twoNames, route{"document.extraction.completed", "capture", "csv", "s3"}, nil},
		"6: stub": {all, route{"document.extracted", "stub", "md", "s3"}, only(compatibility.Deliverable, "Deliverable has no event type",
			"According to the API's catalog, no event type produces the deliverable stub.\n\nDeliverables for document.extracted: markdown, capture.")},
		"6: stub, event not known": {all, route{"", "stub", "md", "s3"}, only(compatibility.Deliverable, "Deliverable has no event type",
			`According to the API's catalog, no event type produces the deliverable stub.`)},
		"names first": {all, route{"x", "y", "md", "google_sheets"}, []compatibility.Conflict{
			{At: compatibility.EventType, Title: "Unknown event type",
				Detail: `"x" is not in the API's catalog. Valid values: document.extracted, run.dataspace.completed.`},
			{At: compatibility.Deliverable, Title: "Unknown deliverable",
				Detail: `"y" is not in the API's catalog. Valid values: markdown, capture, outcome, stub, vague.`},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, c.catalogs.Conflicts(c.route)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
