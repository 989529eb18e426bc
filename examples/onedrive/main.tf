terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    talonic = {
      source  = "talonicdev/talonic"
      version = "~> 1.0"
    }
  }
}

# Reads the API key from the environment variable TALONIC_API_KEY.
provider "talonic" {}

# The tokens come from an OAuth consent that was granted in a browser, outside
# Terraform. Ephemeral, so that neither plan nor state stores them.
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

# The API docs do not name the settings of OneDrive, so the argument names
# below are assumptions. If a name is wrong, omit the argument, and set the API's
# name in additional_config.
resource "talonic_delivery_destination" "reports" {
  name              = "Monthly reports"
  is_active         = true
  payload_cap_bytes = 20971520 # 20 MiB

  onedrive {
    drive_id          = "b!ExampleDriveId0123456789"
    folder_path       = "/Reports/Talonic"
    filename_template = "{date}_{event_id}"

    # additional_config = jsonencode({ folder_id = "01EXAMPLEFOLDERID" })

    # If the consent was granted in the dashboard, omit the block. Terraform then
    # does not change the credentials.
    auth_oauth {
      type             = "oauth2"
      access_token_wo  = var.access_token
      refresh_token_wo = var.refresh_token
      expires_at       = "2027-01-31T12:00:00Z"
    }
  }
}

# For destination_id of a binding.
output "destination_id" {
  value = talonic_delivery_destination.reports.id
}

# The API never returns a credential, only whether it stores one.
output "credentials_stored" {
  value = talonic_delivery_destination.reports.has_auth_config
}
