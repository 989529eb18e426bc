# terraform query -generate-config-out=generated.tf writes the configuration of what it finds.
list "talonic_delivery_binding" "approved" {
  provider         = talonic
  include_resource = true
  limit            = 1000 # Terraform stops at 100 otherwise

  config {
    event_type  = "result.approved"
    name_prefix = "Approved "
    is_active   = true
  }
}
