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

# URL at which Talonic reaches the receiver. To try the receiver on your machine,
# set TF_VAR_url.
variable "url" {
  type    = string
  default = "https://hooks.example.com/talonic"
}

# The same value as SIGNING_SECRET of the receiver. Ephemeral, so that neither
# plan nor state stores the value.
variable "signing_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "receiver" {
  name = "Receiver"

  webhook {
    url               = var.url
    signing_secret_wo = var.signing_secret
  }
}

# For destination_id of a binding.
output "destination_id" {
  value = talonic_delivery_destination.receiver.id
}
