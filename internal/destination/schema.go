package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
)

const description = `A destination is where the API delivers events: a webhook, an SFTP server, an S3 bucket, an Azure Blob container, Google Drive or OneDrive. It receives nothing until a ` + "`talonic_delivery_binding`" + ` routes events to it.

Exactly one connector block is required. Changing to a different connector forces replacement. When Terraform deletes a destination, the API also deletes the bindings, the history and the dead letters of the destination.

Credentials are write-only: Terraform sends them to the API and stores them in neither plan nor state. They require Terraform 1.11 or OpenTofu 1.11, or later.`

// newSchema returns the schema of the resource.
func newSchema() schema.Schema {
	nested := map[string]schema.Block{}
	for _, c := range connector.All {
		nested[c.Name] = c.Block()
	}
	return schema.Schema{
		Version:             stateUpgrades.Version(),
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "ID of the destination, a UUID.",
			},
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the destination. The API does not require unique names.",
				Validators:          []validator.String{validators.NotEmpty{}},
			},
			"type": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Type of the connector, set by the connector block. Changing to a block of a different type forces replacement.",
			},
			"is_active": schema.BoolAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "Whether deliveries are enabled. If omitted, Terraform does not manage it, and the state has the API's value. The API " +
					"disables a destination if its target rejects the credentials or is in a private network. It re-enables the destination when the " +
					"credentials or the target change.",
			},
			"payload_cap_bytes": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "Maximum size of a delivered payload, in bytes. Removing the argument restores the default. Defaults to `5242880` (5 MiB, API default).",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"credentials_wo_version": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "Version of the credentials. Changing the version sends all write-only values. While the version stays the same, Terraform " +
					"ignores new and null values, unless it must send the credentials for another reason. With a version, the provider stores no " +
					"hash. Without one, it detects new values by a hash. Set a version for short-lived credentials, and for plans that run " +
					"without secrets.",
			},
			"deletion_policy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Effect of a destroy or a replacement on the destination. `delete` deletes it, and the API also deletes its bindings, " +
					"history and dead letters. `disable` pauses it (`is_active = false`) and removes it from state. `prevent` rejects the plan. " +
					"`abandon` removes it from state and changes nothing at the API. A destroy uses the value in state, so you must apply a new " +
					"value before the destroy. Defaults to `default_deletion_policy` of the provider.",
				Validators: []validator.String{stringvalidator.OneOf(DeletionPolicies()...)},
			},
			"has_auth_config": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the API stores credentials of the destination; null if the API does not return this.",
			},
			"has_signing_secret": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the API stores a signing secret of the destination; null if the API does not return this.",
			},
			"credentials_updated_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Time at which Terraform last sent or removed credentials, or sent a new `url_wo` (ISO 8601); null if it never did.",
			},
			"last_delivery_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Time of the last delivery that Terraform recorded (ISO 8601); null if there was none. Terraform records it at the create " +
					"and at the import. A refresh updates it only if it detects drift. The data source `talonic_delivery_destination` returns the " +
					"current value.",
			},
			"last_delivery_status": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Status of the last delivery, recorded together with `last_delivery_at`; null if there was no delivery.",
			},
			"created_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Time of the creation (ISO 8601).",
			},
			"updated_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Time of the last change at the API (ISO 8601). Terraform records it at each of its writes, and when a refresh detects " +
					"drift.",
			},
		},
		Blocks: nested,
	}
}

// objectType is the type of the whole resource.
var objectType, _ = newSchema().Type().(types.ObjectType)

// Metadata sets the type name.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destination"
}

// Schema returns the schema of the resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = newSchema()
}

// IdentitySchema returns the schema of the identity of a destination.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identity.Schema(noun)
}
