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

# Ephemeral, so that the value is in no plan and no state.
variable "refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# custom serves the connector types that have no block of their own. Terraform
# does not know what google_sheets takes, so the API alone judges config; its keys
# are not published, and those below are an assumption.
resource "talonic_delivery_destination" "ledger" {
  name              = "Ledger sheet"
  is_active         = true
  payload_cap_bytes = 1048576 # 1 MiB

  custom {
    type = "google_sheets"

    config = jsonencode({
      spreadsheet_id = "1ExampleSpreadsheetId0123456789abcdefghijklm"
      sheet_name     = "Ledger"
    })

    # The whole auth_config. Write-only, so a secret in it is as safe as elsewhere.
    auth_config_wo = jsonencode({
      type          = "oauth2"
      refresh_token = var.refresh_token
    })
  }
}

# What a binding refers to.
output "destination_id" {
  value = talonic_delivery_destination.ledger.id
}

# The API never shows a credential, only whether it has one.
output "credentials_stored" {
  value = talonic_delivery_destination.ledger.has_auth_config
}
