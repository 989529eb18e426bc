# Tests against the emulator. Start it first:
#   talonic-emulator -addr 127.0.0.1:8787
# The key belongs to the emulator, so no test can reach a real account.
provider "talonic" {
  base_url = "http://127.0.0.1:8787"
  api_key  = "tlnc_emulator"
}

variables {
  placeholders = false # Terraform 1.11 requires a value for each ephemeral variable in tests

  secrets = {
    erp_signing_secret        = "example-1"
    erp_token                 = "example-2"
    bank_private_key          = "-----BEGIN OPENSSH PRIVATE KEY-----\nZXhhbXBsZQ==\n-----END OPENSSH PRIVATE KEY-----\n"
    archive_secret_access_key = "example-3"
  }
}

run "apply" {
  assert {
    condition     = talonic_delivery_destination.this["archive"].type == "s3"
    error_message = "The archive is not an S3 bucket."
  }
  assert {
    condition     = alltrue([for destination in talonic_delivery_destination.this : destination.has_auth_config])
    error_message = "The API has no credentials for a destination."
  }
}

# Plans as the pull-request job does.
run "placeholders" {
  command = plan

  variables {
    secrets      = {}
    placeholders = true
  }

  assert {
    condition     = alltrue([for destination in talonic_delivery_destination.this : destination.has_auth_config])
    error_message = "The plan removes credentials."
  }
}

run "every_connector" {
  variables {
    file = "tests/every_connector.yaml"
    secrets = {
      any_text          = "example"
      url               = "https://hooks.slack.com/services/T00000000/B00000000/example"
      any_object        = "{\"scope\":\"example\"}"
      private_key       = "-----BEGIN OPENSSH PRIVATE KEY-----\nZXhhbXBsZQ==\n-----END OPENSSH PRIVATE KEY-----\n"
      account_key       = "ZXhhbXBsZQ=="
      connection_string = "DefaultEndpointsProtocol=https;AccountName=exampledatalake;AccountKey=ZXhhbXBsZQ==;EndpointSuffix=core.windows.net"
      auth_config       = "{\"type\":\"oauth2\",\"refresh_token\":\"example\"}"
    }
  }

  assert {
    condition = toset([for destination in talonic_delivery_destination.this : destination.type]) == toset([
      "webhook", "sftp", "s3", "azure_blob", "google_drive", "onedrive", "google_sheets",
    ])
    error_message = "A connector is missing."
  }
}
