# To test on demand: terraform apply -invoke=action.talonic_delivery_destination_test.erp
action "talonic_delivery_destination_test" "erp" {
  config {
    # caller is the resource that triggers the action (Terraform 1.16 or later).
    # With Terraform 1.14 or 1.15, use talonic_delivery_destination.erp.id.
    destination_id = caller.id
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
