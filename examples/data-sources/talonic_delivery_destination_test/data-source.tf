resource "talonic_delivery_destination" "erp" {
  name = "Production Webhook"

  webhook {
    url = "https://erp.example.com/hooks/talonic"
  }
}

# Every plan and every apply tests the destination, and warns if the API cannot reach it.
check "erp_is_reachable" {
  data "talonic_delivery_destination_test" "erp" {
    destination_id = talonic_delivery_destination.erp.id
  }

  assert {
    condition     = data.talonic_delivery_destination_test.erp.success
    error_message = "No deliveries to the ERP: ${data.talonic_delivery_destination_test.erp.message}"
  }
}
