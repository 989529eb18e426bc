data "talonic_delivery_connectors" "all" {}

output "connector_types" {
  value = data.talonic_delivery_connectors.all.connectors[*].type
}

# Attributes that the catalog does not contain are null.
output "largest_payloads" {
  value = { for c in data.talonic_delivery_connectors.all.connectors : c.type => c.max_payload_bytes }
}
