data "talonic_delivery_destination" "erp" {
  name = "Production Webhook"
}

# The last 20 failed attempts to deliver to the ERP.
data "talonic_delivery_attempts" "failed" {
  destination_id = data.talonic_delivery_destination.erp.id
  status         = "failed"
  limit          = 20
}

output "failures" {
  value = [for a in data.talonic_delivery_attempts.failed.attempts : "${a.created_at}: ${coalesce(a.error_code, "unknown")}"]
}
