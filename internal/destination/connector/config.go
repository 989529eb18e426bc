package connector

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Config is the API's config object as decoded JSON.
type Config = map[string]any

// Config returns the config object of the block's arguments, without unmanaged keys. It returns an error if the argument for other keys is not
// a JSON object.
func (c Connector) Config(v Values) (Config, error) {
	written, err := c.OtherKeys.keys(v)
	if err != nil {
		return nil, err
	}
	for _, a := range c.Arguments {
		if wire := ToWire(v[a.Name]); wire != nil {
			written[a.Name] = wire
		}
	}
	return written, nil
}

// keys returns the keys of config in the argument's JSON object.
func (j jsonArgument) keys(v Values) (Config, error) {
	text, ok := blocks.Known(v.Text(j.Name))
	if !ok {
		return Config{}, nil
	}
	keys, err := jsonvalue.ParseObject(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.Name, err)
	}
	return keys, nil
}

// ConfigRecord holds what the provider knows about a destination's config in addition to the arguments in state. Private state stores it.
type ConfigRecord struct {
	// Shown holds API values that differ from state without a diff, by key: a default that the API filled in, a normalized form, or a masked
	// value. The destination has drifted only if the API returns yet another value.
	Shown Config `json:"shown,omitempty"`

	// Unmanaged holds the unmanaged keys, which updates send back unchanged. Nil means that they are unknown.
	Unmanaged Config `json:"unmanaged"`

	// Redacted names the unmanaged keys whose values are not recorded because they may be credentials.
	Redacted []string `json:"withheld,omitempty"`

	// WriteOnly holds records that identify the values of write-only arguments, by key.
	WriteOnly map[string]credentials.ArgumentRecord `json:"write_only,omitempty"`
}

// WithoutSecrets returns a copy without values that contain secrets which this process has learned since it wrote the record. The keys of such
// values move from Unmanaged to Redacted.
func (r ConfigRecord) WithoutSecrets() ConfigRecord {
	if !redact.Process.Holds(r.Unmanaged) {
		return r
	}
	kept := Config{}
	for key, value := range r.Unmanaged {
		if redact.Process.Holds(Config{key: value}) {
			r.Redacted = append(slices.Clone(r.Redacted), key)
		} else {
			kept[key] = value
		}
	}
	r.Unmanaged = kept
	return r
}

// IsDefault reports whether a value, as decoded JSON, has the same effect as omitting the key.
func (a argument) IsDefault(wire any) bool {
	return wire == nil || a.apiDefault != nil && jsonvalue.Equal(wire, a.apiDefault)
}

// text returns keys as the argument's JSON text.
func (j jsonArgument) text(keys Config) types.String {
	encoded, _ := json.Marshal(keys) // cannot fail: keys is decoded JSON
	return types.StringValue(string(encoded))
}

// Match reports whether shown, a config from the API, may belong to a destination that was created with the config sent.
func (c Connector) Match(sent, shown Config) talonic.Match {
	if shown == nil {
		return talonic.Unsure
	}
	sent, shown = c.normalize(sent), c.normalize(shown)
	for _, a := range c.Arguments {
		wire, wasSent := sent[a.Name]
		switch stored := shown[a.Name]; {
		case a.IsDefault(wire) && a.IsDefault(stored):
			delete(sent, a.Name)
			delete(shown, a.Name)
		case !wasSent && stored != nil:
			return talonic.Different
		case a.isHidden(stored, wire):
			delete(shown, a.Name)
		}
	}
	return talonic.MatchJSON(sent, shown)
}

// IsUnmanaged reports whether the record lists key as unmanaged.
func (r ConfigRecord) IsUnmanaged(key string) bool {
	_, kept := r.Unmanaged[key]
	return kept || slices.Contains(r.Redacted, key)
}

// UnmanagedOf returns the recorded keys that have no value in the arguments v. Only a tampered record contains keys that have one.
func (c Connector) UnmanagedOf(recorded Config, v Values) Config {
	unmanaged := maps.Clone(recorded)
	maps.DeleteFunc(unmanaged, func(key string, _ any) bool {
		a, _ := c.Argument(key)
		return ToWire(v[key]) != nil || a.HasWriteOnly()
	})
	return unmanaged
}
