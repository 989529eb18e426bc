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
variable "account_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "lake" {
  name              = "Data lake"
  is_active         = true
  payload_cap_bytes = 52428800 # 50 MiB

  azure_blob {
    account_name      = "exampledatalake"
    container         = "talonic-inbox"
    blob_key_template = "{deliverable_type}/{date}/{event_id}.json"

    # Required: auth_account_key, for the account in account_name, or
    # auth_connection_string.
    auth_account_key {
      account_key_wo = var.account_key
    }
  }
}

# For destination_id of a binding.
output "destination_id" {
  value = talonic_delivery_destination.lake.id
}

# The API never returns a credential, only whether it stores one.
output "credentials_stored" {
  value = talonic_delivery_destination.lake.has_auth_config
}
