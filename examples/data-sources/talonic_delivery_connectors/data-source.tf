data "talonic_delivery_connectors" "all" {}

output "connector_types" {
  value = data.talonic_delivery_connectors.all.connectors[*].type
}

# What the catalog does not tell is null.
output "largest_payloads" {
  value = { for c in data.talonic_delivery_connectors.all.connectors : c.type => c.max_payload_bytes }
}
