# By the exact name, if no other binding has the same one
data "talonic_delivery_binding" "approved" {
  name = "Approved results to the ERP"
}

# By the ID, which stays the same if the name changes
data "talonic_delivery_binding" "archive" {
  id = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
}

output "renamed_fields" {
  value = jsondecode(data.talonic_delivery_binding.approved.field_map).rules
}
