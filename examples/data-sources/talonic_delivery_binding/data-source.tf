# By the exact name, if the name is unique
data "talonic_delivery_binding" "approved" {
  name = "Approved results to the ERP"
}

# By the ID, which does not change
data "talonic_delivery_binding" "archive" {
  id = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
}

output "renamed_fields" {
  value = jsondecode(data.talonic_delivery_binding.approved.field_map).rules
}
