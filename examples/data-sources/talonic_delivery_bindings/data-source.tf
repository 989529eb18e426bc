data "talonic_delivery_destination" "erp" {
  name = "Production Webhook"
}

# All bindings that deliver to the ERP
data "talonic_delivery_bindings" "erp" {
  destination_id = data.talonic_delivery_destination.erp.id
}

output "signals_to_the_erp" {
  value = distinct(data.talonic_delivery_bindings.erp.bindings[*].event_type)
}

# Inactive bindings of production
data "talonic_delivery_bindings" "paused" {
  name_prefix = "prod-"
  is_active   = false
}

check "production_routes" {
  assert {
    condition     = length(data.talonic_delivery_bindings.paused.bindings) == 0
    error_message = "Paused: ${join(", ", data.talonic_delivery_bindings.paused.bindings[*].name)}."
  }
}
