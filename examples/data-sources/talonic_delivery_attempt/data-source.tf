data "talonic_delivery_dead_letters" "all" {
  limit = 1
}

# What was sent to the receiver in the last attempt to deliver the oldest dead letter, and what it answered.
data "talonic_delivery_attempt" "last" {
  for_each = toset(data.talonic_delivery_dead_letters.all.dead_letters[*].last_attempt_id)

  id             = each.value
  include_bodies = true
}

output "responses" {
  sensitive = true # terraform output responses
  value     = [for a in data.talonic_delivery_attempt.last : a.response_body]
}
