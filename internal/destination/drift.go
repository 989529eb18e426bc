package destination

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// keepTraffic resets the attributes that deliveries change to their values before a refresh or an update, so that a delivery never shows a
// diff.
func (m *model) keepTraffic(before *model) {
	m.LastDeliveryAt, m.LastDeliveryStatus = before.LastDeliveryAt, before.LastDeliveryStatus
}

// hasDrifted reports whether a refresh changed more than the attributes that deliveries change.
func (m *model) hasDrifted(before *model) bool {
	quiet := *m
	quiet.keepTraffic(before)
	quiet.UpdatedAt = before.UpdatedAt
	return quiet.differs(before) || !quiet.sameServerSide(before)
}

// warnUnmanaged returns a warning about unmanaged keys that have drifted. It returns nil if prior does not know the unmanaged keys.
func (m *model) warnUnmanaged(prior, next connector.ConfigRecord) diag.Diagnostics {
	if prior.Unmanaged == nil {
		return nil
	}
	changed := map[string]bool{}
	for key := range union(prior.Unmanaged, next.Unmanaged) {
		if !jsonvalue.Equal(prior.Unmanaged[key], next.Unmanaged[key]) {
			changed[redact.Quote(key)] = true
		}
	}
	for _, key := range next.Redacted {
		if !slices.Contains(prior.Redacted, key) {
			changed[redact.Quote(key)] = true
		}
	}
	c, _, ok := m.connector()
	if len(changed) == 0 || !ok {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(c.BlockPath(), "Unmanaged keys of config have drifted",
		m.subject().About(fmt.Sprintf("These keys were added, changed or removed outside Terraform: %s. They are unmanaged, so the next apply "+
			"leaves them as they are.\n\nTo manage a key, add it to %s. To accept the change, run terraform apply -refresh-only.",
			strings.Join(slices.Sorted(maps.Keys(changed)), ", "), c.OtherKeys.Name)))}
}

// warnWriteOnly returns warnings about write-only arguments that have drifted. The warnings contain no values.
func (m *model) warnWriteOnly(next connector.ConfigRecord) diag.Diagnostics {
	var diags diag.Diagnostics
	c, _, ok := m.connector()
	if !ok {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(next.WriteOnly)) {
		if next.WriteOnly[key].Drifted {
			diags.AddAttributeWarning(c.BlockPath(), "Write-only argument has drifted", m.subject().About(fmt.Sprintf("The API's %[1]s "+
				"differs from the one that Terraform sent, so it was changed outside Terraform. Its value may be a secret, so the provider does not show "+
				"it. The next apply sends %[1]s%[2]s again, unless ignore_changes covers %[1]s%[2]s.\n\nTo keep the current %[1]s, set %[1]s%[2]s to it.",
				key, connector.WriteOnlySuffix)))
		}
	}
	return diags
}

// changedUnmanaged splits discrepancies. It returns a warning about unmanaged keys that an update sent back and that the API stored with other
// values, and the remaining discrepancies. Other values are no error, because the API may derive an unmanaged key from an argument that the
// update changed. The loss of an unmanaged key remains a discrepancy.
func (desired desiredState) changedUnmanaged(found []jsonvalue.Difference) (diag.Diagnostics, []jsonvalue.Difference) {
	changed, rest := map[string]bool{}, []jsonvalue.Difference(nil)
	for _, difference := range found {
		if key := difference.Path[0]; slices.Contains(desired.returnedKeys(), key) && difference.Stored != nil {
			changed[redact.Quote(key)] = true
		} else {
			rest = append(rest, difference)
		}
	}
	if len(changed) == 0 {
		return nil, rest
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(desired.connector.BlockPath(), "Unmanaged keys of config have changed",
		apidiag.Subject{Noun: noun, Name: desired.name}.About(fmt.Sprintf("The update sent these keys back as they were, but the API stored other values: %s. "+
			"The API may derive them from an argument that the update changed. They are unmanaged, so Terraform leaves them as they are.\n\n"+
			"To manage a key, add it to %s.", strings.Join(slices.Sorted(maps.Keys(changed)), ", "), desired.connector.OtherKeys.Name)))}, rest
}

// adviceOn returns the next step if the API stored a different value for a key of config than was sent.
func (desired desiredState) adviceOn(found jsonvalue.Difference) string {
	if slices.Contains(desired.returnedKeys(), found.Path[0]) {
		return fmt.Sprintf("The key is unmanaged. Set the key again in the dashboard, or add it to %s.", desired.connector.OtherKeys.Name)
	}
	if _, isWriteOnly := desired.writeOnly[found.Path[0]]; isWriteOnly {
		return "Configure the value that the API stores. No plan shows the value, because the argument is write-only."
	}
	return desired.connector.AdviceOn(found)
}

func union(a, b connector.Config) connector.Config {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}
