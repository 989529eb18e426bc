package emulator

import "slices"

// serializer is a wire format in the catalog.
type serializer struct {
	name          string
	SupportsKinds []string `json:"supports_kinds"`
}

var payloadKinds = []string{kindRecord, kindBlob, kindGraph, kindEnvelope}

// serializers holds the ten documented formats. The supported kinds are documented for txt only; for other formats, they are
// assumptions.
var serializers = []serializer{
	{"json", payloadKinds},
	{"ndjson", []string{kindRecord, kindEnvelope}},
	{"csv", []string{kindRecord}},
	{"csv_file", []string{kindRecord}},
	{"xlsx", []string{kindRecord}},
	{"rows", []string{kindRecord}},
	{"graph", []string{kindGraph}},
	{"raw", []string{kindBlob, kindEnvelope}},
	{"md", []string{kindBlob}},
	{"txt", payloadKinds},
}

func serializerItems(Behavior) []catalogItem {
	var items []catalogItem
	for _, s := range serializers {
		items = append(items, catalogItem{name: s.name, says: s})
	}
	return items
}

// serializersFor returns the formats that support a kind of payload.
func serializersFor(payload string) []string {
	var list []string
	for _, s := range serializers {
		if slices.Contains(s.SupportsKinds, payload) {
			list = append(list, s.name)
		}
	}
	return list
}
