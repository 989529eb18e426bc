terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    talonic = {
      source  = "talonicdev/talonic"
      version = "~> 1.0"
    }
  }
}

# Takes the API key from the environment variable TALONIC_API_KEY.
provider "talonic" {}

# The tokens come from an OAuth consent, which is given in a browser, outside of
# Terraform. Ephemeral, so that they are in no plan and no state.
variable "access_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The API's names for the settings of OneDrive are not published: those of the
# arguments below are assumptions. Where one proves wrong, leave the argument out
# and give the API's own name in additional_config.
resource "talonic_delivery_destination" "reports" {
  name              = "Monthly reports"
  is_active         = true
  payload_cap_bytes = 20971520 # 20 MiB

  onedrive {
    drive_id          = "b!ExampleDriveId0123456789"
    folder_path       = "/Reports/Talonic"
    filename_template = "{date}_{event_id}"

    # additional_config = jsonencode({ folder_id = "01EXAMPLEFOLDERID" })

    # Leave the block out if the consent was given in the dashboard: credentials
    # that were set outside Terraform are left alone.
    auth_oauth {
      type             = "oauth2"
      access_token_wo  = var.access_token
      refresh_token_wo = var.refresh_token
      expires_at       = "2027-01-31T12:00:00Z"
    }
  }
}

# What a binding refers to.
output "destination_id" {
  value = talonic_delivery_destination.reports.id
}

# The API never shows a credential, only whether it has one.
output "credentials_stored" {
  value = talonic_delivery_destination.reports.has_auth_config
}
