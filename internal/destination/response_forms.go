package destination

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// formedAttributes are those of a destination that have a form of their own, and nothing else gets into.
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

// warnMalformed says which attributes are null because the API's response has something else in their place.
func warnMalformed(d *talonic.Destination) diag.Diagnostics {
	a := formed(d)
	return a.forms.Warning(apidiag.Subject{Noun: noun, Name: d.Name, ID: d.ID})
}
