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
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/stateupgrade"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
)

const description = `A destination is where Talonic delivers to: a webhook, an SFTP server, an S3 bucket, an Azure Blob container, Google Drive or OneDrive.

Exactly one connector block says which. Changing to another connector replaces the destination, and the API deletes a destination's bindings, history and dead letters along with it.

Credentials are write-only: they are sent to the API and kept in neither plan nor state. Terraform 1.11 or OpenTofu 1.11 is needed for that.`

// stateUpgrades bring states of earlier versions of the schema to the current one. There has been only one.
var stateUpgrades stateupgrade.Steps

// newSchema is the schema of the resource.
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
				MarkdownDescription: "The destination's id, a UUID.",
			},
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "What people call the destination. The API does not demand that names are unique.",
				Validators:          []validator.String{validators.NotEmpty{}},
			},
			"type": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "The connector's type, which follows from the block. A change replaces the destination.",
			},
			"is_active": schema.BoolAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "Whether the destination delivers. When it is not set, it is whatever the API says: the API disables a destination " +
					"by itself when it cannot authenticate or must not be reached, and enables it again when its credentials or its target change.",
			},
			"payload_cap_bytes": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "The largest payload that is delivered, in bytes. Removing it restores the API's default of 5 MiB.",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"credentials_wo_version": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "Pins the credentials: as long as the version is the same, the write-only arguments may be anything, or null, and " +
					"nothing is sent; a new version sends them. Without it, Terraform notices by a hash that they changed. Pin credentials that " +
					"differ on every run, and those that are not at hand where plans are made.",
			},
			"deletion_policy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "What a destroy or a replacement does with the destination. `delete` deletes it, and the API deletes its bindings, " +
					"history and dead letters along with it. `disable` pauses it (`is_active = false`) and removes it from state. `prevent` refuses the plan. " +
					"`abandon` removes it from state, and nothing is changed at the API. The value in state counts, so you must apply a change before the " +
					"destroy. Defaults to `default_deletion_policy` of the provider.",
				Validators: []validator.String{stringvalidator.OneOf(DeletionPolicies()...)},
			},
			"has_auth_config": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the API has credentials for the destination; null if it does not say.",
			},
			"has_signing_secret": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the API has a secret to sign requests with; null if it does not say.",
			},
			"credentials_updated_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When Terraform last sent or removed credentials, or sent a new `url_wo` (ISO 8601); null if it never did.",
			},
			"last_delivery_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Time of the last delivery (ISO 8601), as of the create, the import or the last change that a refresh detected; null if there was " +
					"none. Deliveries and updates by Terraform do not move it. The data source `talonic_delivery_destination` shows the current one.",
			},
			"last_delivery_status": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Status of the last delivery, as of the same moment as `last_delivery_at`; null if there was none.",
			},
			"created_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the destination was created (ISO 8601).",
			},
			"updated_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Time of the last change (ISO 8601), as of the last write by Terraform or the last change that a refresh detected. It stays when " +
					"nothing else has changed.",
			},
		},
		Blocks: nested,
	}
}

// objectType is the type of the resource as a whole.
var objectType, _ = newSchema().Type().(types.ObjectType)

// Metadata names the resource.
func (r *Resource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destination"
}

// Schema describes the resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = newSchema()
}

// IdentitySchema describes what tells one destination from another.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identity.Schema(noun)
}

// UpgradeState returns how states of earlier versions of the schema are read.
func (r *Resource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return stateUpgrades.Upgraders(newSchema())
}
