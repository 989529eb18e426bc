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

# Ephemeral, so that neither plan nor state stores the values:
#   export TF_VAR_private_key="$(cat id_ed25519)"
variable "private_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "passphrase" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "bank" {
  name              = "Bank statements"
  is_active         = true
  payload_cap_bytes = 20971520 # 20 MiB

  sftp {
    host        = "sftp.example.com"
    port        = 2222
    username    = "talonic"
    remote_path = "/incoming/statements" # absolute
    timeout_ms  = 60000

    # Without an extension, the API adds one that fits the content.
    filename_template = "statement_{date}_{event_id}"

    # Required: auth_private_key or auth_password.
    auth_private_key {
      private_key_wo = var.private_key
      passphrase_wo  = var.passphrase # only if the key has a passphrase
    }
  }
}

# For destination_id of a binding.
output "destination_id" {
  value = talonic_delivery_destination.bank.id
}

# The API never returns a credential, only whether it stores one.
output "credentials_stored" {
  value = talonic_delivery_destination.bank.has_auth_config
}
