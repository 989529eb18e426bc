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
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/stateupgrade"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
)

const description = `A binding routes signals to a destination: of each event that passes its filter, a deliverable is made, serialised and delivered. A destination receives nothing until a binding names it.

Not every signal, deliverable, serializer and type of destination go together. Plans check that by the API's catalogs, unless the provider's ` + "`validate_with_catalog`" + ` is false.

Arguments that are left out are not sent, and stay null whatever the API fills in for them.`

// stateUpgrades bring states of earlier versions of the schema to the current one. There has been only one.
var stateUpgrades stateupgrade.Steps

// newSchema is the schema of the resource.
func newSchema() schema.Schema {
	attributes := map[string]schema.Attribute{
		"name":              required("What people call the binding. The API does not demand that names are unique."),
		"deliverable_type":  required("What is made of an event, by its name in the catalog: see the data source `talonic_delivery_deliverables`."),
		"serializer_format": required("The wire format, by its name in the catalog: see the data source `talonic_delivery_serializers`."),
		"destination_id": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "The id of the destination. A change replaces the binding. The API could change it in place, but it deletes a " +
				"destination's bindings along with it, so when a destination is replaced, there would be nothing left to change.",
			Validators: []validator.String{validators.NotEmpty{}, validators.ID{}},
		},
		"serializer_config": jsonObject("Settings of the serializer"),
		"resolver_config": jsonObject("Settings of what makes the deliverable. `pipeline.capture`, for example, takes `null_handling`: " +
			"`always_null`, `omit_absent` or `distinguish`"),
		"is_active": schema.BoolAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: "Whether the binding routes. When it is not set, it is whatever the API says: a new binding is active.",
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

// computed are the attributes that only the API sets.
func computed() map[string]schema.Attribute {
	text := func(about string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: about}
	}
	return map[string]schema.Attribute{
		"id": text("The binding's id, a UUID."),
		"last_status": text("Status of the last delivery, as of the create, the import or the last change that a refresh detected; null if there was none. " +
			"Deliveries and updates by Terraform do not move it. The data source `talonic_delivery_binding` shows the current one."),
		"created_at": text("When the binding was created (ISO 8601)."),
		"updated_at": text("Time of the last change (ISO 8601), as of the last write by Terraform or the last change that a refresh detected. It stays when " +
			"nothing else has changed."),
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
		MarkdownDescription: about + ", as a JSON object (use `jsonencode`). Its formatting and the order of its keys do not matter.",
		Validators:          []validator.String{validators.JSONObject{}},
	}
}

func signalFilter() schema.Block {
	return blocks.Many("Which events are routed. Exactly one block.", map[string]schema.Attribute{
		"event_type": required("The type of the events, by its name in the catalog: see the data source `talonic_delivery_signals`."),
		"match":      jsonObject("What the payload of an event must have under which keys"),
	}, nil, listvalidator.IsRequired(), listvalidator.SizeAtMost(1))
}

func fieldMap() schema.Block {
	return blocks.SingleBlock("Changes the fields of the payload before it is serialised: `drop` first, then the rules, then `static`.",
		map[string]schema.Attribute{
			"static": jsonObject("Fields that are set to fixed values, and win over what is there"),
			"drop": schema.ListAttribute{
				ElementType:         types.StringType,
				Optional:            true,
				MarkdownDescription: "Fields that are left out.",
				Validators:          []validator.List{listvalidator.ValueStringsAre(validators.NotEmpty{})},
			},
		}, map[string]schema.Block{
			"rule": blocks.Many("Renames a field. Any number of blocks, in their order.", map[string]schema.Attribute{
				"source": required("The field as the payload has it."),
				"target": required("The field as it is delivered."),
			}, nil),
		})
}

func deliveryPolicy() schema.Block {
	return blocks.SingleBlock("How often and how fast is delivered. What is left out is the API's own.", map[string]schema.Attribute{
		"max_attempts": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "How often a delivery is tried before it becomes a dead letter.",
			Validators:          []validator.Int64{int64validator.AtLeast(1)},
		},
		"backoff_schedule": schema.ListAttribute{
			ElementType:         types.Int64Type,
			Optional:            true,
			MarkdownDescription: "The waits between the attempts, in milliseconds.",
			Validators:          []validator.List{listvalidator.ValueInt64sAre(int64validator.AtLeast(0))},
		},
		"timeout_ms": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "How long one attempt may take, in milliseconds.",
			Validators:          []validator.Int64{int64validator.AtLeast(1)},
		},
	}, map[string]schema.Block{
		"rate_limit": blocks.SingleBlock("Limits how many deliveries there are, as a token bucket.", map[string]schema.Attribute{
			"rate_per_sec": schema.Float64Attribute{
				Required:            true,
				MarkdownDescription: "How many deliveries there may be per second, in the long run.",
				Validators:          []validator.Float64{float64validator.AtLeast(0.001)},
			},
			"capacity": schema.Int64Attribute{
				Required:            true,
				MarkdownDescription: "How many deliveries may come at once.",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
		}, nil),
	})
}

// objectType is the type of the resource as a whole.
var objectType, _ = newSchema().Type().(types.ObjectType)

// Metadata names the resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_binding"
}

// Schema describes the resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = newSchema()
}

// IdentitySchema describes what tells one binding from another.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identity.Schema(noun)
}

// UpgradeState returns how states of earlier versions of the schema are read.
func (r *Resource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return stateUpgrades.Upgraders(newSchema())
}
