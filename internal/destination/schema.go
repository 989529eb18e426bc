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

const description = `A destination is a target of deliveries: a webhook, an SFTP server, an S3 bucket, an Azure Blob container, Google Drive or OneDrive.

Exactly one connector block is required. Changing to a different connector forces replacement, and the API also deletes the bindings, history and dead letters of the destination.

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
				MarkdownDescription: "Type of the connector, which follows from the connector block. Changing this forces replacement.",
			},
			"is_active": schema.BoolAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "Whether deliveries are enabled. If omitted, Terraform does not manage it: the API disables a destination that it cannot " +
					"authenticate to or must not reach, and re-enables it when its credentials or target change.",
			},
			"payload_cap_bytes": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "Maximum size of a delivered payload, in bytes. Removing it restores the default. Defaults to `5242880` (5 MiB, API default).",
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
			},
			"credentials_wo_version": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "Version of the credentials. Changing it sends all write-only values. While it is unchanged, changed or null values are " +
					"ignored unless credentials have to be sent for another reason, and no hash is stored. If omitted, the provider detects changes by " +
					"hash. Set it for short-lived credentials and for plans that run without secrets.",
			},
			"deletion_policy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Effect of a destroy or a replacement on the destination. `delete` deletes it, and the API also deletes its bindings, " +
					"history and dead letters. `disable` pauses it (`is_active = false`) and removes it from state. `prevent` rejects the plan. " +
					"`abandon` removes it from state and changes nothing at the API. A destroy uses the value in state, so you must apply a change " +
					"first. Defaults to `default_deletion_policy` of the provider.",
				Validators: []validator.String{stringvalidator.OneOf(DeletionPolicies()...)},
			},
			"has_auth_config": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the API has credentials for the destination; null if the API does not return it.",
			},
			"has_signing_secret": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the API has a signing secret for the destination; null if the API does not return it.",
			},
			"credentials_updated_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Time at which Terraform last sent or removed credentials, or sent a new `url_wo` (ISO 8601); null if it never did.",
			},
			"last_delivery_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Time of the last delivery (ISO 8601), as of the create, the import or the last change that a refresh detected; null if there was " +
					"none. Deliveries and updates by Terraform do not change it. The data source `talonic_delivery_destination` returns the current time.",
			},
			"last_delivery_status": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Status of the last delivery, as of the same moment as `last_delivery_at`; null if there was none.",
			},
			"created_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Time of the creation (ISO 8601).",
			},
			"updated_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "Time of the last change (ISO 8601), as of the last write by Terraform or the last change that a refresh detected. " +
					"A refresh does not update it if nothing else has changed.",
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
