data "talonic_delivery_destination" "erp" {
  name = "Production Webhook"
}

# To run the action: terraform apply -invoke=action.talonic_delivery_dead_letter_replay.erp
action "talonic_delivery_dead_letter_replay" "erp" {
  config {
    destination_id = data.talonic_delivery_destination.erp.id
    max            = 500
  }
}
