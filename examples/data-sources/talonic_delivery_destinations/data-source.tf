data "talonic_delivery_destinations" "all" {}

output "ids_by_name" {
  value = { for d in data.talonic_delivery_destinations.all.destinations : d.name => d.id... }
}

# Webhooks of production whose deliveries are disabled
data "talonic_delivery_destinations" "paused" {
  type        = "webhook"
  name_prefix = "prod-"
  is_active   = false
}

check "production_delivers" {
  assert {
    condition     = length(data.talonic_delivery_destinations.paused.destinations) == 0
    error_message = "Paused: ${join(", ", data.talonic_delivery_destinations.paused.destinations[*].name)}."
  }
}
