resource "talonic_delivery_destination" "orders" {
  name = "Orders"

  s3 {
    bucket = "example-orders"
    region = "eu-central-1"

    auth_access_key {
      access_key_id        = "AKIAIOSFODNN7EXAMPLE"
      secret_access_key_wo = var.orders_secret_access_key
    }
  }
}
