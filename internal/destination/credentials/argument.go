package credentials

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ArgumentRecord recognizes the value of a write-only argument of config, which the API shows, without holding it. It is kept in private
// state. The zero value says that nothing is known of the value.
type ArgumentRecord struct {
	// Sent recognizes what Terraform sent last and the API stored, or what an import found.
	Sent *Hash `json:"sent,omitempty"`

	// Shown recognizes what the API showed for it, where that is in another form; nil where it is not.
	Shown *Hash `json:"shown,omitempty"`

	// Drifted says that the API showed another value when it was last read.
	Drifted bool `json:"drifted,omitempty"`
}

// NewArgumentRecord returns the record of a value that was sent, given what the API shows for it since. A value that the API does not show
// as a text counts as shown as it was sent.
func NewArgumentRecord(sent string, shown any) ArgumentRecord {
	record := ArgumentRecord{Sent: hashOf(sent)}
	if other, ok := shown.(string); ok && !text.Equal(other, sent) {
		record.Shown = hashOf(other)
	}
	return record
}

// AfterRead returns the record after the API has shown a value; nil if it shows none. A record that knows nothing learns nothing.
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

// Recognizes reports whether a value is the one that was sent.
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

// valuesOf is what is hashed of a value: the form does not count in which its letters are composed.
func valuesOf(value string) []string { return []string{text.Canonical(value)} }

// ArgumentSituation holds what a decision about a write-only argument of config is made from.
type ArgumentSituation struct {
	Value   types.String // in the configuration
	Version types.Int64  // credentials_wo_version

	// Managed says that the destination exists, and that the state has no value because the argument was write-only before, too.
	Managed      bool
	PriorVersion types.Int64
	Record       ArgumentRecord

	// Ignored says that ignore_changes replaced arguments in the configuration.
	Ignored bool
}

// ArgumentDecision says what a write does with a write-only argument of config.
type ArgumentDecision struct {
	Action Action // never Remove
	Value  types.String
	Record ArgumentRecord // what is known of the value that was sent before

	// Missing says that the value has to be sent and is null. Hidden says that ignore_changes may hide it from the plan.
	Missing, Hidden bool
}

// Decide decides by the table in DESIGN.md.
func (s ArgumentSituation) Decide() ArgumentDecision {
	d := ArgumentDecision{Action: s.action(), Value: s.Value, Record: s.Record}
	switch {
	case !s.Ignored || !s.Value.IsNull():
		d.Missing = d.Action == Send && s.Value.IsNull()
	case s.Managed:
		d.Action, d.Hidden = Keep, true
	default:
		d.Action, d.Hidden = Undecided, true // it may have a value when it is sent
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

// AsPlanned keeps the apply to what the plan said. planned says that the plan was to send the value, or might.
func (d ArgumentDecision) AsPlanned(planned bool) ArgumentDecision {
	if !planned {
		d.Action = Keep
	}
	return d
}

// Known returns the value to send, if the decision and the configuration have it: one that is sent, or that is what was sent before.
func (d ArgumentDecision) Known() (string, bool) {
	value := d.Value.ValueString()
	isKnown := !d.Value.IsNull() && !d.Value.IsUnknown()
	return value, isKnown && (d.Action == Send || d.Record.Recognizes(value))
}
