# To write the configuration of the found bindings: terraform query -generate-config-out=generated.tf
list "talonic_delivery_binding" "approved" {
  provider         = talonic
  include_resource = true
  limit            = 1000 # Terraform's default is 100

  config {
    event_type  = "result.approved"
    name_prefix = "Approved "
    is_active   = true
  }
}
