# By the exact name, if no other destination has the same one
data "talonic_delivery_destination" "erp" {
  name = "Production Webhook"
}

# By the ID, which stays the same if the name changes
data "talonic_delivery_destination" "archive" {
  id = "5b0f6c1e-8a43-4f0e-9a55-0d6a3c2be901"
}

output "erp_host" {
  # The settings are sensitive, because of the headers in them. The host is not.
  value = nonsensitive(regex("^https?://([^/]+)", jsondecode(data.talonic_delivery_destination.erp.config).url)[0])
}
