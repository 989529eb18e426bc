package binding

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
)

const description = `A binding routes events (signals) to a destination. For each event that passes the filter, the API builds a deliverable, serializes it and delivers it. A destination receives nothing until a binding references it.

Not every combination of signal, deliverable, serializer and destination type is compatible. Plans check the combination against the API's catalogs, unless ` + "`validate_with_catalog`" + ` of the provider is false.

Terraform does not send omitted arguments. Except for ` + "`is_active`" + `, they stay null in state even if the API sets a value.`

// newSchema returns the schema of the resource.
func newSchema() schema.Schema {
	attributes := map[string]schema.Attribute{
		"name":              required("Name of the binding. The API does not require unique names."),
		"deliverable_type":  required("Type of the deliverable that the API builds from an event. The data source `talonic_delivery_deliverables` lists the types."),
		"serializer_format": required("Wire format of the deliveries. The data source `talonic_delivery_serializers` lists the formats."),
		"destination_id": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "ID of the destination. Changing this forces replacement. If the destination itself is replaced, the API deletes its bindings, so Terraform must re-create them.",
			Validators:          []validator.String{validators.NotEmpty{}, validators.ID{}},
		},
		"serializer_config": jsonObject("Settings of the serializer"),
		"resolver_config": jsonObject("Settings of the resolver, which builds the deliverable (for example, `null_handling` of `pipeline.capture`: " +
			"`always_null`, `omit_absent` or `distinguish`)"),
		"is_active": schema.BoolAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Whether the binding routes events. If omitted, Terraform does not manage it, the state has the API's value, and a new binding is active.",
		},
	}
	maps.Copy(attributes, computed())
	return schema.Schema{
		Version:             stateUpgrades.Version(),
		MarkdownDescription: description,
		Attributes:          attributes,
		Blocks: map[string]schema.Block{
			"signal_filter":   signalFilter(),
			"field_map":       fieldMap(),
			"delivery_policy": deliveryPolicy(),
		},
	}
}

// computed returns the attributes that only the API sets.
func computed() map[string]schema.Attribute {
	text := func(about string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: about}
	}
	return map[string]schema.Attribute{
		"id": text("ID of the binding, a UUID."),
		"last_status": text("Status of the last delivery that Terraform recorded; null if there was none. Terraform records it at the create and at the " +
			"import. A refresh updates it only if it detects drift. The data source `talonic_delivery_binding` returns the current value."),
		"created_at": text("Time of the creation (ISO 8601)."),
		"updated_at": text("Time of the last change at the API (ISO 8601). Terraform records it at each of its writes, and when a refresh detects " +
			"drift."),
	}
}

func required(about string) schema.StringAttribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: about,
		Validators:          []validator.String{validators.NotEmpty{}},
	}
}

func jsonObject(about string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: about + ", as a JSON object (use `jsonencode`). Formatting and the order of keys do not matter.",
		Validators:          []validator.String{validators.JSONObject{}},
	}
}

func signalFilter() schema.Block {
	return blocks.ListBlock("Filter for the events to route. Exactly one block is required.", map[string]schema.Attribute{
		"event_type": required("Type of the events to route. The data source `talonic_delivery_signals` lists the types."),
		"match":      jsonObject("Payload keys and the values that they must have for an event to be routed"),
	}, nil, listvalidator.IsRequired(), listvalidator.SizeAtMost(1))
}

func fieldMap() schema.Block {
	return blocks.SingleBlock("Changes to the fields of the payload before it is serialized: first `drop`, then `rule`, then `static`.",
		map[string]schema.Attribute{
			"static": jsonObject("Fields to set to fixed values, which override existing values"),
			"drop": schema.ListAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "Fields to omit from the payload.",
				Validators:          []validator.List{listvalidator.ValueStringsAre(validators.NotEmpty{})},
			},
		}, map[string]schema.Block{
			"rule": blocks.ListBlock("Rule that renames a field. Rules apply in order.", map[string]schema.Attribute{
				"source": required("Name of the field in the payload."),
				"target": required("Name of the field in the delivered payload."),
			}, nil),
		})
}

func deliveryPolicy() schema.Block {
	return blocks.SingleBlock("Attempts, timeout and rate limit of deliveries. The API uses its defaults for omitted arguments.", map[string]schema.Attribute{
		"max_attempts": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Maximum number of attempts before a delivery becomes a dead letter.",
			Validators:          []validator.Int64{int64validator.AtLeast(1)},
		},
		"backoff_schedule": schema.ListAttribute{
			ElementType:         types.Int64Type,
			Optional:            true,
			MarkdownDescription: "Waits between attempts, in milliseconds.",
			Validators:          []validator.List{listvalidator.ValueInt64sAre(int64validator.AtLeast(0))},
		},
		"timeout_ms": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Timeout of one attempt, in milliseconds.",
			Validators:          []validator.Int64{int64validator.AtLeast(1)},
		},
	}, map[string]schema.Block{
		"rate_limit": blocks.SingleBlock("Rate limit of deliveries, as a token bucket.", map[string]schema.Attribute{
			"rate_per_sec": schema.Float64Attribute{
				Required:            true,
				MarkdownDescription: "Maximum average number of deliveries per second.",
				Validators:          []validator.Float64{float64validator.AtLeast(0.001)},
			},
			"capacity": schema.Int64Attribute{
				Required:            true,
				MarkdownDescription: "Maximum number of deliveries in a burst.",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
		}, nil),
	})
}

// objectType is the type of the whole resource.
var objectType, _ = newSchema().Type().(types.ObjectType)

// Metadata sets the type name.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_binding"
}

// Schema returns the schema of the resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = newSchema()
}

// IdentitySchema returns the schema of the identity of a binding.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identity.Schema(noun)
}
