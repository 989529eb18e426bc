package binding

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// verification is the result of verifying a write.
type verification struct {
	state         model
	record        bodyRecord
	discrepancies diag.Diagnostics
}

// verify compares the API's response to a write with the desired state. before is nil after a create.
//
// If the write succeeded, the resulting state holds the planned values. Otherwise, discrepancies has errors, and the state holds the API's
// values, converted as a refresh of before would convert them. verify returns an error only if a value in the response does not fit its
// argument.
func (desired desiredState) verify(plan, before model, b *talonic.Binding) (verification, error) {
	result := verification{discrepancies: desired.discrepancies(b)}
	if before == nil && !desired.adopted {
		result.discrepancies = apidiag.Tainted(result.discrepancies)
	}
	priorModel, prior := plan, bodyRecord{Shown: seenIn(b)}
	if result.discrepancies.HasError() {
		prior = bodyRecord{}
		if before != nil {
			priorModel = before
		}
	}
	after, next, err := priorModel.fromAPI(prior, b)
	if err != nil {
		return verification{}, err
	}
	if before != nil {
		after["last_status"] = before["last_status"] // deliveries change it, so the plan keeps the prior value
		result.discrepancies.Append(plan.subject().CreatedAtAnotherTime(before.text("created_at"), after.text("created_at"))...)
		after["created_at"] = before["created_at"]
	}
	if !result.discrepancies.HasError() {
		result.discrepancies.Append(plan.subject().NotAsPlanned(plan.object(), after.object())...)
	}
	next.Imported = desired.imported && result.discrepancies.HasError()
	result.state, result.record = after, next
	return result, nil
}

// seenIn returns the API's values of all arguments, keyed by argument name.
func seenIn(b *talonic.Binding) map[string]any {
	shown, all, form := shownBody(b), map[string]any{}, formOf(b.FieldMap)
	for _, a := range arguments {
		if form.shows(a) {
			all[a.name()] = lookUp(shown, a.key)
		}
	}
	return all
}

// discrepancies returns errors about values that the API did not store although it reported success.
func (desired desiredState) discrepancies(b *talonic.Binding) diag.Diagnostics {
	var diags diag.Diagnostics
	const title = "The API did not store a delivery binding as configured"
	about := apidiag.Subject{Noun: noun, Name: desired.text("name")}.About
	sent := maps.Clone(desired.body)
	sent["name"] = jsonvalue.FromPrintable(sent["name"], desired.before["name"], b.Name)
	for _, d := range differences(desired.before, sent, shownBody(b), formOf(b.FieldMap)) {
		at := pathOf(d.Path)
		switch {
		case d.Sent != nil:
			diags.AddAttributeError(at, title, about(d.String()+".\n\nConfigure the value that the API stores, or omit the argument."))
		case desired.imported:
			diags.AddAttributeWarning(at, "Imported value of delivery binding is kept",
				about(d.String()+". Terraform did not set the value, so it may be the API's default. Terraform no longer manages it.\n\nTo change the "+
					"value, configure a different one."))
		default:
			diags.AddAttributeError(at, title, about(d.String()+".\n\nRemove the value in the dashboard, or replace the binding."))
		}
	}
	active := desired.active
	if active == nil {
		active = desired.sentActive
	}
	if active != nil && b.IsActive != *active {
		diags.AddAttributeError(path.Root("is_active"), title, about(fmt.Sprintf("is_active was sent as %t, but the API returned %t.\n\nRun terraform plan to compare, then apply again.", *active, b.IsActive)))
	}
	return diags
}

// pathOf returns the path of the argument for a key of the API's body. If no argument has the key, it returns the path of the block that would
// contain it.
func pathOf(key []string) path.Path {
	best, length := path.Root(key[0]), 0
	for _, a := range arguments {
		if n := len(a.key); n > length && n <= len(key) && slices.Equal(a.key, key[:n]) {
			best, length = a.path(), n
		}
	}
	return best
}

// write holds a create or an update to which the API has responded.
type write struct {
	desired      desiredState
	plan, before model // before is nil on create
	response     *talonic.Binding

	state    *tfsdk.State
	identity *tfsdk.ResourceIdentity
	private  privatestate.State
}

// readBack verifies an update again by a read, because the response may show the binding as it was before the update. If the read does not
// confirm the update either, readBack returns the response and its verification.
func (r *Resource) readBack(ctx context.Context, w write, response *talonic.Binding, result verification) (*talonic.Binding, verification) {
	if w.plan.subject().CreatedAtAnotherTime(w.before.text("created_at"), formed(response).createdAt).HasError() {
		return response, result // the ID may belong to a different object
	}
	shown, err := r.client.GetBinding(ctx, response.ID)
	if err != nil || talonic.IsOlder(shown.UpdatedAt, response.UpdatedAt) {
		return response, result
	}
	again, err := w.desired.verify(w.plan, w.before, shown)
	if err != nil || again.discrepancies.HasError() {
		return response, result
	}
	return shown, again
}

// settle sends a follow-up request if one is needed, verifies the write, and stores the result in state.
func (r *Resource) settle(ctx context.Context, w write) diag.Diagnostics {
	var diags diag.Diagnostics
	response := w.response
	if change, needed := w.desired.followUpRequest(response); needed {
		followedUp, err := r.client.UpdateBinding(ctx, response.ID, change)
		if err != nil {
			diags.Append(apidiag.FollowUpFailed(describe(apidiag.Updating, w.plan, err))...)
		} else {
			response = followedUp
		}
	}
	r.organization.Saw(response.CustomerID)
	result, err := w.desired.verify(w.plan, w.before, response)
	if err == nil && w.before != nil && result.discrepancies.HasError() {
		response, result = r.readBack(ctx, w, response, result)
	}
	if err != nil {
		if w.desired.adopted {
			return w.plan.subject().WithID(response.ID).NotAdopted(append(diags, describe(apidiag.Reading, w.plan, err)))
		}
		created := w.before == nil
		diags.Append(w.plan.subject().AcceptedUnread(created, diag.Diagnostics{describe(apidiag.Reading, w.plan, err)})...)
		if created {
			// The binding exists, so state must have it. With only the ID, a destroy would need a refresh, which fails.
			after := maps.Clone(w.plan)
			after.takeServerSide(response)
			diags.Append(w.state.Set(ctx, after.object())...)
		}
		diags.Append(identity.Set(ctx, w.identity, types.StringValue(response.ID))...)
		return diags
	}
	diags.Append(warnMalformed(response)...)
	diags.Append(result.discrepancies...)
	if w.desired.adopted && diags.HasError() {
		return w.plan.subject().WithID(response.ID).NotAdopted(diags)
	}
	diags.Append(identity.RememberOwner(ctx, w.private, response.CustomerID)...)
	diags.Append(privatestate.Remember(ctx, w.private, shownKey, result.record)...)
	diags.Append(w.state.Set(ctx, result.state.object())...)
	diags.Append(identity.Set(ctx, w.identity, result.state.text("id"))...)
	return diags
}
