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

# Ephemeral, so that the values are in no plan and no state.
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

# What is delivered: the values that were captured from a document, as soon as a
# reviewer has approved them.
locals {
  signal      = "result.approved"
  deliverable = "pipeline.capture"
}

# A webhook whose receiver can tell Talonic's requests from others.
resource "talonic_delivery_destination" "erp" {
  name = "ERP intake"

  webhook {
    url               = "https://erp.example.com/hooks/talonic"
    signing_secret_wo = var.signing_secret
  }
}

# Has the API call the webhook, without delivering anything.
data "talonic_delivery_destination_test" "erp" {
  destination_id = talonic_delivery_destination.erp.id
}

# Every plan and every apply warns while the webhook does not answer.
check "erp_answers" {
  assert {
    condition     = data.talonic_delivery_destination_test.erp.success
    error_message = "No deliveries to the ERP: ${data.talonic_delivery_destination_test.erp.message}"
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

  # Waits for the test: nothing is routed to a webhook that did not answer.
  lifecycle {
    precondition {
      condition     = data.talonic_delivery_destination_test.erp.success
      error_message = "The ERP does not answer: ${data.talonic_delivery_destination_test.erp.message}"
    }
  }
}

# The same signal, to keep: one file for each delivery.
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

  # A bucket that cannot be reached today can be tomorrow.
  delivery_policy {
    max_attempts     = 8
    backoff_schedule = [1000, 30000, 120000, 600000, 3600000, 14400000, 43200000] # milliseconds
  }
}
