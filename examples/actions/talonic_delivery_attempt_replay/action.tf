variable "attempt_id" {
  type = string
}

# To run the action: terraform apply -invoke=action.talonic_delivery_attempt_replay.one -var attempt_id=...
action "talonic_delivery_attempt_replay" "one" {
  config {
    attempt_id = var.attempt_id
  }
}
