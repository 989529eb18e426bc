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

# URL at which Talonic reaches the receiver. To try the checks on your machine,
# set TF_VAR_url.
variable "url" {
  type    = string
  default = "https://erp.example.com/hooks/talonic"
}

variable "signing_secret" {
  type      = string
  sensitive = true
  ephemeral = true
  default   = null # a job that only runs the checks does not set the secret
}

resource "talonic_delivery_destination" "erp" {
  name = "Production Webhook"

  webhook {
    url               = var.url
    signing_secret_wo = var.signing_secret
  }
}

resource "talonic_delivery_binding" "erp" {
  name              = "Documents to the ERP"
  deliverable_type  = "document_capture"
  destination_id    = talonic_delivery_destination.erp.id
  serializer_format = "json"

  signal_filter {
    event_type = "document.extracted"
  }
}
