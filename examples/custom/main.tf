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

# Ephemeral, so that neither plan nor state stores the value.
variable "refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# custom is for connector types that have no block of their own. The keys of
# google_sheets are undocumented, so those below are assumptions, and only the API
# checks them.
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

    # The whole auth_config. It is write-only, so neither plan nor state stores it.
    auth_config_wo = jsonencode({
      type          = "oauth2"
      refresh_token = var.refresh_token
    })
  }
}

# For destination_id of a binding.
output "destination_id" {
  value = talonic_delivery_destination.ledger.id
}

# The API never returns a credential, only whether it stores one.
output "credentials_stored" {
  value = talonic_delivery_destination.ledger.has_auth_config
}
