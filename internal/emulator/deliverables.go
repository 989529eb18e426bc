package emulator

import "slices"

// These are the kinds of a payload's shape.
const (
	kindRecord   = "record"
	kindBlob     = "blob"
	kindGraph    = "graph"
	kindEnvelope = "envelope"
)

// deliverable is a payload resolver in the catalog.
type deliverable struct {
	name              string
	Label             string   `json:"label"`
	Description       string   `json:"description"`
	CompatibleSignals []string `json:"compatible_signals"`
	Shape             shape    `json:"shape"`
	// takesNulls reports that resolver_config has a null_handling, with a default.
	takesNulls bool
}

// shape is the kind of a payload, with the fields of that kind.
type shape struct {
	Kind         string   `json:"kind"`
	IsCollection *bool    `json:"is_collection,omitempty"` // only for a record
	Columns      []column `json:"columns,omitempty"`
	Mime         string   `json:"mime,omitempty"` // only for a blob
	NodeTypes    []string `json:"node_types,omitempty"`
	EdgeTypes    []string `json:"edge_types,omitempty"`
}

type column struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Nullable bool   `json:"nullable,omitempty"`
}

func record(isCollection bool, columns ...column) shape {
	return shape{Kind: kindRecord, IsCollection: &isCollection, Columns: columns}
}

// deliverables holds the four documented types, and two invented types: a graph and a stub. Everything is an assumption except the
// names of the four and the MIME type of markdown.
var deliverables = []deliverable{
	{
		name: "markdown", Label: "Markdown", Description: "A document as Markdown.",
		CompatibleSignals: []string{"document.extracted"},
		Shape:             shape{Kind: kindBlob, Mime: "text/markdown"},
	},
	{
		name: "run.dataspace.outcome", Label: "Dataspace outcome", Description: "What a run over a dataspace came to.",
		CompatibleSignals: []string{
			"run.dataspace.completed", "run.dataspace.failed", "result.dataspace.completed", "result.dataspace.failed",
		},
		Shape: record(false,
			column{Name: "run_id", Type: "string"},
			column{Name: "status", Type: "string"},
			column{Name: "row_count", Type: "number", Nullable: true},
			column{Name: "finished_at", Type: "datetime", Nullable: true}),
	},
	{
		name: "pipeline.capture", Label: "Pipeline capture", Description: "The values that a pipeline captured.",
		CompatibleSignals: []string{
			"document.extracted", "run.structuring.completed", "run.resolution.completed", "run.extraction.completed",
			"result.approved",
		},
		Shape: record(true,
			column{Name: "document_id", Type: "string"},
			column{Name: "field", Type: "string"},
			column{Name: "value", Type: "json", Nullable: true},
			column{Name: "confidence", Type: "number", Nullable: true},
			column{Name: "reviewed", Type: "boolean"},
			column{Name: "captured_on", Type: "date"}),
		takesNulls: true,
	},
	{
		name: "document_capture", Label: "Document capture", Description: "The event itself, with what it is about.",
		CompatibleSignals: []string{
			"document.extracted", "document.extraction_failed", "result.flagged", "result.approved", "result.rejected",
			"delivery.item.completed", "delivery.item.failed",
		},
		Shape: shape{Kind: kindEnvelope},
	},
	{
		name: "resolution.graph", Label: "Resolution graph", Description: "Entities, and what connects them.",
		CompatibleSignals: []string{"run.resolution.completed"},
		Shape:             shape{Kind: kindGraph, NodeTypes: []string{"document", "entity"}, EdgeTypes: []string{"mentions"}},
	},
	{
		name: "run.report", Label: "Run report", Description: "A stub: nothing routes it.",
		CompatibleSignals: []string{},
		Shape:             shape{Kind: kindBlob, Mime: "application/pdf"},
	},
}

func deliverableItems(Behavior) []catalogItem {
	var items []catalogItem
	for _, d := range deliverables {
		items = append(items, catalogItem{name: d.name, says: d})
	}
	return items
}

func deliverableNamed(name string) (deliverable, bool) {
	at := slices.IndexFunc(deliverables, func(d deliverable) bool { return d.name == name })
	if at < 0 {
		return deliverable{}, false
	}
	return deliverables[at], true
}
