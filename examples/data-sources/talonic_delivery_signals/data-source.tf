data "talonic_delivery_signals" "all" {}

output "event_types" {
  value = data.talonic_delivery_signals.all.signals[*].event_type
}
