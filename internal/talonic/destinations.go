package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
)

const destinationsPath = "/v1/delivery/destinations"

// Destination is a target to which Talonic delivers. It never contains credentials.
type Destination struct {
	ID         string `json:"id"`
	CustomerID string `json:"customer_id"` // organization that owns the destination; empty if the API does not show it
	Name       string `json:"name"`

	// Type is the connector type: webhook, sftp, s3, azure_blob, google_drive, onedrive, or an unknown one.
	Type string `json:"type"`

	// Config holds the transport settings of the connector, or nil if the API omits them. Numbers are [json.Number], so that
	// unmanaged keys can be sent back unchanged.
	Config map[string]any `json:"config"`

	// UnredactedConfig is Config before secrets were redacted, or nil if nothing was redacted. See [Destination.RawConfig].
	UnredactedConfig map[string]any `json:"-"`

	// HasAuthConfig and HasSigningSecret report which credentials the API has, or are nil if the API omits the flag.
	HasAuthConfig    *bool `json:"has_auth_config"`
	HasSigningSecret *bool `json:"has_signing_secret"`

	PayloadCapBytes    *int64  `json:"payload_cap_bytes"` // nil: the API's default of 5 MiB
	IsActive           bool    `json:"is_active"`
	LastDeliveryAt     *string `json:"last_delivery_at"`
	LastDeliveryStatus *string `json:"last_delivery_status"`
	CreatedAt          string  `json:"created_at"`
	UpdatedAt          string  `json:"updated_at"`
}

// NewDestination holds the arguments of a create.
type NewDestination struct {
	Name   string         `json:"name"`
	Type   string         `json:"type"`
	Config map[string]any `json:"config,omitzero"`

	// PayloadCapBytes and IsActive are not sent if nil, and the API chooses their values.
	PayloadCapBytes *int64 `json:"payload_cap_bytes,omitempty"`
	IsActive        *bool  `json:"is_active,omitempty"`

	// SecretConfig lists the keys of Config whose values are secret. The API returns these values, but no text may contain them.
	SecretConfig []string `json:"-"`

	// MatchConfig compares a config from the API with the config that is sent, to decide whether an object can be the result of a
	// create whose response was lost. If MatchConfig is nil, [MatchJSON] compares the two.
	MatchConfig func(shown map[string]any) Match `json:"-"`

	Credentials
}

// DestinationChange holds the fields that an update writes. Unset fields are not sent.
//
// API docs: Get / Update / Delete / Test.
// Assumption: DESIGN.md#assumptions-about-the-api.
type DestinationChange struct {
	Name   string         `json:"name,omitempty"`
	Config map[string]any `json:"config,omitzero"` // replaces the whole config; nil leaves it unchanged

	// SecretConfig lists the keys of Config whose values are secret, as in [NewDestination].
	SecretConfig []string `json:"-"`

	// ReturnedConfig lists the keys of Config that are sent back as the API returned them. Their values do not come from the
	// configuration, so a secret in one of them stays secret.
	ReturnedConfig []string `json:"-"`

	// PayloadCapBytes can be null, which restores the API's default.
	PayloadCapBytes Nullable[int64] `json:"payload_cap_bytes,omitzero"`
	IsActive        *bool           `json:"is_active,omitempty"`

	Credentials
}

// Credentials are write-only. The API returns only whether it has credentials, in [Destination.HasAuthConfig] and
// [Destination.HasSigningSecret].
//
// API docs: Create Destination.
type Credentials struct {
	// AuthConfig replaces all credentials. Its keys depend on the connector. If it is nil or empty, the credentials stay
	// unchanged.
	AuthConfig map[string]any `json:"auth_config,omitempty"`

	// SigningSecret is sent at the top level of the body, like in the vendor's SDK. The reference page puts it inside auth_config,
	// so this field is set only if the secret inside auth_config had no effect. Null removes the secret.
	//
	// Assumption: DESIGN.md#assumptions-about-the-api.
	SigningSecret Nullable[string] `json:"signing_secret,omitzero"`
}

// Nullable is a value that can be absent, null, or set. The zero value is absent.
type Nullable[T any] struct {
	present bool
	value   *T
}

// Value returns a Nullable that is set to v.
func Value[T any](v T) Nullable[T] { return Nullable[T]{true, &v} }

// Null returns a Nullable that is sent as null.
func Null[T any]() Nullable[T] { return Nullable[T]{present: true} }

// IsZero reports whether the value is absent, so that it is not sent.
func (n Nullable[T]) IsZero() bool { return !n.present }

// MarshalJSON encodes the value, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }

// GetDestination returns one destination. If it does not exist, the error satisfies [IsNotFound].
//
// GET /v1/delivery/destinations/:id.
func (c *Client) GetDestination(ctx context.Context, id string) (*Destination, error) {
	return c.destinations.get(ctx, id)
}

// RefreshDestination returns one destination like [Client.GetDestination], but concurrent calls share one list request. The result
// reflects all writes of this client. A destination that is missing from the list is read by ID. If it does not exist either way,
// the error satisfies [IsNotFound]. Callers must not modify the result.
func (c *Client) RefreshDestination(ctx context.Context, id string) (*Destination, error) {
	return c.destinations.read(ctx, id)
}

// CachedDestination is like [Client.RefreshDestination] but may return a snapshot that other callers have seen. Callers must not
// modify the result. If the destination does not exist, the error satisfies [IsNotFound].
func (c *Client) CachedDestination(ctx context.Context, id string) (*Destination, error) {
	return c.destinations.cached(ctx, id)
}

// CachedDestinations returns all destinations like [Client.ListDestinations], but in no particular order, and from the list that
// [Client.RefreshDestination] and [Client.CachedDestination] share. Callers must not modify the result.
func (c *Client) CachedDestinations(ctx context.Context) ([]Destination, error) {
	return c.destinations.cachedAll(ctx)
}

// ListDestinations returns all destinations of the organization. The API documents no paging for this list; if the API pages it
// nevertheless, ListDestinations reads every page.
//
// GET /v1/delivery/destinations.
//
// API docs: List Destinations.
func (c *Client) ListDestinations(ctx context.Context) ([]Destination, error) {
	return c.destinations.list(ctx)
}

// CreateDestination creates a destination. If the response is lost or cannot be decoded, CreateDestination looks up the result in
// the list: the only destination that matches the request, was created after the first attempt, and was unknown to this process.
// It adopts that destination and writes all arguments to it again. If the list contains no such destination, it retries the
// create. If the outcome remains unknown, the error is an [*OutcomeUnknownError], and the destination may exist.
//
// When ctx ends, CreateDestination sends no further attempt. It waits for an attempt in flight, for at most the timeout of one
// attempt.
//
// POST /v1/delivery/destinations.
func (c *Client) CreateDestination(ctx context.Context, d NewDestination) (*Created[Destination], error) {
	return c.destinations.create(ctx, d)
}

// UpdateDestination writes the fields that are set in change and returns the updated destination. If it does not exist, the error
// satisfies [IsNotFound].
//
// PUT /v1/delivery/destinations/:id.
func (c *Client) UpdateDestination(ctx context.Context, id string, change DestinationChange) (*Destination, error) {
	return c.destinations.update(ctx, id, change)
}

// DeleteDestination deletes a destination and, with it, its bindings, history and dead letters. If the destination no longer
// exists, the error satisfies [IsNotFound], and the caller decides whether that is a failure.
//
// DELETE /v1/delivery/destinations/:id.
//
// API docs: Get / Update / Delete / Test.
func (c *Client) DeleteDestination(ctx context.Context, id string) error {
	return c.destinations.delete(ctx, id)
}

// RawConfig returns config as the API returned it, including secrets. Use it only to compare values and to send them back. Do not
// store or show any part of it.
func (d Destination) RawConfig() map[string]any {
	if d.UnredactedConfig != nil {
		return d.UnredactedConfig
	}
	return d.Config
}

func (d Destination) id() string        { return d.ID }
func (d Destination) createdAt() string { return d.CreatedAt }
func (d Destination) updatedAt() string { return d.UpdatedAt }

func (d Destination) check() error {
	switch "" {
	case d.ID:
		return errors.New(`it has no "id"`)
	case d.Name:
		return errors.New(`it has no "name"`)
	case d.Type:
		return errors.New(`it has no "type"`)
	}
	if !validID(d.ID) {
		return errors.New(`its "id" is invalid`)
	}
	return nil
}

func (d Destination) isPartial() bool {
	return d.Config == nil || d.HasAuthConfig == nil || d.HasSigningSecret == nil
}

// UnmarshalJSON accepts times that are numbers, and a cap that is a string.
func (d *Destination) UnmarshalJSON(body []byte) error {
	type plain Destination
	shown := struct {
		*plain
		PayloadCapBytes *wholeNumber  `json:"payload_cap_bytes"`
		LastDeliveryAt  *numberOrText `json:"last_delivery_at"`
		CreatedAt       numberOrText  `json:"created_at"`
		UpdatedAt       numberOrText  `json:"updated_at"`
	}{plain: (*plain)(d)}
	if err := newDecoder(body).Decode(&shown); err != nil {
		return err
	}
	d.PayloadCapBytes = (*int64)(shown.PayloadCapBytes)
	d.LastDeliveryAt, d.CreatedAt, d.UpdatedAt = (*string)(shown.LastDeliveryAt), string(shown.CreatedAt), string(shown.UpdatedAt)
	return nil
}

// fingerprint combines the type and the name, in a form that no normalization by a server changes. It omits other arguments,
// because the API may return them in a different form.
func (d NewDestination) fingerprint() string { return fingerprintOf(d.Type, d.Name) }

func (d NewDestination) fingerprintOf(listed Destination) string {
	return fingerprintOf(listed.Type, listed.Name)
}

func fingerprintOf(texts ...string) string {
	for i := range texts {
		texts[i] = foldText(texts[i])
	}
	return strings.Join(texts, "\n")
}

func (d NewDestination) checkResponse(shown Destination) error {
	if d.fingerprintOf(shown) != d.fingerprint() {
		return errors.New("it describes a destination with a different type or name")
	}
	return nil
}

func (d NewDestination) match(shown Destination) Match {
	return min(
		ifOr(shown.Type == d.Type, Same, Different),
		matchNames(d.Name, shown.Name),
		d.matchConfig(shown.RawConfig()),
		matchCap(d.PayloadCapBytes, shown.PayloadCapBytes),
		matchActive(d.IsActive, shown.IsActive),
		matchFlag(d.sendsAuth(), d.sendsSigningSecretInside(), shown.HasAuthConfig),
		matchFlag(d.sendsSigningSecret(), false, shown.HasSigningSecret),
	)
}

func (d NewDestination) contradicts(shown Destination) bool {
	return shown.Config != nil && d.matchConfig(shown.RawConfig()) == Different || matchCap(d.PayloadCapBytes, shown.PayloadCapBytes) == Different ||
		matchFlag(d.sendsAuth(), d.sendsSigningSecretInside(), shown.HasAuthConfig) == Different ||
		matchFlag(d.sendsSigningSecret(), false, shown.HasSigningSecret) == Different
}

func (d NewDestination) matchConfig(shown map[string]any) Match {
	if d.MatchConfig != nil {
		return d.MatchConfig(shown)
	}
	sent, err := json.Marshal(d.Config)
	var config map[string]any
	if err != nil || decodeJSON(sent, &config) != nil {
		return Unsure
	}
	return MatchJSON(config, shown)
}

// defaultPayloadCapBytes is the API's default for payload_cap_bytes.
const defaultPayloadCapBytes = 5 << 20

// SamePayloadCap reports whether two values of payload_cap_bytes are equal. Nil stands for the API's default.
func SamePayloadCap(a, b *int64) bool {
	orDefault := func(bytes *int64) int64 {
		if bytes == nil {
			return defaultPayloadCapBytes
		}
		return *bytes
	}
	return orDefault(a) == orDefault(b)
}

func matchCap(sent, shown *int64) Match { return ifOr(SamePayloadCap(sent, shown), Same, Different) }

// matchActive compares is_active. A create may ignore a value of false.
func matchActive(sent *bool, shown bool) Match {
	return ifOr(shown || sent != nil && !*sent, Same, Unsure)
}

// matchFlag compares a flag from the API, which reports whether it has a group of credentials, with whether that group was sent.
// mayAlsoBe reports that the flag may also count credentials of the other group.
func matchFlag(sent, mayAlsoBe bool, shown *bool) Match {
	switch {
	case shown == nil:
		return ifOr(sent, Unsure, Same)
	case *shown == sent, *shown && mayAlsoBe:
		return Same
	case *shown:
		return Different
	}
	return Unsure
}

// sendsAuth reports whether auth_config contains more than a signing secret.
func (c Credentials) sendsAuth() bool {
	for key := range c.AuthConfig {
		if key != signingSecretKey && (key != "type" || c.AuthConfig[key] != "none") {
			return true
		}
	}
	return false
}

func (c Credentials) sendsSigningSecretInside() bool {
	_, inside := c.AuthConfig[signingSecretKey]
	return inside
}

func (c Credentials) sendsSigningSecret() bool {
	return c.sendsSigningSecretInside() || c.SigningSecret.value != nil
}

const signingSecretKey = "signing_secret"

func (d NewDestination) asUpdate() payload {
	change := DestinationChange{Name: d.Name, Config: d.Config, SecretConfig: d.SecretConfig, IsActive: d.IsActive, Credentials: d.Credentials}
	if d.PayloadCapBytes != nil {
		change.PayloadCapBytes = Value(*d.PayloadCapBytes)
	}
	return change
}
