package emulator

// signal is an event type in the catalog. Only the names are documented. The SDK has no model of the other fields, so the fields
// are assumptions, and their texts are invented.
//
// API docs: Signals & Catalog.
type signal struct {
	name        string
	Label       string `json:"label"`
	Description string `json:"description"`
	// IsMeta marks an event about delivery itself, which the API guards against loops.
	IsMeta bool `json:"is_meta"`
}

var signals = []signal{
	{name: "document.extracted", Label: "Document extracted", Description: "The fields of a document were extracted."},
	{name: "document.extraction_failed", Label: "Extraction failed", Description: "A document could not be read."},
	{name: "run.dataspace.completed", Label: "Dataspace run completed", Description: "A run over a dataspace ended."},
	{name: "run.dataspace.failed", Label: "Dataspace run failed", Description: "A run over a dataspace ended with an error."},
	{name: "result.dataspace.completed", Label: "Dataspace result ready", Description: "A result of a dataspace is ready."},
	{name: "result.dataspace.failed", Label: "Dataspace result failed", Description: "A result of a dataspace could not be made."},
	{name: "run.structuring.completed", Label: "Structuring completed", Description: "A structuring run ended."},
	{name: "run.structuring.failed", Label: "Structuring failed", Description: "A structuring run ended with an error."},
	{name: "run.resolution.completed", Label: "Resolution completed", Description: "A resolution run ended."},
	{name: "run.resolution.failed", Label: "Resolution failed", Description: "A resolution run ended with an error."},
	{name: "run.extraction.completed", Label: "Extraction run completed", Description: "An extraction run ended."},
	{name: "run.extraction.failed", Label: "Extraction run failed", Description: "An extraction run ended with an error."},
	{name: "result.flagged", Label: "Result flagged", Description: "A result waits for a review."},
	{name: "result.approved", Label: "Result approved", Description: "A reviewer approved a result."},
	{name: "result.rejected", Label: "Result rejected", Description: "A reviewer rejected a result."},
	{name: "delivery.item.completed", Label: "Delivery completed", Description: "A delivery succeeded.", IsMeta: true},
	{name: "delivery.item.failed", Label: "Delivery failed", Description: "A delivery failed for good.", IsMeta: true},
}

func signalItems(Behavior) []catalogItem {
	var items []catalogItem
	for _, s := range signals {
		items = append(items, catalogItem{name: s.name, says: s})
	}
	return items
}
