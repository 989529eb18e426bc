# By the exact name, if the name is unique
data "talonic_delivery_destination" "erp" {
  name = "Production Webhook"
}

# By the ID, which does not change
data "talonic_delivery_destination" "archive" {
  id = "5b0f6c1e-8a43-4f0e-9a55-0d6a3c2be901"
}

output "erp_host" {
  # config is sensitive, because headers may contain secrets. The host is not a secret.
  value = nonsensitive(regex("^https?://([^/]+)", jsondecode(data.talonic_delivery_destination.erp.config).url)[0])
}
