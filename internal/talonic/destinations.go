package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
)

const destinationsPath = "/v1/delivery/destinations"

// Destination is where Talonic delivers to, as the API shows it. Credentials are never part of it.
type Destination struct {
	ID         string `json:"id"`
	CustomerID string `json:"customer_id"` // the organization that owns it; empty where the API does not show it
	Name       string `json:"name"`

	// Type is the connector: webhook, sftp, s3, azure_blob, google_drive, onedrive, or one that is not known here.
	Type string `json:"type"`

	// Config is the connector's transport settings; nil where the API does not show them. Numbers are [json.Number], so that
	// unmanaged keys can be sent back unchanged.
	Config map[string]any `json:"config"`

	// Unscreened is Config with what repeats a secret; nil where nothing does. See [Destination.RawConfig].
	Unscreened map[string]any `json:"-"`

	// HasAuthConfig and HasSigningSecret report which credentials the API has; nil where it does not say.
	HasAuthConfig    *bool `json:"has_auth_config"`
	HasSigningSecret *bool `json:"has_signing_secret"`

	PayloadCapBytes    *int64  `json:"payload_cap_bytes"` // nil: the API's default of 5 MiB
	IsActive           bool    `json:"is_active"`
	LastDeliveryAt     *string `json:"last_delivery_at"`
	LastDeliveryStatus *string `json:"last_delivery_status"`
	CreatedAt          string  `json:"created_at"`
	UpdatedAt          string  `json:"updated_at"`
}

// NewDestination is what a destination is created from.
type NewDestination struct {
	Name   string         `json:"name"`
	Type   string         `json:"type"`
	Config map[string]any `json:"config,omitzero"`

	// PayloadCapBytes and IsActive are left to the API when nil.
	PayloadCapBytes *int64 `json:"payload_cap_bytes,omitempty"`
	IsActive        *bool  `json:"is_active,omitempty"`

	// SecretConfig names the keys of Config whose values are secrets. The API shows them, but no text may.
	SecretConfig []string `json:"-"`

	// MatchConfig compares a config that the API shows with the one that is sent. It is asked whether an object can be the result of a
	// create whose response was lost. Nil: [MatchJSON].
	MatchConfig func(shown map[string]any) Match `json:"-"`

	Credentials
}

// DestinationChange is what an update writes: only what is set.
type DestinationChange struct {
	Name   string         `json:"name,omitempty"`
	Config map[string]any `json:"config,omitzero"` // replaces the whole config; nil leaves it

	// SecretConfig names the keys of Config whose values are secrets, as in [NewDestination].
	SecretConfig []string `json:"-"`

	// ReturnedConfig names the keys of Config that go back to the API as it showed them. They are not the configuration's, so a secret
	// that one repeats stays one.
	ReturnedConfig []string `json:"-"`

	// PayloadCapBytes may be set to null, which restores the API's default.
	PayloadCapBytes Nullable[int64] `json:"payload_cap_bytes,omitzero"`
	IsActive        *bool           `json:"is_active,omitempty"`

	Credentials
}

// Credentials are write-only: the API answers only whether it has any, in [Destination.HasAuthConfig] and
// [Destination.HasSigningSecret].
type Credentials struct {
	// AuthConfig replaces all credentials; its form is the connector's. Nil or an empty one leaves them as they are.
	AuthConfig map[string]any `json:"auth_config,omitempty"`

	// SigningSecret is the placement of the vendor's SDK: beside auth_config. The reference page has it inside of
	// auth_config, so this is set only where that did not work. Null takes the secret away.
	SigningSecret Nullable[string] `json:"signing_secret,omitzero"`
}

// Nullable is a value that can be absent (its zero value), null, or set.
type Nullable[T any] struct {
	present bool
	value   *T
}

// Value is a Nullable that is set.
func Value[T any](v T) Nullable[T] { return Nullable[T]{true, &v} }

// Null is a Nullable that is sent as null.
func Null[T any]() Nullable[T] { return Nullable[T]{present: true} }

// IsZero reports that nothing is to be sent.
func (n Nullable[T]) IsZero() bool { return !n.present }

// MarshalJSON writes the value or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }

// ConnectivityTest is the result of a connectivity test.
type ConnectivityTest struct {
	Success    bool   `json:"success"`
	HTTPStatus *int64 `json:"httpStatus"`
	DurationMS int64  `json:"durationMs"`
	Message    string `json:"message"`
}

// GetDestination reads one destination; see [IsNotFound].
//
// GET /v1/delivery/destinations/:id.
func (c *Client) GetDestination(ctx context.Context, id string) (*Destination, error) {
	return c.destinations.get(ctx, id)
}

// RefreshDestination reads one destination like [Client.GetDestination], but where several are wanted at once, one list serves them
// all. Everything that this client wrote is seen, and an object is gone only if the API says so when it is asked for it.
func (c *Client) RefreshDestination(ctx context.Context, id string) (*Destination, error) {
	return c.destinations.read(ctx, id)
}

// CachedDestination reads one destination like [Client.RefreshDestination], for callers that only look at it: any number of them may
// share one reading. Nobody may change what it returns.
func (c *Client) CachedDestination(ctx context.Context, id string) (*Destination, error) {
	return c.destinations.lookUp(ctx, id)
}

// CachedDestinations reads all destinations like [Client.ListDestinations], but in no order, and from the list that serves
// [Client.RefreshDestination] and [Client.CachedDestination]. Nobody may change what it returns.
func (c *Client) CachedDestinations(ctx context.Context) ([]Destination, error) {
	return c.destinations.lookUpAll(ctx)
}

// ListDestinations reads all destinations of the organization. No paging is documented; if the API pages all the same, every
// page is read.
//
// GET /v1/delivery/destinations.
func (c *Client) ListDestinations(ctx context.Context) ([]Destination, error) {
	return c.destinations.list(ctx)
}

// CreateDestination creates a destination, once. If the response is lost or cannot be read, the result is looked up in the list: the
// only destination that shows everything that was sent and was created since, and that this process did not know. It is adopted, and
// everything is written to it once more. If there is none, the request is sent once more. If that does not settle it, the error is an
// [*OutcomeUnknownError], and the destination may exist.
//
// The end of the context prevents further attempts; what was begun is finished within the time of one attempt.
//
// POST /v1/delivery/destinations.
func (c *Client) CreateDestination(ctx context.Context, d NewDestination) (*Created[Destination], error) {
	return c.destinations.create(ctx, d)
}

// UpdateDestination writes what is set in change and returns the destination as it is afterwards.
//
// PUT /v1/delivery/destinations/:id.
func (c *Client) UpdateDestination(ctx context.Context, id string, change DestinationChange) (*Destination, error) {
	return c.destinations.update(ctx, id, change)
}

// DeleteDestination deletes a destination with its bindings, history and dead letters. The error for one that is gone already satisfies
// [IsNotFound]: whether that is fine depends on whose it was.
//
// DELETE /v1/delivery/destinations/:id.
func (c *Client) DeleteDestination(ctx context.Context, id string) error {
	return c.destinations.delete(ctx, id)
}

// TestDestination probes whether a destination can be reached, without delivering anything. A probe that fails is a result,
// not an error; nothing else comes of it, so it is retried like a read when its response is lost.
//
// POST /v1/delivery/destinations/:id/test.
func (c *Client) TestDestination(ctx context.Context, id string) (*ConnectivityTest, error) {
	var answer struct {
		ConnectivityTest
		Success *bool `json:"success"`
	}
	err := c.send(ctx, call{
		method: http.MethodPost,
		path:   c.destinations.pathOf(id) + "/test",
		body:   struct{}{},
		result: &answer,
		check: func() error {
			if answer.Success == nil {
				return errors.New(`it has no "success"`)
			}
			return nil
		},
	})
	if err != nil {
		return nil, c.destinations.confirmGone(ctx, id, err)
	}
	answer.ConnectivityTest.Success = *answer.Success
	return &answer.ConnectivityTest, nil
}

// RawConfig returns config as the API shows it, with what repeats a secret. It is there to be compared and to be sent back: nothing
// of it may be kept or shown.
func (d Destination) RawConfig() map[string]any {
	if d.Unscreened != nil {
		return d.Unscreened
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
		return errors.New(`its "id" cannot be one`)
	}
	return nil
}

func (d Destination) isPartial() bool {
	return d.Config == nil || d.HasAuthConfig == nil || d.HasSigningSecret == nil
}

// UnmarshalJSON accepts times that are numbers.
func (d *Destination) UnmarshalJSON(body []byte) error {
	type plain Destination
	shown := struct {
		*plain
		LastDeliveryAt *numberOrText `json:"last_delivery_at"`
		CreatedAt      numberOrText  `json:"created_at"`
		UpdatedAt      numberOrText  `json:"updated_at"`
	}{plain: (*plain)(d)}
	if err := newDecoder(body).Decode(&shown); err != nil {
		return err
	}
	d.LastDeliveryAt, d.CreatedAt, d.UpdatedAt = (*string)(shown.LastDeliveryAt), string(shown.CreatedAt), string(shown.UpdatedAt)
	return nil
}

// fingerprint is the type and the name, as far as no server can have changed them: what else distinguishes two destinations may be
// shown in another form.
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
		return errors.New("it is a destination of another type or name")
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
		matchFlag(d.sendsSigningSecretInside() || d.SigningSecret.value != nil, false, shown.HasSigningSecret),
	)
}

func (d NewDestination) contradicts(shown Destination) bool {
	return shown.Config != nil && d.matchConfig(shown.RawConfig()) == Different || matchCap(d.PayloadCapBytes, shown.PayloadCapBytes) == Different
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

// DefaultPayloadCapBytes is the payload cap of a destination that has none of its own.
const DefaultPayloadCapBytes = 5 << 20

// matchCap compares payload caps. Nil is the API's default.
func matchCap(sent, shown *int64) Match {
	orDefault := func(bytes *int64) int64 {
		if bytes == nil {
			return DefaultPayloadCapBytes
		}
		return *bytes
	}
	return ifOr(orDefault(sent) == orDefault(shown), Same, Different)
}

// matchActive compares is_active: a create may ignore that it is to be false.
func matchActive(sent *bool, shown bool) Match {
	return ifOr(shown || sent != nil && !*sent, Same, Unsure)
}

// matchFlag compares whether credentials were sent with whether the API says that it has some. It may also say so if some were sent
// that are of the other group.
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

// sendsAuth reports whether there is more in auth_config than a signing secret.
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

const signingSecretKey = "signing_secret"

func (d NewDestination) asUpdate() payload {
	change := DestinationChange{Name: d.Name, Config: d.Config, SecretConfig: d.SecretConfig, IsActive: d.IsActive, Credentials: d.Credentials}
	if d.PayloadCapBytes != nil {
		change.PayloadCapBytes = Value(*d.PayloadCapBytes)
	}
	return change
}
