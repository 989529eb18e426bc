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

# Ephemeral, so that the values are in no plan and no state. Set them as
# TF_VAR_signing_secret and TF_VAR_token, or from an ephemeral resource of your
# secret store.
variable "signing_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "erp" {
  name              = "ERP intake"
  is_active         = true    # left out, it is whatever the API says
  payload_cap_bytes = 1048576 # 1 MiB in place of the API's 5

  webhook {
    url = "https://erp.example.com/hooks/talonic"

    # Kept in state and shown by the API: nothing secret in here.
    headers = {
      "X-Source"      = "talonic"
      "X-Environment" = "production"
    }

    # Signs every request (HMAC-SHA256), so that the receiver can tell it from others.
    signing_secret_wo = var.signing_secret

    # At most one of auth_bearer, auth_basic and auth_api_key.
    auth_bearer {
      token_wo = var.token
    }
  }
}

# What a binding refers to.
output "destination_id" {
  value = talonic_delivery_destination.erp.id
}

# The API never shows a credential, only whether it has one.
output "credentials_stored" {
  value = {
    authentication = talonic_delivery_destination.erp.has_auth_config
    signing_secret = talonic_delivery_destination.erp.has_signing_secret
  }
}
