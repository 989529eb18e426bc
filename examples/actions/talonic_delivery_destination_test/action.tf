# terraform apply -invoke=action.talonic_delivery_destination_test.erp tests the destination by hand.
action "talonic_delivery_destination_test" "erp" {
  config {
    destination_id = caller.id # before Terraform 1.16: talonic_delivery_destination.erp.id
  }
}

resource "talonic_delivery_destination" "erp" {
  name = "Production Webhook"

  webhook {
    url = "https://erp.example.com/hooks/talonic"
  }

  lifecycle {
    # Tests the destination after each create and update.
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.talonic_delivery_destination_test.erp]
    }
  }
}
