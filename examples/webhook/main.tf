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

# Ephemeral, so that neither plan nor state stores the values. Set them as
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
  is_active         = true    # if omitted, Terraform does not manage it
  payload_cap_bytes = 1048576 # 1 MiB instead of the API's default of 5 MiB

  webhook {
    url = "https://erp.example.com/hooks/talonic"

    # The state stores headers, and the API returns them. Do not put secrets here.
    headers = {
      "X-Source"      = "talonic"
      "X-Environment" = "production"
    }

    # The API signs every request with this secret (HMAC-SHA256), so that the
    # receiver can verify the sender.
    signing_secret_wo = var.signing_secret

    # At most one of auth_bearer, auth_basic and auth_api_key.
    auth_bearer {
      token_wo = var.token
    }
  }
}

# For destination_id of a binding.
output "destination_id" {
  value = talonic_delivery_destination.erp.id
}

# The API never returns a credential, only whether it stores one.
output "credentials_stored" {
  value = {
    authentication = talonic_delivery_destination.erp.has_auth_config
    signing_secret = talonic_delivery_destination.erp.has_signing_secret
  }
}
