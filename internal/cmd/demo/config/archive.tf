resource "talonic_delivery_destination" "archive" {
  name              = "Archive"
  payload_cap_bytes = 52428800

  s3 {
    bucket = "example-archive"
    region = "eu-central-1"

    auth_access_key {
      access_key_id        = "AKIAIOSFODNN7EXAMPLE"
      secret_access_key_wo = var.s3_secret_access_key
    }
  }
}
