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

# Ephemeral, so that neither plan nor state stores the values.
variable "secret_access_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "session_token" {
  type      = string
  sensitive = true
  ephemeral = true
  default   = null # only temporary credentials have a session token
}

resource "talonic_delivery_destination" "archive" {
  name              = "Document archive"
  is_active         = true
  payload_cap_bytes = 52428800 # 50 MiB

  s3 {
    bucket       = "example-document-archive"
    region       = "eu-central-1"
    key_template = "talonic/{date}/{deliverable_type}/{event_id}.json"
    public_read  = false # true uploads with a public-read ACL

    # Required.
    auth_access_key {
      access_key_id        = "AKIAIOSFODNN7EXAMPLE" # not a secret, so the state stores it
      secret_access_key_wo = var.secret_access_key
      session_token_wo     = var.session_token # only with temporary credentials
    }
  }
}

# For destination_id of a binding.
output "destination_id" {
  value = talonic_delivery_destination.archive.id
}

# The API never returns a credential, only whether it stores one.
output "credentials_stored" {
  value = talonic_delivery_destination.archive.has_auth_config
}
