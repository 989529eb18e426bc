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

# Where Talonic reaches the receiver. To try it on one machine, set TF_VAR_url.
variable "url" {
  type    = string
  default = "https://hooks.example.com/talonic"
}

# What the receiver has in SIGNING_SECRET. Ephemeral, so that it is in no plan
# and no state.
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

# What a binding refers to.
output "destination_id" {
  value = talonic_delivery_destination.receiver.id
}
