package credentials

import "github.com/hashicorp/terraform-plugin-framework/types"

// ArgumentSituation holds the inputs of the decision about a write-only argument of config.
type ArgumentSituation struct {
	Value   types.String // in the configuration
	Version types.Int64  // credentials_wo_version

	// Managed reports whether the destination exists and state has no value for the key because the argument was already write-only.
	Managed      bool
	PriorVersion types.Int64
	Record       ArgumentRecord

	// Ignored reports whether ignore_changes replaced arguments in the configuration.
	Ignored bool
}

// ArgumentDecision holds what a write does with a write-only argument of config.
type ArgumentDecision struct {
	Action Action // never Remove
	Value  types.String
	Record ArgumentRecord // identifies the value that was sent before

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
	versioned := !s.Version.IsNull()
	switch {
	case !s.Managed, s.Record.Drifted:
		return Send
	case s.Version.IsUnknown():
		return Undecided
	case versioned && !s.PriorVersion.IsNull() && !s.Version.Equal(s.PriorVersion):
		return Send
	case versioned && (s.Value.IsNull() || !s.PriorVersion.IsNull() && s.Record.Sent != nil):
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

// AsPlanned limits the decision to what the plan announced. planned reports whether the plan announced that the value is or may be sent.
func (d ArgumentDecision) AsPlanned(planned bool) ArgumentDecision {
	if !planned {
		d.Action = Keep
	}
	return d
}

// Known returns the value that the API has after the write. The second result is false if the provider does not know the value.
func (d ArgumentDecision) Known() (string, bool) {
	value := d.Value.ValueString()
	isKnown := !d.Value.IsNull() && !d.Value.IsUnknown()
	return value, isKnown && (d.Action == Send || d.Record.Recognizes(value))
}
