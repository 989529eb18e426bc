package emulator

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Binding is a binding with all values that its owner can see. Its objects hold JSON values with numbers as float64. Nil objects
// are null in responses.
//
// API docs: Create Binding.
type Binding struct {
	ID   string
	Name string
	// SignalFilter has an event_type and may have a match.
	SignalFilter    map[string]any
	DeliverableType string
	// DestinationID is the ID of a [Destination].
	DestinationID    string
	SerializerFormat string
	SerializerConfig map[string]any
	ResolverConfig   map[string]any
	// FieldMap has the SDK's form (rules, static, drop), even if responses have the flat form.
	FieldMap map[string]any
	// DeliveryPolicy may have max_attempts, backoff_schedule (in milliseconds), timeout_ms and rate_limit.
	DeliveryPolicy map[string]any
	IsActive       bool
	// LastStatus is null in responses if it is empty.
	LastStatus string
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// clone returns a copy that shares nothing with b.
func (b Binding) clone() Binding {
	for _, object := range b.objects() {
		*object = normalized(*object)
	}
	return b
}

// objects returns the fields of b that are JSON objects, by their names in bodies.
func (b *Binding) objects() map[string]*map[string]any {
	return map[string]*map[string]any{
		"signal_filter":     &b.SignalFilter,
		"serializer_config": &b.SerializerConfig,
		"resolver_config":   &b.ResolverConfig,
		"field_map":         &b.FieldMap,
		"delivery_policy":   &b.DeliveryPolicy,
	}
}

// texts returns the fields of b that are strings and can be sent, by their names in bodies.
func (b *Binding) texts() map[string]*string {
	return map[string]*string{
		"name":              &b.Name,
		"deliverable_type":  &b.DeliverableType,
		"destination_id":    &b.DestinationID,
		"serializer_format": &b.SerializerFormat,
	}
}

// binding is a stored [Binding].
type binding struct {
	Binding
	serial int // number of earlier creations plus one, as for a destination
}

// touched returns b with a later updated_at, even if both times are in one millisecond.
func (b binding) touched(at time.Time) binding {
	b.UpdatedAt = later(b.UpdatedAt, at)
	return b
}

// bindingBody is a binding in a response. Unset fields are null rather than absent, which is undocumented.
type bindingBody struct {
	ID               string  `json:"id"`
	CustomerID       string  `json:"customer_id,omitempty"`
	Name             string  `json:"name"`
	SignalFilter     fields  `json:"signal_filter"`
	DeliverableType  string  `json:"deliverable_type"`
	DestinationID    string  `json:"destination_id"`
	SerializerFormat string  `json:"serializer_format"`
	SerializerConfig any     `json:"serializer_config,omitempty"` // lists may omit the optional objects
	ResolverConfig   any     `json:"resolver_config,omitempty"`
	FieldMap         any     `json:"field_map,omitempty"`
	DeliveryPolicy   any     `json:"delivery_policy,omitempty"`
	IsActive         bool    `json:"is_active"`
	LastStatus       *string `json:"last_status"`
	CreatedAt        any     `json:"created_at,omitempty"`
	UpdatedAt        any     `json:"updated_at"`
}

// inList returns the body for a list.
func (shown bindingBody) inList(b Behavior) bindingBody {
	if b.ListWithoutCreatedAt {
		shown.CreatedAt = nil
	}
	if b.ListWithoutConfig {
		shown.SerializerConfig, shown.ResolverConfig, shown.FieldMap, shown.DeliveryPolicy = nil, nil, nil, nil
	}
	return shown
}

// body returns the body of b for a customer, in the form that the behavior selects.
func (b binding) body(with Behavior, customerID string) bindingBody {
	shown := bindingBody{
		ID:               with.shownID(b.ID),
		Name:             b.Name,
		SignalFilter:     b.SignalFilter,
		DeliverableType:  b.DeliverableType,
		DestinationID:    with.shownID(b.DestinationID),
		SerializerFormat: b.SerializerFormat,
		SerializerConfig: b.SerializerConfig,
		ResolverConfig:   b.ResolverConfig,
		FieldMap:         b.FieldMap,
		DeliveryPolicy:   b.DeliveryPolicy,
		IsActive:         b.IsActive,
		CreatedAt:        with.Times.creation(b.CreatedAt),
		UpdatedAt:        with.Times.of(b.UpdatedAt),
	}
	if with.IncludeCustomerID {
		shown.CustomerID = customerID
	}
	if b.LastStatus != "" {
		shown.LastStatus = &b.LastStatus
	}
	if with.FieldMapFlat && b.FieldMap != nil {
		shown.FieldMap = flatFieldMap(b.FieldMap)
	}
	if with.FillDefaults {
		shown.SignalFilter = withPresets(b.SignalFilter, signalFilterFields)
		shown.SerializerConfig = withPresets(b.SerializerConfig, nil)
		shown.DeliveryPolicy = with.deliveryPolicy(b.DeliveryPolicy)
		if d, ok := deliverableNamed(b.DeliverableType); ok && d.takesNulls {
			shown.ResolverConfig = withPresets(b.ResolverConfig, resolverConfigFields)
		}
	}
	return shown
}

// flatFieldMap converts a field_map to the flat form of the API pages: JSON paths by their targets. It omits static and drop,
// which the flat form cannot express. The API docs do not describe this case.
func flatFieldMap(stored fields) fields {
	flat := fields{}
	rules, _ := stored["rules"].([]any)
	for _, r := range rules {
		rule, _ := r.(fields)
		source, _ := rule["source"].(string)
		target, _ := rule["target"].(string)
		flat[target] = rootPath + source
	}
	return flat
}

const rootPath = "$."

// fromFlat converts a field_map from the flat form of the API pages to the form of the SDK. It returns any other value unchanged.
func fromFlat(sent any) any {
	flat, _ := sent.(fields)
	var rules []any
	for _, target := range slices.Sorted(maps.Keys(flat)) {
		path, _ := flat[target].(string)
		source, ok := strings.CutPrefix(path, rootPath)
		if !ok {
			return sent
		}
		rules = append(rules, fields{"source": source, "target": target})
	}
	if rules == nil {
		return sent
	}
	return fields{"rules": rules}
}
