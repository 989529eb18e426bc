package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// formedAttributes holds the attributes of a binding that have a fixed form; malformed ones are null.
type formedAttributes struct {
	lastStatus, createdAt, updatedAt types.String
	forms                            apidiag.Forms
}

func formed(b *talonic.Binding) formedAttributes {
	var a formedAttributes
	a.lastStatus = a.forms.Status("last_status", b.LastStatus)
	a.createdAt = a.forms.Time("created_at", b.CreatedAt)
	a.updatedAt = a.forms.Time("updated_at", b.UpdatedAt)
	return a
}

// warnMalformed returns a warning that names the attributes that are null because the API's response has a malformed value for them.
func warnMalformed(b *talonic.Binding) diag.Diagnostics {
	a := formed(b)
	return a.forms.Warning(apidiag.Subject{Noun: noun, Name: b.Name, ID: b.ID})
}
