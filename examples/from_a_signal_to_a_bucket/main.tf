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

# Ephemeral, so neither plan nor state contains the values.
variable "signing_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "secret_access_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Deliver the values that were captured from a document when a reviewer has
# approved them.
locals {
  signal      = "result.approved"
  deliverable = "pipeline.capture"
}

# A webhook with signed requests, so that its receiver can verify them.
resource "talonic_delivery_destination" "erp" {
  name = "ERP intake"

  webhook {
    url               = "https://erp.example.com/hooks/talonic"
    signing_secret_wo = var.signing_secret
  }
}

# Makes the API call the webhook without a delivery.
data "talonic_delivery_destination_test" "erp" {
  destination_id = talonic_delivery_destination.erp.id
}

# Warns in every plan and every apply if the webhook is not reachable.
check "erp_is_reachable" {
  assert {
    condition     = data.talonic_delivery_destination_test.erp.success
    error_message = "The ERP is not reachable: ${data.talonic_delivery_destination_test.erp.message}"
  }
}

resource "talonic_delivery_binding" "erp" {
  name              = "Approved results to the ERP"
  destination_id    = talonic_delivery_destination.erp.id
  deliverable_type  = local.deliverable
  serializer_format = "json"
  resolver_config   = jsonencode({ null_handling = "omit_absent" })

  signal_filter {
    event_type = local.signal
  }

  field_map {
    static = jsonencode({ origin = "talonic" })
  }

  # Prevents the binding until the webhook is reachable.
  lifecycle {
    precondition {
      condition     = data.talonic_delivery_destination_test.erp.success
      error_message = "The ERP is not reachable: ${data.talonic_delivery_destination_test.erp.message}"
    }
  }
}

# An archive of the same events, with one file for each delivery.
resource "talonic_delivery_destination" "archive" {
  name = "Archive of results"

  s3 {
    bucket       = "example-results-archive"
    region       = "eu-central-1"
    key_template = "talonic/{date}/{event_id}.ndjson"

    auth_access_key {
      access_key_id        = "AKIAIOSFODNN7EXAMPLE"
      secret_access_key_wo = var.secret_access_key
    }
  }
}

resource "talonic_delivery_binding" "archive" {
  name              = "Approved results to the archive"
  destination_id    = talonic_delivery_destination.archive.id
  deliverable_type  = local.deliverable
  serializer_format = "ndjson"

  signal_filter {
    event_type = local.signal
  }

  # Retry for about 17 hours, because an outage of the bucket may last.
  delivery_policy {
    max_attempts     = 8
    backoff_schedule = [1000, 30000, 120000, 600000, 3600000, 14400000, 43200000] # milliseconds
  }
}
