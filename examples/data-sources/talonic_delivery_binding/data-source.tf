# By the exact name, as long as no other binding has it
data "talonic_delivery_binding" "approved" {
  name = "Approved results to the ERP"
}

# By the id, which stays when somebody changes the name
data "talonic_delivery_binding" "archive" {
  id = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
}

output "renamed_fields" {
  value = jsondecode(data.talonic_delivery_binding.approved.field_map).rules
}
