package destination

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/ignorechanges"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// mayBeSent returns the sorted keys of config whose write-only values the apply sends or may send; nil if there are none.
func mayBeSent(arguments map[string]credentials.ArgumentDecision) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		if arguments[name].Action != credentials.Keep {
			names = append(names, name)
		}
	}
	return names
}

// decideArguments returns the decision of a plan about each key of config that a write-only argument sets. state is nil if the plan creates
// the destination.
func decideArguments(ctx context.Context, config, state *model, prior connector.ConfigRecord) map[string]credentials.ArgumentDecision {
	decisions := map[string]credentials.ArgumentDecision{}
	for name, s := range config.argumentSituations(state, prior) {
		s.Ignored = ignorechanges.In(ctx)
		decisions[name] = s.Decide()
	}
	return decisions
}

// argumentSituations returns the inputs of the decisions about the keys of config that write-only arguments set in the configuration.
func (m *model) argumentSituations(state *model, prior connector.ConfigRecord) map[string]credentials.ArgumentSituation {
	situations := map[string]credentials.ArgumentSituation{}
	c, v, ok := m.connector()
	if !ok {
		return nil
	}
	for _, name := range c.WriteOnlyNames() {
		if connector.HoldsPlainly(v, name) {
			continue
		}
		s := credentials.ArgumentSituation{Value: connector.WriteOnlyValue(v, name), Version: m.CredentialsWOVersion}
		if state != nil {
			of, before, existed := state.connector()
			s.Managed = existed && of.Name == c.Name && !connector.HoldsPlainly(before, name)
			s.PriorVersion, s.Record = state.CredentialsWOVersion, prior.WriteOnly[name]
		}
		situations[name] = s
	}
	return situations
}

// argumentProblems returns errors and warnings about decisions that the provider cannot apply. state is nil if the plan creates the
// destination.
func argumentProblems(arguments map[string]credentials.ArgumentDecision, config, state *model) diag.Diagnostics {
	var diags diag.Diagnostics
	c, _, ok := config.connector()
	if !ok {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(arguments)) {
		d, name := arguments[key], key+connector.WriteOnlySuffix
		switch {
		case d.Missing:
			advice := ""
			if state != nil && config.CredentialsWOVersion.IsNull() {
				advice = " To plan without the secrets, set credentials_wo_version."
			}
			diags.AddAttributeError(c.BlockPath(), "Missing "+key,
				fmt.Sprintf("The %[4]s block of delivery destination %[1]q requires %[2]s or %[3]s, but both are null.\n\nSet %[2]s. If the value is a secret, "+
					"set %[3]s instead, for example from an ephemeral variable. If you only plan, a placeholder is enough: see the guide \"Plans in CI "+
					"without secrets\".%[5]s", config.Name.ValueString(), key, name, c.Name, advice))
		case d.Hidden && d.Record.Drifted:
			diags.AddAttributeWarning(c.BlockPath(), "Write-only argument cannot be restored because of ignore_changes",
				fmt.Sprintf("The API's %[1]s differs from the one that Terraform sent. "+hiddenFormat+"\n\nTo send %[2]s again, remove the entries for %[2]s and "+
					"the enclosing block from ignore_changes.", key, name, config.Name.ValueString()))
		}
	}
	return diags
}

// comparableConfig returns the API's config in a form that can be compared with the values of a block. priorValues is nil after an import.
func comparableConfig(c connector.Connector, priorValues connector.Values, prior connector.ConfigRecord, d *talonic.Destination) connector.Config {
	return c.Comparable(priorValues, prior, d.Config, d.RawConfig())
}

// addWriteOnly decides at apply about each key of config that a write-only argument sets, and adds the known values to desired. It returns an
// error if a value must be sent and is null.
func (desired *desiredState) addWriteOnly(config, state *model, planned plannedWrites) error {
	desired.writeOnly = map[string]credentials.ArgumentDecision{}
	for name, s := range config.argumentSituations(state, desired.prior) {
		d := s.Decide()
		if s.Managed {
			d = d.AsPlanned(slices.Contains(planned.Arguments, name))
		}
		desired.writeOnly[name] = d
		value, known := d.Known()
		if known {
			desired.arguments[name] = value
		} else if d.Action != credentials.Keep {
			argument := name + connector.WriteOnlySuffix
			return apidiag.NotSent{Problem: argument + " must be sent, but is null", Next: "Set " + argument + ", and apply again."}
		}
	}
	return nil
}

// sendsWriteOnly reports whether the apply sends a write-only value that the API may not have yet.
func (desired desiredState) sendsWriteOnly() bool { return mayBeSent(desired.writeOnly) != nil }

// writeOnlyKeys returns the sorted keys of config that write-only arguments set.
func (desired desiredState) writeOnlyKeys() []string {
	return slices.Sorted(maps.Keys(desired.writeOnly))
}

// lacksWriteOnly reports whether an update of config first needs the API's value of a write-only argument, because the configuration has none.
func (desired desiredState) lacksWriteOnly() bool {
	return slices.ContainsFunc(desired.writeOnlyKeys(), func(key string) bool { return desired.arguments[key] == nil })
}

// completeWriteOnly copies write-only values from the API's config (shown) if they are unchanged and the configuration lacks them, because an
// update replaces all of config. It returns an [apidiag.NotSent] if the API does not return a value, or if the value has drifted since the
// plan.
func (desired *desiredState) completeWriteOnly(shown connector.Config) error {
	for _, key := range desired.writeOnlyKeys() {
		if desired.arguments[key] != nil {
			continue
		}
		record, argument := desired.writeOnly[key].Record, key+connector.WriteOnlySuffix
		value, isText := shown[key].(string)
		switch {
		case !isText || jsonvalue.IsMasked(value):
			return apidiag.NotSent{Problem: fmt.Sprintf("The API's response lacks config.%s, which every update of config must contain", key),
				Next: "Set " + argument + ", and apply again."}
		case record.AfterRead(value).Drifted && !record.Drifted:
			return apidiag.NotSent{Problem: fmt.Sprintf("config.%s was changed outside Terraform after the plan, and %s is not available", key, argument),
				Next: "Plan and apply again."}
		}
		desired.arguments[key] = value
	}
	return nil
}

// withWriteOnly returns a copy of shown with the unredacted values of write-only arguments from raw, so that they can be compared with the
// sent values.
func (desired desiredState) withWriteOnly(shown, raw connector.Config) connector.Config {
	if shown == nil {
		return nil
	}
	complete := maps.Clone(shown)
	for key := range desired.writeOnly {
		if value, there := raw[key]; there {
			complete[key] = value
		}
	}
	return complete
}

// recordWriteOnly adds to record the hashes of the write-only values that were sent, and of the API's form of these values.
func (desired desiredState) recordWriteOnly(record *connector.ConfigRecord, shown connector.Config) {
	for key, d := range desired.writeOnly {
		if d.Action == credentials.Send {
			value, _ := d.Known()
			record.SetWriteOnly(key, credentials.NewArgumentRecord(value, shown[key]))
		}
	}
}

// sendsWriteOnlyAsPlanned reports whether the apply sends a write-only value and the plan announced that, with credentials_updated_at unknown.
func (desired desiredState) sendsWriteOnlyAsPlanned(plan *model) bool {
	return desired.sendsWriteOnly() && plan.CredentialsUpdatedAt.IsUnknown()
}

// warnUnverified returns a warning about arguments that a write has sent and that the API does not return.
func (desired desiredState) warnUnverified(d *talonic.Destination) diag.Diagnostics {
	if d.Config == nil || !desired.writesConfig() {
		return nil
	}
	var diags diag.Diagnostics
	for _, key := range desired.connector.Hidden(desired.config(), d.RawConfig()) {
		diags.AddAttributeWarning(desired.connector.BlockPath(), "Argument cannot be verified", apidiag.Subject{Noun: noun, Name: desired.name}.About(
			fmt.Sprintf("The API accepted %[1]s, but does not show config.%[1]s, or masks it. So Terraform cannot check that the API stored it, and cannot "+
				"detect when it changes outside Terraform.\n\nTo check that deliveries arrive, use talonic_delivery_destination_test.", key)))
	}
	return diags
}
