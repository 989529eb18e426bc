# terraform query -generate-config-out=generated.tf writes the configuration of what it finds.
list "talonic_delivery_destination" "paused_webhooks" {
  provider         = talonic
  include_resource = true
  limit            = 1000 # Terraform stops at 100 otherwise

  config {
    type        = "webhook"
    name_prefix = "ERP "
    is_active   = false
  }
}
