resource "talonic_delivery_destination" "orders" {
  name = "Orders"

  webhook {
    url               = "https://erp.example.com/v1"
    headers           = { "X-Source" = "talonic" }
    signing_secret_wo = var.webhook_signing_secret

    auth_bearer {
      token_wo = var.webhook_token
    }
  }
}
