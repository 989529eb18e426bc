package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// desiredState is the state that a write is to establish. Requests are built from it, and the API's response is compared with it.
type desiredState struct {
	body     body
	before   body  // nil on create
	active   *bool // nil: unmanaged
	imported bool  // Terraform has written nothing since the import

	// adopted reports whether the provider looked up the binding and adopted it as the likely result of a create, instead of receiving it in
	// the response.
	adopted bool

	// sentActive is the is_active that an update sent, even if it only repeated the current value; nil if it sent none.
	sentActive *bool
}

// newDesiredState returns the desired state of a configuration and plan. state is nil on create.
func newDesiredState(config, plan, state model, prior bodyRecord) (desired desiredState, err error) {
	desired.active = desiredActivity(config.active(), plan.active()).ValueBoolPointer()
	desired.imported = prior.Imported
	if desired.body, err = plan.body(); err != nil {
		return desired, err
	}
	if state != nil {
		if desired.before, err = state.body(); err != nil {
			return desired, err
		}
	}
	prior.giveForm(desired.body, desired.before)
	prior.giveForm(desired.before, desired.before)
	return desired, nil
}

// giveForm changes the values of b to the recorded form in which the API returned them. priorBody is the body in state.
func (r bodyRecord) giveForm(b, priorBody body) {
	for _, a := range arguments {
		if shown, differs := r.Shown[a.name()]; differs && lookUp(b, a.key) != nil {
			set(b, jsonvalue.FromPrintable(lookUp(b, a.key), lookUp(priorBody, a.key), shown), a.key)
		}
	}
}

// desiredActivity returns the planned is_active if the configuration sets is_active, otherwise null. The configured and the planned value
// differ if ignore_changes covers is_active, because ignore_changes affects plans only.
func desiredActivity(configured, planned types.Bool) types.Bool {
	if configured.IsNull() || planned.IsUnknown() {
		return configured
	}
	return planned
}

func (desired desiredState) text(key string) string {
	text, _ := desired.body[key].(string)
	return text
}

func (desired desiredState) signalFilter() *talonic.SignalFilter {
	filter := decodeAs[talonic.SignalFilter](desired.body["signal_filter"])
	if filter == nil {
		filter = &talonic.SignalFilter{} // cannot happen: the schema requires one
	}
	return filter
}

// nullable converts a part of a body for an update. Nil becomes null, which removes the stored part.
func nullable[T any](part any) talonic.Nullable[T] {
	if value := decodeAs[T](part); value != nil {
		return talonic.Value(*value)
	}
	return talonic.Null[T]()
}
