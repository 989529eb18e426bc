package privatestate

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// resendKey is the key of a [Resend] in private state.
var resendKey = Key{
	Name:    "resend",
	Without: "The provider does not look for duplicates that an earlier attempt of the create may have created.",
}

// Resend records that a create was retried. An object of an earlier attempt may therefore still appear. The zero value means that the create
// was sent once.
type Resend struct {
	First time.Time `json:"first,omitzero"` // when the first attempt was sent, on the API's clock
	Last  time.Time `json:"last,omitzero"`  // when the outcome was known
}

// Resent reports whether the create was sent more than once.
func (r Resend) Resent() bool { return !r.First.IsZero() }

// RememberResend writes the record of a create if it was retried.
func RememberResend(ctx context.Context, to State, r talonic.Recovery) diag.Diagnostics {
	if !r.Resent {
		return nil
	}
	return Remember(ctx, to, resendKey, Resend{First: r.First.Truncate(time.Second), Last: r.Last.Truncate(time.Second)})
}

// RecallResend reads the record of an object's create. label names the object in diagnostics. RecallResend removes a damaged record.
func RecallResend(ctx context.Context, from State, label string) (Resend, diag.Diagnostics) {
	record, found, diags := Recall[Resend](ctx, from, label, resendKey)
	if found == Damaged {
		diags.Append(Forget(ctx, from, resendKey)...)
	}
	return record, diags
}
