variable "signing_secret" {
  type      = string
  sensitive = true
  ephemeral = true # stored in neither plan nor state
}

variable "token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "erp" {
  name = "Production Webhook"

  webhook {
    url               = "https://api.example.com/ingest"
    headers           = { "X-Source" = "talonic" }
    signing_secret_wo = var.signing_secret

    auth_bearer {
      token_wo = var.token
    }
  }
}
