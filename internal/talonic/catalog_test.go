package talonic

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func decodeCatalogText(t *testing.T, text string) ([]catalogEntry, error) {
	t.Helper()
	var body any
	if err := decodeJSON([]byte(text), &body); err != nil {
		t.Fatal(err)
	}
	return decodeCatalog(body, "type")
}

// All forms that the API may use decode to the same entries.
func TestDecodeCatalogForms(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"list":                          `[{"type":"webhook","auth_types":["bearer"]},{"type":"s3","auth_types":["bearer"]}]`,
		"list under data":               `{"data":[{"type":"webhook","auth_types":["bearer"]},{"type":"s3","auth_types":["bearer"]}]}`,
		"list with other keys":          `{"data":[{"type":"webhook","auth_types":["bearer"]},{"type":"s3","auth_types":["bearer"]}],"total":2}`,
		"object by type":                `{"webhook":{"auth_types":["bearer"]},"s3":{"auth_types":["bearer"]}}`,
		"object by type under data":     `{"data":{"webhook":{"auth_types":["bearer"]},"s3":{"auth_types":["bearer"]}}}`,
		"capabilities in a list":        `[{"type":"webhook","capabilities":{"auth_types":["bearer"]}},{"type":"s3","capabilities":{"auth_types":["bearer"]}}]`,
		"capabilities in an object":     `{"webhook":{"capabilities":{"auth_types":["bearer"]}},"s3":{"capabilities":{"auth_types":["bearer"]}}}`,
		"named by name":                 `[{"name":"webhook","auth_types":["bearer"]},{"name":"s3","auth_types":["bearer"]}]`,
		"named by event_type":           `[{"event_type":"webhook","name":"x","auth_types":["bearer"]},{"event_type":"s3","auth_types":["bearer"]}]`,
		"named by format":               `[{"format":"webhook","name":"x","auth_types":["bearer"]},{"format":"s3","auth_types":["bearer"]}]`,
		"type before any other name":    `[{"name":"x","format":"x","event_type":"x","type":"webhook","auth_types":["bearer"]},{"type":"s3","auth_types":["bearer"]}]`,
		"a name that is no text":        `[{"type":1,"name":"webhook","auth_types":["bearer"]},{"type":"","name":"s3","auth_types":["bearer"]}]`,
		"duplicates: the first of them": `[{"type":"webhook","auth_types":["bearer"]},{"type":"s3","auth_types":["bearer"]},{"type":"webhook","auth_types":["other"]}]`,
	} {
		entries, err := decodeCatalogText(t, body)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, e := range entries {
			got = append(got, e.name+" "+strings.Join(e.names("auth_types"), ","))
		}
		if diff := cmp.Diff([]string{"s3 bearer", "webhook bearer"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDecodeCatalogOfStrings(t *testing.T) {
	t.Parallel()
	entries, err := decodeCatalogText(t, `{"data":["b","a","b"]}`)
	if err != nil || len(entries) != 2 || entries[0].name != "a" || entries[1].name != "b" || string(entries[0].raw) != `"a"` {
		t.Errorf("decodeCatalog = %v, %v, want a and b", entries, err)
	}
}

func TestDecodeCatalogRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`null`:                   "neither a list nor an object",
		`{"data":null}`:          "neither a list nor an object",
		`"webhook"`:              "neither a list nor an object",
		`7`:                      "neither a list nor an object",
		`{}`:                     "empty object",
		`[{}]`:                   "item 0 of the catalog has no name",
		`["a",7]`:                "item 1 of the catalog has no name",
		`[null]`:                 "item 0 of the catalog has no name",
		`[""]`:                   "item 0 of the catalog has no name",
		`{"":{}}`:                "has no name",
		`{"status":"ok"}`:        `its "status" is not an object`,
		`{"webhook":["bearer"]}`: `its "webhook" is not an object`,
	} {
		if entries, err := decodeCatalogText(t, body); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("decodeCatalog(%s) = %v, %v, want an error with %q", body, entries, err, want)
		}
	}
}

func TestListConnectors(t *testing.T) {
	t.Parallel()
	const webhook = `{"type":"webhook","label":"Webhook","auth_types":["bearer","none"],"supported_serializers":["json"],` +
		`"supported_deliverable_kinds":[{"type":"record"},"blob",null,5],"max_payload_bytes":5242880,"delivery_semantics":"record",` +
		`"default_rate_limit":{"ratePerSec":2.5,"capacity":10},"config_schema":{"type":"object","maximum":1e400},` +
		`"auth_config_schema":{},"new":[90817263549081726354]}`
	server := record(always(200, "["+webhook+"]"))
	c := newTestClient(t, server.ServeHTTP)
	got, err := c.ListConnectors(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	limit := int64(5242880)
	want := []Connector{{
		Type:                      "webhook",
		Label:                     "Webhook",
		AuthTypes:                 []string{"bearer", "none"},
		SupportedSerializers:      []string{"json"},
		SupportedDeliverableKinds: []string{"record", "blob"},
		MaxPayloadBytes:           &limit,
		DeliverySemantics:         "record",
		DefaultRateLimit:          &RateLimit{RatePerSec: 2.5, Capacity: 10},
		ConfigSchema:              json.RawMessage(`{"maximum":1e400,"type":"object"}`),
		AuthConfigSchema:          json.RawMessage(`{}`),
	}}
	raw := got[0].Raw
	got[0].Raw = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(decoded(t, webhook), decoded(t, string(raw))); diff != "" {
		t.Errorf("Raw is not what the API said (-want +got):\n%s", diff)
	}
	if r := server.only(t); r.method != "GET" || r.uri != "/v1/delivery/catalog/connectors" {
		t.Errorf("requested %s %s", r.method, r.uri)
	}
}

func decoded(t *testing.T, text string) (value any) {
	t.Helper()
	if err := decodeJSON([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// A field that is absent or of an unexpected type is omitted and does not affect the others.
func TestConnectorOfUnexpectedTypes(t *testing.T) {
	t.Parallel()
	for name, fields := range map[string]string{
		"absent": ``,
		"null": `,"label":null,"auth_types":null,"max_payload_bytes":null,"delivery_semantics":null,"default_rate_limit":null,` +
			`"config_schema":null,"capabilities":null`,
		"wrong": `,"label":1,"auth_types":"bearer","supported_serializers":{"json":true},"max_payload_bytes":"5 MiB",` +
			`"delivery_semantics":[],"default_rate_limit":5,"capabilities":[1]`,
		"half wrong": `,"max_payload_bytes":1.5,"default_rate_limit":{"ratePerSec":2}`,
		"rate wrong": `,"max_payload_bytes":99999999999999999999,"default_rate_limit":{"ratePerSec":"2","capacity":3}`,
	} {
		entries, err := decodeCatalogText(t, `[{"type":"webhook"`+fields+`}]`)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := newConnector(entries[0])
		got.Raw = nil
		if diff := cmp.Diff(Connector{Type: "webhook"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestEmptyListIsNotAbsent(t *testing.T) {
	t.Parallel()
	entries, err := decodeCatalogText(t, `[{"type":"webhook","auth_types":[]}]`)
	if err != nil {
		t.Fatal(err)
	}
	if c := newConnector(entries[0]); c.AuthTypes == nil || c.SupportedSerializers != nil {
		t.Errorf("auth types %#v, serializers %#v, want empty and nil", c.AuthTypes, c.SupportedSerializers)
	}

	c := newTestClient(t, always(200, "[]"))
	if connectors, err := c.ListConnectors(t.Context()); err != nil || connectors == nil || len(connectors) != 0 {
		t.Errorf("ListConnectors = %#v, %v, want an empty list", connectors, err)
	}
}

// The name of an entry is under the key of its catalog, even if the entry has other keys.
func TestEntryName(t *testing.T) {
	t.Parallel()
	all := map[string]any{"type": "t", "event_type": "e", "format": "f", "name": "n"}
	for key, want := range map[string]string{"type": "t", "event_type": "e", "format": "f"} {
		if got := entryName(all, key); got != want {
			t.Errorf("by %s: %q", key, got)
		}
	}
	if got := entryName(map[string]any{"event_type": 1, "name": "n"}, "event_type"); got != "n" {
		t.Errorf("by another key: %q", got)
	}
}

// These are the other catalogs: entries with all fields, with few fields, with names only, and invalid entries.
func TestListCatalogs(t *testing.T) {
	t.Parallel()
	for path, c := range map[string]struct {
		body string
		list func(*Client) (any, error)
		want any
	}{
		"signals": {
			`{"data":[{"event_type":"b","type":"x","label":"B","description":"It is b."},{"event_type":"a","label":1},"c"]}`,
			func(c *Client) (any, error) { return c.ListSignals(t.Context()) },
			[]Signal{
				{EventType: "a", Raw: json.RawMessage(`{"event_type":"a","label":1}`)},
				{EventType: "b", Label: "B", Description: "It is b.", Raw: json.RawMessage(`{"description":"It is b.","event_type":"b","label":"B","type":"x"}`)},
				{EventType: "c", Raw: json.RawMessage(`"c"`)},
			},
		},
		"deliverables": {
			`{"b":{"label":"B","description":"It is b.","compatible_signals":["s"],"shape":{"kind":"blob","mime":"text/markdown"}},` +
				`"a":{"compatible_signals":[],"shape":"graph"},"c":{"shape":{"kind":1}},"d":{}}`,
			func(c *Client) (any, error) { return c.ListDeliverables(t.Context()) },
			[]Deliverable{
				{
					Type: "a", CompatibleSignals: []string{}, ShapeKind: "graph", Shape: json.RawMessage(`"graph"`),
					Raw: json.RawMessage(`{"compatible_signals":[],"shape":"graph"}`),
				},
				{
					Type: "b", Label: "B", Description: "It is b.", CompatibleSignals: []string{"s"}, ShapeKind: "blob",
					Shape: json.RawMessage(`{"kind":"blob","mime":"text/markdown"}`),
					Raw:   json.RawMessage(`{"compatible_signals":["s"],"description":"It is b.","label":"B","shape":{"kind":"blob","mime":"text/markdown"}}`),
				},
				{Type: "c", Shape: json.RawMessage(`{"kind":1}`), Raw: json.RawMessage(`{"shape":{"kind":1}}`)},
				{Type: "d", Raw: json.RawMessage(`{}`)},
			},
		},
		"serializers": {
			`[{"format":"json","type":"text","capabilities":{"supports_kinds":["record",{"type":"blob"}]}},{"name":"csv"}]`,
			func(c *Client) (any, error) { return c.ListSerializers(t.Context()) },
			[]Serializer{
				{Format: "csv", Raw: json.RawMessage(`{"name":"csv"}`)},
				{
					Format: "json", SupportsKinds: []string{"record", "blob"},
					Raw: json.RawMessage(`{"capabilities":{"supports_kinds":["record",{"type":"blob"}]},"format":"json","type":"text"}`),
				},
			},
		},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			server := record(always(200, c.body))
			got, err := c.list(newTestClient(t, server.ServeHTTP))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if r := server.only(t); r.method != "GET" || r.uri != "/v1/delivery/catalog/"+path {
				t.Errorf("requested %s %s", r.method, r.uri)
			}
		})
	}
}
