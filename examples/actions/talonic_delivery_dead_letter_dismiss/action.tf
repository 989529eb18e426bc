data "talonic_delivery_dead_letters" "too_large" {
  error_code = "payload_too_large"
}

# To run the action: terraform apply -invoke=action.talonic_delivery_dead_letter_dismiss.too_large
action "talonic_delivery_dead_letter_dismiss" "too_large" {
  config {
    dead_letter_ids = data.talonic_delivery_dead_letters.too_large.dead_letters[*].id
  }
}
