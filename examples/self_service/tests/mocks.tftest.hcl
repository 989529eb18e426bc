# Tests without an API: they plan and apply the entries of the file. The
# provider still validates the configuration.
mock_provider "talonic" {
  # Without these defaults, strings are random, numbers are 0 and booleans are false.
  mock_resource "talonic_delivery_destination" {
    defaults = {
      id                     = "a1b2c3d4-e5f6-4890-abcd-ef1234567890"
      type                   = "webhook"
      is_active              = true
      has_auth_config        = true
      has_signing_secret     = true
      created_at             = "2026-11-24T08:15:30.000Z"
      updated_at             = "2026-11-24T08:15:30.000Z"
      credentials_updated_at = "2026-11-24T08:15:30.000Z"
      last_delivery_at       = null
      last_delivery_status   = null
    }
  }

  mock_resource "talonic_delivery_binding" {
    defaults = {
      id          = "b1b2c3d4-e5f6-4890-abcd-ef1234567890"
      is_active   = true
      created_at  = "2026-11-24T08:15:30.000Z"
      updated_at  = "2026-11-24T08:15:30.000Z"
      last_status = null
    }
  }
}

variables {
  placeholders = false # Terraform 1.11 requires a value for each ephemeral variable in tests

  secrets = {
    erp_signing_secret        = "example"
    erp_token                 = "example"
    bank_private_key          = "-----BEGIN OPENSSH PRIVATE KEY-----\nZXhhbXBsZQ==\n-----END OPENSSH PRIVATE KEY-----\n"
    archive_secret_access_key = "example"
  }
}

run "every_entry" {
  assert {
    condition     = keys(output.destination_ids) == keys(local.destinations)
    error_message = "A destination is missing."
  }
  assert {
    condition     = talonic_delivery_destination.this["erp"].webhook[0].url == "https://erp.example.com/hooks/talonic"
    error_message = "The webhook has a different URL."
  }
  assert {
    condition     = talonic_delivery_binding.this["archive_approved"].destination_id == output.destination_ids["archive"]
    error_message = "The binding does not have the archive as its destination."
  }
}

run "mistakes" {
  command = plan

  variables {
    file = "tests/mistakes.yaml"
  }

  expect_failures = [
    talonic_delivery_destination.this["misspelled"],
    talonic_delivery_destination.this["incomplete"],
  ]
}

run "secret_not_given" {
  command = plan

  variables {
    secrets = { erp_token = "example" }
  }

  expect_failures = [talonic_delivery_destination.this]
}
