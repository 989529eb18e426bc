terraform {
  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}

provider "talonic" {}

resource "talonic_delivery_destination" "webhook" {
  name = "Webhook"

  webhook {
    url               = "https://API.example.com:443/ingest/"
    headers           = { "X-Source" = "talonic" }
    additional_config = jsonencode({ retries = 3 })
    signing_secret_wo = "whsec_fake_of_recorded_states"

    auth_bearer {
      token_wo = "fake-token-of-recorded-states"
    }
  }
}

resource "talonic_delivery_destination" "basic" {
  name              = "Basic"
  is_active         = false
  payload_cap_bytes = 1048576

  webhook {
    url = "https://basic.example.com"

    auth_basic {
      username    = "talonic"
      password_wo = "fake-password-of-recorded-states"
    }
  }
}

resource "talonic_delivery_destination" "api_key" {
  name                   = "API key, pinned"
  credentials_wo_version = 3

  webhook {
    url = "https://key.example.com"

    auth_api_key {
      header_name = "X-Key"
      api_key_wo  = "fake-api-key-of-recorded-states"
    }
  }
}

resource "talonic_delivery_destination" "open" {
  name            = "Unmanaged keys"
  deletion_policy = "delete"

  webhook {
    url = "https://open.example.com/a"
  }
}

resource "talonic_delivery_destination" "sftp" {
  name = "SFTP"

  sftp {
    host        = "sftp.example.com"
    username    = "talonic"
    remote_path = "/upload"

    auth_password {
      password_wo = "fake-password-of-recorded-states"
    }
  }
}

resource "talonic_delivery_destination" "sftp_key" {
  name = "SFTP with key"

  sftp {
    host              = "sftp.example.com"
    username          = "talonic"
    remote_path       = "/upload"
    port              = 2222
    filename_template = "{date}/{event_id}"
    timeout_ms        = 5000

    auth_private_key {
      private_key_wo = "fake key of recorded states"
      passphrase_wo  = "fake passphrase of recorded states"
    }
  }
}

resource "talonic_delivery_destination" "s3" {
  name = "S3"

  s3 {
    bucket       = "acme-deliveries"
    region       = "eu-central-1"
    key_template = "in/{event_id}"

    auth_access_key {
      access_key_id        = "FAKEACCESSKEYID"
      secret_access_key_wo = "fake secret access key of recorded states"
    }
  }
}

resource "talonic_delivery_destination" "azure_blob" {
  name = "Azure Blob"

  azure_blob {
    account_name = "acmedeliveries"
    container    = "in-box"

    auth_connection_string {
      connection_string_wo = "AccountKey=fakeOfRecordedStates"
    }
  }
}

resource "talonic_delivery_destination" "google_drive" {
  name = "Google Drive"

  google_drive {
    folder_id = "fake-folder"

    auth_oauth {
      refresh_token_wo = "fake-refresh-token-of-recorded-states"
    }
  }
}

resource "talonic_delivery_destination" "onedrive" {
  name = "OneDrive"

  onedrive {
    folder_path = "/Deliveries"

    auth_oauth {
      access_token_wo = "fake-access-token-of-recorded-states"
    }
  }
}

resource "talonic_delivery_destination" "custom" {
  name = "Custom"

  custom {
    type           = "google_sheets"
    config         = jsonencode({ sheet = "one", columns = ["a", "b"] })
    auth_config_wo = jsonencode({ type = "oauth2", refresh_token = "fake-refresh-token-of-recorded-states" })
  }
}

resource "talonic_delivery_binding" "minimal" {
  name              = "Minimal"
  deliverable_type  = "pipeline.capture"
  destination_id    = talonic_delivery_destination.webhook.id
  serializer_format = "json"

  signal_filter {
    event_type = "document.extracted"
  }
}

resource "talonic_delivery_binding" "complete" {
  name              = "Complete"
  deliverable_type  = "pipeline.capture"
  destination_id    = talonic_delivery_destination.basic.id
  serializer_format = "ndjson"
  serializer_config = jsonencode({ gzip = true, level = 3 })
  resolver_config   = jsonencode({ null_handling = "omit_absent" })
  is_active         = false

  signal_filter {
    event_type = "result.approved"
    match      = jsonencode({ source_id = "3f0d", reviewed = true })
  }

  field_map {
    static = jsonencode({ origin = "talonic", tags = ["a"] })
    drop   = ["debug"]

    rule {
      source = "total"
      target = "amount"
    }
  }

  delivery_policy {
    max_attempts     = 5
    backoff_schedule = [1000, 5000, 20000]
    timeout_ms       = 15000

    rate_limit {
      rate_per_sec = 2.5
      capacity     = 10
    }
  }
}
