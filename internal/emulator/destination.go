package emulator

import (
	"strings"
	"time"
)

// Destination is a destination with all values that responses can contain, and AutoDisabled.
//
// API docs: Create Destination.
type Destination struct {
	ID   string
	Name string
	Type string
	// Config holds JSON values with numbers as float64. Nil is null in responses.
	Config           map[string]any
	HasAuthConfig    bool
	HasSigningSecret bool
	// PayloadCapBytes is null in responses if it is 0, so that the global cap applies.
	PayloadCapBytes int64
	IsActive        bool
	// AutoDisabled reports that the server disabled the destination, rather than a user. It is not in responses.
	//
	// API docs: Get / Update / Delete / Test.
	AutoDisabled bool
	// LastDeliveryAt is null in responses if it is zero.
	LastDeliveryAt time.Time
	// LastDeliveryStatus is null in responses if it is empty.
	LastDeliveryStatus string
	CreatedAt          time.Time
	UpdatedAt          time.Time
}

// clone returns a copy that shares nothing with d.
func (d Destination) clone() Destination {
	d.Config = normalized(d.Config)
	return d
}

// destination is a stored [Destination] with the values that are only stored on the server.
type destination struct {
	Destination
	credentials Credentials
	serial      int              // number in the order of creation, for the order of lists and for cursors
	probe       *TestOutcome     // nil unless it was set
	outcome     *DeliveryOutcome // nil unless it was set
}

// connector returns the destination's connector. For an unknown type, which only an edit can set, nothing is documented.
func (d destination) connector() connector {
	if c, ok := connectorNamed(d.Type); ok {
		return c
	}
	return connector{name: d.Type, opaque: true}
}

// shownID returns the ID of a destination or a binding for responses.
func (b Behavior) shownID(id string) string {
	if b.UpperCaseIDs {
		return strings.ToUpper(id)
	}
	return id
}

// touched returns d with a later updated_at, even if both times are in one millisecond.
func (d destination) touched(at time.Time) destination {
	d.UpdatedAt = later(d.UpdatedAt, at)
	return d
}

// later returns at, or the time one millisecond after before if that is later.
func later(before, at time.Time) time.Time {
	if earliest := before.Add(time.Millisecond); at.Before(earliest) {
		return earliest
	}
	return at
}

// destinationBody is a destination in a response: the twelve fields of the reference page in their order, and customer_id in its
// position in the SDK's model.
//
// Pointers and other fields with omitempty may be omitted, depending on the [Behavior].
type destinationBody struct {
	ID                 string         `json:"id"`
	CustomerID         string         `json:"customer_id,omitempty"`
	Name               string         `json:"name"`
	Type               string         `json:"type"`
	Config             *orderedConfig `json:"config,omitempty"`
	HasAuthConfig      *bool          `json:"has_auth_config,omitempty"`
	HasSigningSecret   *bool          `json:"has_signing_secret,omitempty"`
	PayloadCapBytes    *int64         `json:"payload_cap_bytes"`
	IsActive           bool           `json:"is_active"`
	LastDeliveryAt     any            `json:"last_delivery_at"`
	LastDeliveryStatus *string        `json:"last_delivery_status"`
	CreatedAt          any            `json:"created_at,omitempty"`
	UpdatedAt          any            `json:"updated_at"`
}

// inList returns the body for a list.
func (shown destinationBody) inList(b Behavior) destinationBody {
	if b.ListWithoutConfig {
		shown.Config = nil
	}
	if b.ListWithoutHasAuthConfig {
		shown.HasAuthConfig = nil
	}
	if b.ListWithoutHasSigningSecret {
		shown.HasSigningSecret = nil
	}
	if b.ListWithoutCreatedAt {
		shown.CreatedAt = nil
	}
	return shown
}

// body returns the body of d for a customer, in the form that the behavior selects.
func (d destination) body(b Behavior, customerID string) destinationBody {
	c := d.connector()
	shown := destinationBody{
		ID:               b.shownID(d.ID),
		Name:             d.Name,
		Type:             d.Type,
		Config:           &orderedConfig{configToShow(b, c, d.Config), names(c.config)},
		HasAuthConfig:    &d.HasAuthConfig,
		HasSigningSecret: &d.HasSigningSecret,
		IsActive:         d.IsActive,
		CreatedAt:        b.Times.creation(d.CreatedAt),
		UpdatedAt:        b.Times.of(d.UpdatedAt),
	}
	if b.OmitConfig {
		shown.Config = nil
	}
	if b.IncludeCustomerID {
		shown.CustomerID = customerID
	}
	if d.PayloadCapBytes != 0 {
		shown.PayloadCapBytes = &d.PayloadCapBytes
	}
	if !d.LastDeliveryAt.IsZero() {
		shown.LastDeliveryAt = b.Times.of(d.LastDeliveryAt)
	}
	if d.LastDeliveryStatus != "" {
		shown.LastDeliveryStatus = &d.LastDeliveryStatus
	}
	return shown
}
