package talonic

import (
	"context"
	"encoding/json"
	"net/http"
)

// The form of the catalogs is undocumented. Every field except the name may therefore be missing. Raw holds the entry as the API
// sent it.

// Connector is the catalog entry of a connector type.
type Connector struct {
	Type                      string
	Label                     string
	AuthTypes                 []string
	SupportedSerializers      []string
	SupportedDeliverableKinds []string
	MaxPayloadBytes           *int64
	DeliverySemantics         string // "record", "batch" or "file"
	DefaultRateLimit          *RateLimit
	ConfigSchema              json.RawMessage // nil if the catalog has none
	AuthConfigSchema          json.RawMessage // nil if the catalog has none
	Raw                       json.RawMessage
}

// RateLimit is a token bucket.
type RateLimit struct {
	RatePerSec float64
	Capacity   int64
}

// Signal is the catalog entry of an event type.
type Signal struct {
	EventType   string
	Label       string
	Description string
	Raw         json.RawMessage
}

// Deliverable is the catalog entry of a content type that the API produces from events.
type Deliverable struct {
	Type              string
	Label             string
	Description       string
	CompatibleSignals []string        // empty if it is never delivered
	ShapeKind         string          // "record", "blob", "graph" or "envelope"
	Shape             json.RawMessage // nil if the catalog has none
	Raw               json.RawMessage
}

// Serializer is the catalog entry of a wire format.
type Serializer struct {
	Format        string
	SupportsKinds []string // values of [Deliverable.ShapeKind]
	Raw           json.RawMessage
}

// ListConnectors returns the catalog of connector types, sorted by type.
//
// GET /v1/delivery/catalog/connectors.
func (c *Client) ListConnectors(ctx context.Context) ([]Connector, error) {
	return listCatalog(ctx, c, "connectors", "type", newConnector)
}

// ListSignals returns the catalog of event types, sorted by event type.
//
// GET /v1/delivery/catalog/signals.
func (c *Client) ListSignals(ctx context.Context) ([]Signal, error) {
	return listCatalog(ctx, c, "signals", "event_type", newSignal)
}

// ListDeliverables returns the catalog of deliverables, sorted by type.
//
// GET /v1/delivery/catalog/deliverables.
func (c *Client) ListDeliverables(ctx context.Context) ([]Deliverable, error) {
	return listCatalog(ctx, c, "deliverables", "type", newDeliverable)
}

// ListSerializers returns the catalog of wire formats, sorted by format.
//
// GET /v1/delivery/catalog/serializers.
func (c *Client) ListSerializers(ctx context.Context) ([]Serializer, error) {
	return listCatalog(ctx, c, "serializers", "format", newSerializer)
}

func newConnector(e catalogEntry) Connector {
	return Connector{
		Type:                      e.name,
		Label:                     e.text("label"),
		AuthTypes:                 e.names("auth_types"),
		SupportedSerializers:      e.names("supported_serializers"),
		SupportedDeliverableKinds: e.names("supported_deliverable_kinds"),
		MaxPayloadBytes:           e.integer("max_payload_bytes"),
		DeliverySemantics:         e.text("delivery_semantics"),
		DefaultRateLimit:          e.rateLimit("default_rate_limit"),
		ConfigSchema:              e.json("config_schema"),
		AuthConfigSchema:          e.json("auth_config_schema"),
		Raw:                       e.raw,
	}
}

func newSignal(e catalogEntry) Signal {
	return Signal{EventType: e.name, Label: e.text("label"), Description: e.text("description"), Raw: e.raw}
}

func newDeliverable(e catalogEntry) Deliverable {
	return Deliverable{
		Type:              e.name,
		Label:             e.text("label"),
		Description:       e.text("description"),
		CompatibleSignals: e.names("compatible_signals"),
		ShapeKind:         e.kind("shape"),
		Shape:             e.json("shape"),
		Raw:               e.raw,
	}
}

func newSerializer(e catalogEntry) Serializer {
	return Serializer{Format: e.name, SupportsKinds: e.names("supports_kinds"), Raw: e.raw}
}

// listCatalog returns one of the four catalogs, sorted by name. key is the key of an entry's name.
func listCatalog[T any](ctx context.Context, c *Client, name, key string, decode func(catalogEntry) T) ([]T, error) {
	var (
		body    any
		entries []catalogEntry
	)
	r := call{method: http.MethodGet, path: "/v1/delivery/catalog/" + name, result: &body}
	r.check = func() (err error) {
		entries, err = decodeCatalog(body, key)
		return err
	}
	if err := c.send(ctx, r); err != nil {
		return nil, err
	}
	list := make([]T, len(entries))
	for i, entry := range entries {
		list[i] = decode(entry)
	}
	return list, nil
}
