data "talonic_delivery_dead_letters" "all" {
  limit = 1
}

# Last attempt to deliver the oldest dead letter, with the bodies of the request and the response.
data "talonic_delivery_attempt" "last" {
  for_each = toset(data.talonic_delivery_dead_letters.all.dead_letters[*].last_attempt_id)

  id             = each.value
  include_bodies = true
}

output "responses" {
  sensitive = true # to show the value: terraform output responses
  value     = [for a in data.talonic_delivery_attempt.last : a.response_body]
}
