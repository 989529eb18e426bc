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
    # When the destination was created or changed, it is tested.
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.talonic_delivery_destination_test.erp]
    }
  }
}
