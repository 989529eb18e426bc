package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

const bindingsPath = "/v1/delivery/bindings"

// Binding routes events to a destination, as the API shows it: of each event that passes the filter, a deliverable is made,
// serialised and delivered.
type Binding struct {
	ID           string       `json:"id"`
	CustomerID   string       `json:"customer_id"` // the organization that owns it; empty where the API does not show it
	Name         string       `json:"name"`
	SignalFilter SignalFilter `json:"signal_filter"`

	// DeliverableType and SerializerFormat are names from the catalogs.
	DeliverableType  string `json:"deliverable_type"`
	DestinationID    string `json:"destination_id"`
	SerializerFormat string `json:"serializer_format"`

	// SerializerConfig and ResolverConfig are JSON objects as they came; nil: none.
	SerializerConfig json.RawMessage `json:"serializer_config"`
	ResolverConfig   json.RawMessage `json:"resolver_config"`

	FieldMap       *FieldMap       `json:"field_map"`       // nil: the payload is delivered as it is
	DeliveryPolicy *DeliveryPolicy `json:"delivery_policy"` // nil: the API's default
	IsActive       bool            `json:"is_active"`
	LastStatus     *string         `json:"last_status"`
	CreatedAt      string          `json:"created_at"`
	UpdatedAt      string          `json:"updated_at"`
}

// SignalFilter picks events.
type SignalFilter struct {
	EventType string `json:"event_type"`

	// Match is a JSON object of what the payload of an event must have under which keys; nil: anything will do.
	Match json.RawMessage `json:"match,omitempty"`
}

// NewBinding is what a binding is created from. What is nil is left to the API.
type NewBinding struct {
	Name             string       `json:"name"`
	SignalFilter     SignalFilter `json:"signal_filter"`
	DeliverableType  string       `json:"deliverable_type"`
	DestinationID    string       `json:"destination_id"`
	SerializerFormat string       `json:"serializer_format"`

	SerializerConfig json.RawMessage `json:"serializer_config,omitempty"`
	ResolverConfig   json.RawMessage `json:"resolver_config,omitempty"`
	FieldMap         *FieldMap       `json:"field_map,omitempty"`
	DeliveryPolicy   *DeliveryPolicy `json:"delivery_policy,omitempty"`
	IsActive         *bool           `json:"is_active,omitempty"`
}

// BindingChange is what an update writes: only what is set. Each object that is set replaces the whole old one; null takes it
// away.
type BindingChange struct {
	Name             string        `json:"name,omitempty"`
	SignalFilter     *SignalFilter `json:"signal_filter,omitempty"`
	DeliverableType  string        `json:"deliverable_type,omitempty"`
	DestinationID    string        `json:"destination_id,omitempty"`
	SerializerFormat string        `json:"serializer_format,omitempty"`

	SerializerConfig Nullable[json.RawMessage] `json:"serializer_config,omitzero"`
	ResolverConfig   Nullable[json.RawMessage] `json:"resolver_config,omitzero"`
	FieldMap         Nullable[FieldMap]        `json:"field_map,omitzero"`
	DeliveryPolicy   Nullable[DeliveryPolicy]  `json:"delivery_policy,omitzero"`
	IsActive         *bool                     `json:"is_active,omitempty"`
}

// GetBinding reads one binding; see [IsNotFound].
//
// GET /v1/delivery/bindings/:id.
func (c *Client) GetBinding(ctx context.Context, id string) (*Binding, error) {
	return c.bindings.get(ctx, id)
}

// ReadBinding reads one binding like [Client.GetBinding], but where several are wanted at once, one list serves them all; see
// [Client.ReadDestination].
func (c *Client) ReadBinding(ctx context.Context, id string) (*Binding, error) {
	return c.bindings.read(ctx, id)
}

// ListBindings reads all bindings of the organisation, every page if the API pages.
//
// GET /v1/delivery/bindings.
func (c *Client) ListBindings(ctx context.Context) ([]Binding, error) {
	return c.bindings.list(ctx)
}

// LookUpBinding reads one binding like [Client.ReadBinding], for callers that only look at it; see [Client.LookUpDestination].
func (c *Client) LookUpBinding(ctx context.Context, id string) (*Binding, error) {
	return c.bindings.lookUp(ctx, id)
}

// LookUpBindings reads all bindings like [Client.ListBindings], but in no order, and from the list that serves
// [Client.ReadBinding]. Nobody may change what it returns.
func (c *Client) LookUpBindings(ctx context.Context) ([]Binding, error) {
	return c.bindings.lookUpAll(ctx)
}

// CreateBinding creates a binding, once; see [Client.CreateDestination]. It is live at once: the next event that passes its
// filter is delivered.
//
// POST /v1/delivery/bindings.
func (c *Client) CreateBinding(ctx context.Context, b NewBinding) (*Binding, error) {
	return c.bindings.create(ctx, b)
}

// UpdateBinding writes what is set in change and returns the binding as it is afterwards.
//
// PUT /v1/delivery/bindings/:id.
func (c *Client) UpdateBinding(ctx context.Context, id string, change BindingChange) (*Binding, error) {
	return c.bindings.update(ctx, id, change)
}

// DeleteBinding deletes a binding; what is queued is still delivered. One that is gone already is a success.
//
// DELETE /v1/delivery/bindings/:id.
func (c *Client) DeleteBinding(ctx context.Context, id string) error {
	return c.bindings.delete(ctx, id)
}

func (b Binding) id() string        { return b.ID }
func (b Binding) createdAt() string { return b.CreatedAt }
func (b Binding) updatedAt() string { return b.UpdatedAt }

func (b Binding) check() error {
	switch "" {
	case b.ID:
		return errors.New(`it has no "id"`)
	case b.Name:
		return errors.New(`it has no "name"`)
	case b.SignalFilter.EventType:
		return errors.New(`it has no "signal_filter.event_type"`)
	case b.DeliverableType:
		return errors.New(`it has no "deliverable_type"`)
	case b.DestinationID:
		return errors.New(`it has no "destination_id"`)
	case b.SerializerFormat:
		return errors.New(`it has no "serializer_format"`)
	}
	return nil
}

// UnmarshalJSON takes null for absent.
func (b *Binding) UnmarshalJSON(body []byte) error {
	type plain Binding
	if err := newDecoder(body).Decode((*plain)(b)); err != nil {
		return err
	}
	for _, raw := range []*json.RawMessage{&b.SignalFilter.Match, &b.SerializerConfig, &b.ResolverConfig} {
		if string(*raw) == "null" {
			*raw = nil
		}
	}
	return nil
}

// Nothing in a binding is secret.

func (NewBinding) secrets() []string    { return nil }
func (BindingChange) secrets() []string { return nil }

func (b NewBinding) public() any    { return b }
func (b BindingChange) public() any { return b }

// fingerprint is what routes which events where. The rest does not count: the API may show it in another form, and bindings that
// differ in nothing else are not made within seconds by different people.
func (b NewBinding) fingerprint() string {
	text, _ := json.Marshal([]string{
		b.Name, b.SignalFilter.EventType, b.SignalFilter.canonicalMatch(), b.DeliverableType, b.DestinationID, b.SerializerFormat,
	})
	return string(text)
}

func (b NewBinding) isShownBy(listed Binding) bool {
	shown := NewBinding{
		Name: listed.Name, SignalFilter: listed.SignalFilter, DeliverableType: listed.DeliverableType,
		DestinationID: listed.DestinationID, SerializerFormat: listed.SerializerFormat,
	}
	return shown.fingerprint() == b.fingerprint()
}

func (b NewBinding) checkAnswer(shown Binding) error {
	switch {
	case shown.DestinationID != b.DestinationID:
		return fmt.Errorf("it is a binding of the destination %s", shown.DestinationID)
	case !sameName(shown.Name, b.Name):
		return fmt.Errorf("it is a binding named %q", shown.Name)
	}
	return nil
}

// canonicalMatch is Match in one spelling: keys sorted, numbers by their values, {} for none.
func (f SignalFilter) canonicalMatch() string {
	var match map[string]any
	if json.Unmarshal(f.Match, &match) != nil || len(match) == 0 { // what is no object is refused when it is sent
		return "{}"
	}
	text, _ := json.Marshal(match) // decoded JSON can always be encoded
	return string(text)
}
