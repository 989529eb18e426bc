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

// Config is the API's config object, decoded.
type Config = map[string]any

// Config is what the block's arguments say, without the keys that they do not own.
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

// keys are the keys of config that the argument holds.
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

// ConfigRecord is what has to be known of a destination's config beyond the arguments in state. It lives in private state.
type ConfigRecord struct {
	// Shown holds the keys for which the API shows something else than the state does, without that being a change: a
	// default that it filled in, another spelling, a masked value. Only when the API shows something new is it drift.
	Shown Config `json:"shown,omitempty"`

	// Unmanaged holds the keys that no argument owns. They are sent back as they are. Nil: there may be some that are not known.
	Unmanaged Config `json:"unmanaged"`

	// Redacted names keys that no argument owns either, but whose values are not kept because they may be credentials.
	Redacted []string `json:"withheld,omitempty"`

	// WriteOnly recognizes the values that write-only arguments hold, by key.
	WriteOnly map[string]credentials.ArgumentRecord `json:"write_only,omitempty"`
}

// WithoutSecrets is what was remembered before the secrets in it were known: their keys are withheld from now on.
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

// IsDefault reports whether a value means the same as leaving the key out.
func (a argument) IsDefault(wire any) bool {
	return wire == nil || a.byDefault != nil && jsonvalue.Equal(wire, a.byDefault)
}

// text is the argument's value for these keys.
func (j jsonArgument) text(keys Config) types.String {
	encoded, _ := json.Marshal(keys) // decoded JSON can always be encoded
	return types.StringValue(string(encoded))
}

// Match compares a config that was sent with one that the API shows, of which nobody knows whether it is the same destination's.
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
		}
	}
	return talonic.MatchJSON(sent, shown)
}

// IsUnmanaged reports whether a key is recorded as one that no argument has.
func (r ConfigRecord) IsUnmanaged(key string) bool {
	_, kept := r.Unmanaged[key]
	return kept || slices.Contains(r.Redacted, key)
}

// UnmanagedOf returns the recorded keys that no argument in v has a value for. A record that was tampered with may have others.
func (c Connector) UnmanagedOf(recorded Config, v Values) Config {
	unmanaged := maps.Clone(recorded)
	maps.DeleteFunc(unmanaged, func(key string, _ any) bool {
		a, _ := c.Argument(key)
		return ToWire(v[key]) != nil || a.HasWriteOnly()
	})
	return unmanaged
}
