resource "talonic_delivery_binding" "this" {
  for_each = local.bindings

  name              = each.value.name
  is_active         = try(each.value.is_active, null)
  destination_id    = talonic_delivery_destination.this[each.value.destination].id
  deliverable_type  = each.value.deliverable_type
  serializer_format = each.value.serializer_format
  serializer_config = try(jsonencode(each.value.serializer_config), null)
  resolver_config   = try(jsonencode(each.value.resolver_config), null)

  signal_filter {
    event_type = each.value.signal_filter.event_type
    match      = try(jsonencode(each.value.signal_filter.match), null)
  }

  dynamic "field_map" {
    for_each = try([each.value.field_map], [])

    content {
      drop   = try(field_map.value.drop, null)
      static = try(jsonencode(field_map.value.static), null)

      dynamic "rule" {
        for_each = try(field_map.value.rules, [])

        content {
          source = rule.value.source
          target = rule.value.target
        }
      }
    }
  }

  dynamic "delivery_policy" {
    for_each = try([each.value.delivery_policy], [])

    content {
      max_attempts     = try(delivery_policy.value.max_attempts, null)
      backoff_schedule = try(delivery_policy.value.backoff_schedule, null)
      timeout_ms       = try(delivery_policy.value.timeout_ms, null)

      dynamic "rate_limit" {
        for_each = try([delivery_policy.value.rate_limit], [])

        content {
          rate_per_sec = rate_limit.value.rate_per_sec
          capacity     = rate_limit.value.capacity
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = !contains(keys(local.mistakes), "binding ${each.key}")
      error_message = "Please correct the binding \"${each.key}\" in ${var.file}:\n\n${join("\n", try(local.mistakes["binding ${each.key}"], []))}"
    }
  }
}
