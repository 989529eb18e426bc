package credentials

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ArgumentRecord recognizes the value of a write-only argument of config without holding it. The API shows such a value. The record is
// kept in private state. The zero value means that nothing is known of the value.
type ArgumentRecord struct {
	// Sent recognizes the value that Terraform last sent and the API stored, or the value that an import found.
	Sent *Hash `json:"sent,omitempty"`

	// Shown recognizes the value as the API showed it, if it differs from the one sent; nil otherwise.
	Shown *Hash `json:"shown,omitempty"`

	// Drifted reports whether the API showed another value at the last read.
	Drifted bool `json:"drifted,omitempty"`
}

// NewArgumentRecord returns the record of a value that was sent, given the value that the API has shown since. If shown is not a string,
// the record assumes that the API shows the value as it was sent.
func NewArgumentRecord(sent string, shown any) ArgumentRecord {
	record := ArgumentRecord{Sent: hashOf(sent)}
	if other, ok := shown.(string); ok && !text.Equal(other, sent) {
		record.Shown = hashOf(other)
	}
	return record
}

// AfterRead returns the record after the API has shown a value; shown is nil if it shows none. The zero record stays zero.
func (r ArgumentRecord) AfterRead(shown any) ArgumentRecord {
	last := r.Shown
	if last == nil {
		last = r.Sent
	}
	if last == nil {
		return ArgumentRecord{}
	}
	value, ok := shown.(string)
	r.Drifted = !ok || !last.matches(valuesOf(value))
	return r
}

// Recognizes reports whether value is the one that was sent. It returns false if nothing is known of that one.
func (r ArgumentRecord) Recognizes(value string) bool {
	return r.Sent != nil && r.Sent.matches(valuesOf(value))
}

// Check returns an error if the provider cannot have written the record.
func (r ArgumentRecord) Check() error {
	for _, h := range []*Hash{r.Sent, r.Shown} {
		if h != nil && !h.isAffordable() {
			return errors.New("its hash is not one that the provider makes")
		}
	}
	return nil
}

func hashOf(value string) *Hash { return NewHash(valuesOf(value)) }

// valuesOf returns what is hashed for a value. Its Unicode composition is normalized, so that it does not affect the hash.
func valuesOf(value string) []string { return []string{text.Canonical(value)} }

// ArgumentSituation holds the inputs of the decision about a write-only argument of config.
type ArgumentSituation struct {
	Value   types.String // in the configuration
	Version types.Int64  // credentials_wo_version

	// Managed reports whether the destination exists and the argument was already write-only, so that prior state has no value for the
	// key.
	Managed      bool
	PriorVersion types.Int64
	Record       ArgumentRecord

	// Ignored reports whether ignore_changes replaced arguments in the configuration.
	Ignored bool
}

// ArgumentDecision says what a write does with a write-only argument of config.
type ArgumentDecision struct {
	Action Action // never Remove
	Value  types.String
	Record ArgumentRecord // recognizes the value that was sent before

	// Missing reports whether the value must be sent but is null. Hidden reports whether ignore_changes may hide it from the plan.
	Missing, Hidden bool
}

// Decide returns the decision according to the table in DESIGN.md.
func (s ArgumentSituation) Decide() ArgumentDecision {
	d := ArgumentDecision{Action: s.action(), Value: s.Value, Record: s.Record}
	switch {
	case !s.Ignored || !s.Value.IsNull():
		d.Missing = d.Action == Send && s.Value.IsNull()
	case s.Managed:
		d.Action, d.Hidden = Keep, true
	default:
		d.Action, d.Hidden = Undecided, true // the argument may have a value at apply
	}
	return d
}

func (s ArgumentSituation) action() Action {
	pinned := !s.Version.IsNull()
	switch {
	case !s.Managed, s.Record.Drifted:
		return Send
	case s.Version.IsUnknown():
		return Undecided
	case pinned && !s.PriorVersion.IsNull() && !s.Version.Equal(s.PriorVersion):
		return Send
	case pinned && (s.Value.IsNull() || !s.PriorVersion.IsNull() && s.Record.Sent != nil):
		return Keep
	case s.Value.IsNull(), s.Record.Sent == nil:
		return Send
	case s.Value.IsUnknown():
		return Undecided
	case s.Record.Recognizes(s.Value.ValueString()):
		return Keep
	}
	return Send
}

// AsPlanned limits the decision to what the plan showed. planned reports whether the plan showed that the value is or may be sent.
func (d ArgumentDecision) AsPlanned(planned bool) ArgumentDecision {
	if !planned {
		d.Action = Keep
	}
	return d
}

// Known returns the value that the API has after the write. ok is false if neither the decision nor the configuration determines it.
func (d ArgumentDecision) Known() (string, bool) {
	value := d.Value.ValueString()
	isKnown := !d.Value.IsNull() && !d.Value.IsUnknown()
	return value, isKnown && (d.Action == Send || d.Record.Recognizes(value))
}
