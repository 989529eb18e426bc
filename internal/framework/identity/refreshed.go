package identity

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
)

// Absent judges what a refresh was told: that an object is not there. It is gone, unless it belongs to another organization than the
// API key; owner is the one that it belonged to.
func (o *Organization) Absent(ctx context.Context, s apidiag.Subject, owner string, err error) (said diag.Diagnostic, gone bool) {
	if problem := o.Disowns(ctx, apidiag.Reading, s, owner); problem != nil {
		return problem, false
	}
	return s.Gone(err, o.Confirms(owner)), true
}

// Present judges the organization that a refresh shows of an object, and takes note of it. It returns nil if that is the owner.
func (o *Organization) Present(s apidiag.Subject, owner, shown string) diag.Diagnostic {
	if problem := Moved(s, owner, shown); problem != nil {
		return problem
	}
	o.Saw(shown)
	return nil
}
