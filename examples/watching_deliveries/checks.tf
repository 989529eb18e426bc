# The check fails if a dead letter is older than this.
variable "dead_letter_age" {
  type    = string
  default = "1h"
}

# The check fails if a smaller fraction of the last 100 attempts succeeded.
variable "success_rate" {
  type    = number
  default = 0.95
}

# Not inside the check blocks, because a nested data source shows a diff in every plan.

data "talonic_delivery_dead_letters" "erp" {
  destination_id = talonic_delivery_destination.erp.id
  limit          = 1 # the oldest
}

data "talonic_delivery_attempts" "erp" {
  destination_id = talonic_delivery_destination.erp.id
}

locals {
  attempts  = [for a in data.talonic_delivery_attempts.erp.attempts : a if a.status != "in_flight"]
  succeeded = [for a in local.attempts : a if a.status == "succeeded"]
  disabling = [for a in local.attempts : a.error_code if contains(["auth_failed", "ssrf_blocked"], coalesce(a.error_code, "none"))]
}

check "erp_has_no_old_dead_letters" {
  assert {
    condition = alltrue([
      for letter in data.talonic_delivery_dead_letters.erp.dead_letters :
      timecmp(timeadd(letter.created_at, var.dead_letter_age), plantimestamp()) > 0
    ])
    error_message = "Dead letters of the ERP: ${data.talonic_delivery_dead_letters.erp.total}.${join("", [
      for letter in data.talonic_delivery_dead_letters.erp.dead_letters :
      " The oldest is from ${letter.created_at}: ${coalesce(letter.error_code, "unknown")}."
    ])}"
  }
}

check "erp_receives_deliveries" {
  assert {
    condition     = length(local.succeeded) >= var.success_rate * length(local.attempts)
    error_message = "Only ${length(local.succeeded)} of the last ${length(local.attempts)} attempts to deliver to the ERP succeeded."
  }
}

check "erp_is_not_disabled" {
  assert {
    condition     = talonic_delivery_destination.erp.is_active || length(local.disabling) == 0
    error_message = "The ERP destination is disabled. Recent errors: ${join(", ", distinct(local.disabling))}."
  }
}
