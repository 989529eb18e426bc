resource "talonic_delivery_destination" "erp" {
  name = "Production Webhook"

  webhook {
    url = "https://erp.example.com/hooks/talonic"
  }
}

data "talonic_delivery_dead_letters" "erp" {
  destination_id = talonic_delivery_destination.erp.id
  limit          = 1 # the oldest
}

# If the oldest dead letter is older than an hour, every plan and every apply warns.
check "erp_has_no_old_dead_letters" {
  assert {
    condition = alltrue([
      for letter in data.talonic_delivery_dead_letters.erp.dead_letters :
      timecmp(timeadd(letter.created_at, "1h"), plantimestamp()) > 0
    ])
    error_message = "Dead letters of the ERP: ${data.talonic_delivery_dead_letters.erp.total}."
  }
}
