package identity

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
)

// Absent interprets err, the API's report that a refreshed object does not exist. gone is false if the object belongs to a different
// organization than the API key. owner is the recorded customer_id of the object.
func (o *Organization) Absent(ctx context.Context, s apidiag.Subject, owner string, err error) (reported diag.Diagnostic, gone bool) {
	if problem := o.Disowns(ctx, apidiag.Reading, s, owner); problem != nil {
		return problem, false
	}
	return s.Gone(err, o.Confirms(owner)), true
}

// Present records shown, the organization of a refreshed object according to the API. It returns an error if shown differs from owner;
// otherwise nil.
func (o *Organization) Present(s apidiag.Subject, owner, shown string) diag.Diagnostic {
	if problem := Moved(s, owner, shown); problem != nil {
		return problem
	}
	o.Saw(shown)
	return nil
}
