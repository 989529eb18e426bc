package destination

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// This file has all keys in private state that only destinations use. Keys that all kinds of objects use are in
// framework/identity/organization.go ("customer") and framework/privatestate/resend.go ("resend").

// configKey is the key of a [connector.ConfigRecord] in private state.
var configKey = privatestate.Key{
	Name: "config",
	Without: "A value that the API returns in a normalized form may show a diff once. The provider keeps unmanaged keys of config, because it reads them " +
		"before it updates config.",
}

// credentialKey is the key of a [credentials.Record] in private state.
var credentialKey = privatestate.Key{
	Name:    "credentials",
	Without: "Terraform treats the destination as imported: it sends configured credentials once more, and does not change other credentials.",
}

// cascadeKey is the key of a [cascadeRecord] in private state. If a destination is replaced because of -replace or because it is tainted, CLIs
// do not plan its destroy separately.
var cascadeKey = privatestate.Key{Name: "warned", Without: "The apply names the destination's bindings again."}

// cascadeRecord records that the plan of a destroy has named bindings, and which ones.
type cascadeRecord struct {
	Listed   bool     `json:"of_loss,omitempty"`
	Bindings []string `json:"bindings,omitempty"` // IDs
}

// newCascadeRecord returns the record of a plan that named the bindings in lost. isKnown is false if the plan could not list the bindings.
func newCascadeRecord(lost []talonic.Binding, isKnown bool) cascadeRecord {
	record := cascadeRecord{Listed: isKnown}
	for _, b := range lost {
		record.Bindings = append(record.Bindings, b.ID)
	}
	return record
}

// unplanned returns the bindings in lost that the plan did not name.
func (r cascadeRecord) unplanned(lost []talonic.Binding) []talonic.Binding {
	return slices.DeleteFunc(slices.Clone(lost), func(b talonic.Binding) bool {
		return slices.ContainsFunc(r.Bindings, func(id string) bool { return text.SameID(id, b.ID) })
	})
}

// plannedKey is the key in private state under which the plan of an update stores [plannedWrites] for the apply.
var plannedKey = privatestate.Key{Name: "planned", Without: "The apply sends no write-only arguments of config.\n\nPlan and apply again."}

// plannedWrites lists the write-only values that a plan sends. The attribute credentials_updated_at cannot list them, because it is one
// attribute for all values. The zero value means that the plan sends no write-only argument of config, so that an unknown
// credentials_updated_at announces credentials only.
type plannedWrites struct {
	Credentials bool     `json:"credentials,omitempty"`
	Arguments   []string `json:"arguments,omitempty"` // keys of config that the apply sends, or may send
}

// takePlanned returns the [plannedWrites] of the plan and removes it from private state.
func takePlanned(ctx context.Context, kept privatestate.State, label string) (plannedWrites, diag.Diagnostics) {
	planned, found, diags := privatestate.Recall[plannedWrites](ctx, kept, label, plannedKey)
	if found != privatestate.Nothing {
		diags.Append(privatestate.Forget(ctx, kept, plannedKey)...)
	}
	return planned, diags
}

// rememberPlanned stores the [plannedWrites] of an update in private state for the apply.
func rememberPlanned(ctx context.Context, kept privatestate.State, d credentials.Decision, arguments map[string]credentials.ArgumentDecision) diag.Diagnostics {
	planned := plannedWrites{Arguments: mayBeSent(arguments)}
	if planned.Arguments == nil {
		return privatestate.Forget(ctx, kept, plannedKey)
	}
	planned.Credentials = d.MayWrite()
	return privatestate.Remember(ctx, kept, plannedKey, planned)
}
