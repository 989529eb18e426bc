package talonic

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

const bindingsPath = "/v1/delivery/bindings"

// Binding routes events to a destination. For each event that passes the filter, the API makes a deliverable, serializes it and
// delivers it.
type Binding struct {
	ID           string       `json:"id"`
	CustomerID   string       `json:"customer_id"` // organization that owns the binding; empty if the API does not show it
	Name         string       `json:"name"`
	SignalFilter SignalFilter `json:"signal_filter"`

	// DeliverableType and SerializerFormat are names from the catalogs.
	DeliverableType  string `json:"deliverable_type"`
	DestinationID    string `json:"destination_id"`
	SerializerFormat string `json:"serializer_format"`

	// SerializerConfig and ResolverConfig are JSON objects as the API sent them, or nil if there are none.
	SerializerConfig json.RawMessage `json:"serializer_config"`
	ResolverConfig   json.RawMessage `json:"resolver_config"`

	FieldMap       *FieldMap       `json:"field_map"`       // nil: the payload is delivered unchanged
	DeliveryPolicy *DeliveryPolicy `json:"delivery_policy"` // nil: the API's default
	IsActive       bool            `json:"is_active"`
	LastStatus     *string         `json:"last_status"`
	CreatedAt      string          `json:"created_at"`
	UpdatedAt      string          `json:"updated_at"`

	// Partial reports that the response omits at least one of the optional objects, so it is unknown whether the binding has that
	// object. An explicit null means that the binding does not have it.
	Partial bool `json:"-"`
}

// SignalFilter selects events.
type SignalFilter struct {
	EventType string `json:"event_type"`

	// Match is a JSON object of payload keys and the values that they must equal. Nil matches every payload.
	Match json.RawMessage `json:"match,omitempty"`
}

// NewBinding holds the arguments of a create. Nil fields are not sent, and the API chooses their values.
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

	// IsDefault reports whether shown is the documented default of a key that was not sent. A nested key is preceded by the
	// object's key and a dot. If IsDefault is nil, no key has a documented default.
	IsDefault func(key string, shown any) bool `json:"-"`
}

// BindingChange holds the fields that an update writes. Unset fields are not sent. A set object replaces the whole old object, and
// null removes it.
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

// GetBinding returns one binding. If it does not exist, the error satisfies [IsNotFound].
//
// GET /v1/delivery/bindings/:id.
func (c *Client) GetBinding(ctx context.Context, id string) (*Binding, error) {
	return c.bindings.get(ctx, id)
}

// RefreshBinding returns one binding like [Client.GetBinding], but concurrent calls share one list request; see
// [Client.RefreshDestination].
func (c *Client) RefreshBinding(ctx context.Context, id string) (*Binding, error) {
	return c.bindings.read(ctx, id)
}

// ListBindings returns all bindings of the organization. If the API pages the list, it reads every page.
//
// GET /v1/delivery/bindings.
func (c *Client) ListBindings(ctx context.Context) ([]Binding, error) {
	return c.bindings.list(ctx)
}

// CachedBinding returns one binding like [Client.RefreshBinding], but may return a snapshot that other callers have seen; see
// [Client.CachedDestination]. Callers must not modify the result.
func (c *Client) CachedBinding(ctx context.Context, id string) (*Binding, error) {
	return c.bindings.cached(ctx, id)
}

// CachedBindings returns all bindings like [Client.ListBindings], but in no particular order, and from the list that
// [Client.RefreshBinding] shares. Callers must not modify the result.
func (c *Client) CachedBindings(ctx context.Context) ([]Binding, error) {
	return c.bindings.cachedAll(ctx)
}

// CreateBinding creates a binding; see [Client.CreateDestination] for retries and errors. The binding is active immediately: the
// API delivers the next event that passes its filter.
//
// POST /v1/delivery/bindings.
func (c *Client) CreateBinding(ctx context.Context, b NewBinding) (*Created[Binding], error) {
	return c.bindings.create(ctx, b)
}

// UpdateBinding writes the fields that are set in change and returns the updated binding. If it does not exist, the error
// satisfies [IsNotFound].
//
// PUT /v1/delivery/bindings/:id.
func (c *Client) UpdateBinding(ctx context.Context, id string, change BindingChange) (*Binding, error) {
	return c.bindings.update(ctx, id, change)
}

// DeleteBinding deletes a binding. The API still delivers what is queued. If the binding no longer exists, the error satisfies
// [IsNotFound], and the caller decides whether that is a failure.
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
	if !validID(b.ID) {
		return errors.New(`its "id" is invalid`)
	}
	return nil
}

func (b Binding) isPartial() bool { return b.Partial }

// UnmarshalJSON treats null as absent and accepts times that are numbers.
func (b *Binding) UnmarshalJSON(body []byte) error {
	type plain Binding
	shown := struct {
		*plain
		CreatedAt numberOrText `json:"created_at"`
		UpdatedAt numberOrText `json:"updated_at"`
	}{plain: (*plain)(b)}
	if err := newDecoder(body).Decode(&shown); err != nil {
		return err
	}
	b.CreatedAt, b.UpdatedAt = string(shown.CreatedAt), string(shown.UpdatedAt)
	var optional struct {
		FieldMap       json.RawMessage `json:"field_map"`
		DeliveryPolicy json.RawMessage `json:"delivery_policy"`
	}
	if err := json.Unmarshal(body, &optional); err != nil {
		return err
	}
	b.Partial = b.SerializerConfig == nil || b.ResolverConfig == nil || optional.FieldMap == nil || optional.DeliveryPolicy == nil
	for _, raw := range []*json.RawMessage{&b.SignalFilter.Match, &b.SerializerConfig, &b.ResolverConfig} {
		if string(*raw) == "null" {
			*raw = nil
		}
	}
	return nil
}

// Bindings have no secret fields.

func (NewBinding) secrets() []string    { return nil }
func (BindingChange) secrets() []string { return nil }

func (b NewBinding) public() any    { return b }
func (b BindingChange) public() any { return b }

// fingerprint combines the name and the destination.
func (b NewBinding) fingerprint() string { return fingerprintOf(b.Name, text.ID(b.DestinationID)) }

func (b NewBinding) fingerprintOf(listed Binding) string {
	return fingerprintOf(listed.Name, text.ID(listed.DestinationID))
}

func (b NewBinding) checkResponse(shown Binding) error {
	if b.fingerprintOf(shown) != b.fingerprint() {
		return errors.New("it describes a binding with a different name or destination")
	}
	return nil
}

// match compares everything except field_map, which has two forms. The API may add its documented defaults to objects that were
// sent, and return them for omitted objects.
func (b NewBinding) match(shown Binding) Match {
	exact := func(sent, stored string) Match { return ifOr(text.Equal(sent, stored), Same, Different) }
	return min(
		matchNames(b.Name, shown.Name),
		exact(b.SignalFilter.EventType, shown.SignalFilter.EventType),
		exact(b.SignalFilter.canonicalMatch(), shown.SignalFilter.canonicalMatch()),
		exact(b.DeliverableType, shown.DeliverableType),
		ifOr(text.SameID(b.DestinationID, shown.DestinationID), Same, Different),
		exact(b.SerializerFormat, shown.SerializerFormat),
		matchActive(b.IsActive, shown.IsActive),
		b.matchOptional("serializer_config", b.SerializerConfig, shown.SerializerConfig),
		b.matchOptional("resolver_config", b.ResolverConfig, shown.ResolverConfig),
		b.matchOptional("delivery_policy", b.DeliveryPolicy, shown.DeliveryPolicy),
	)
}

func (b NewBinding) contradicts(shown Binding) bool { return b.match(shown) == Different }

// matchOptional compares an optional object. If the API returns values that are neither sent nor documented defaults, the binding
// may be someone else's, so the result is at most Unsure.
func (b NewBinding) matchOptional(key string, sent, shown any) Match {
	sentJSON := jsonvalue.Of(sent)
	rest := b.withoutDefaults(key, sentJSON, jsonvalue.Of(shown))
	if sentJSON == nil {
		return ifOr(isEmptyJSON(rest), Same, Unsure)
	}
	return matchJSON(sentJSON, rest, Unsure)
}

// withoutDefaults returns the API's value without the documented defaults of keys that were not sent.
func (b NewBinding) withoutDefaults(key string, sent, shown any) any {
	if sent == nil && b.IsDefault != nil && b.IsDefault(key, shown) {
		return nil
	}
	object, ok := shown.(map[string]any)
	if !ok {
		return shown
	}
	sentObject, _ := sent.(map[string]any)
	left := map[string]any{}
	for name, value := range object {
		if value = b.withoutDefaults(key+"."+name, sentObject[name], value); !isEmptyJSON(value) {
			left[name] = value
		}
	}
	return left
}

func (b NewBinding) asUpdate() payload {
	change := BindingChange{
		Name: b.Name, SignalFilter: &b.SignalFilter, DeliverableType: b.DeliverableType, SerializerFormat: b.SerializerFormat, IsActive: b.IsActive,
	}
	if b.SerializerConfig != nil {
		change.SerializerConfig = Value(b.SerializerConfig)
	}
	if b.ResolverConfig != nil {
		change.ResolverConfig = Value(b.ResolverConfig)
	}
	if b.FieldMap != nil {
		change.FieldMap = Value(*b.FieldMap)
	}
	if b.DeliveryPolicy != nil {
		change.DeliveryPolicy = Value(*b.DeliveryPolicy)
	}
	return change
}

// canonicalMatch returns the normalized form of Match: sorted keys, numbers by value, {} for none.
func (f SignalFilter) canonicalMatch() string {
	var match map[string]any
	if json.Unmarshal(f.Match, &match) != nil || len(match) == 0 { // a value that is not an object is rejected when it is sent
		return "{}"
	}
	canonical, _ := json.Marshal(match) // decoded JSON can always be encoded
	return string(canonical)
}
