package destination

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// formedAttributes holds the attributes of a destination that have a fixed form; malformed ones are null.
type formedAttributes struct {
	lastDeliveryAt, lastDeliveryStatus, createdAt, updatedAt types.String
	forms                                                    apidiag.Forms
}

func formed(d *talonic.Destination) formedAttributes {
	var a formedAttributes
	a.lastDeliveryAt = a.forms.OptionalTime("last_delivery_at", d.LastDeliveryAt)
	a.lastDeliveryStatus = a.forms.Status("last_delivery_status", d.LastDeliveryStatus)
	a.createdAt = a.forms.Time("created_at", d.CreatedAt)
	a.updatedAt = a.forms.Time("updated_at", d.UpdatedAt)
	return a
}

// warnMalformed returns a warning that names the attributes that are null because the API's response has a malformed value for them.
func warnMalformed(d *talonic.Destination) diag.Diagnostics {
	a := formed(d)
	return a.forms.Warning(apidiag.Subject{Noun: noun, Name: d.Name, ID: d.ID})
}
