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
	return decodeCatalog(body)
}

// Every form that the contract thinks possible reads the same.
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
		`{"status":"ok"}`:        `its "status" is no object`,
		`{"webhook":["bearer"]}`: `its "webhook" is no object`,
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
		`"auth_config_schema":{},"new":[12345678901234567890]}`
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

// What is absent or of another type than expected is left out; it does not spoil the rest.
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
