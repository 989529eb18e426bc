variable "secret_access_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "archive" {
  name = "Archive"

  s3 {
    bucket       = "example-archive"
    region       = "eu-central-1"
    key_template = "talonic/{date}/{event_id}.json"

    auth_access_key {
      access_key_id        = "AKIAIOSFODNN7EXAMPLE"
      secret_access_key_wo = var.secret_access_key
    }
  }
}
