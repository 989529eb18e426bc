# To write the configuration of the found destinations: terraform query -generate-config-out=generated.tf
list "talonic_delivery_destination" "paused_webhooks" {
  provider         = talonic
  include_resource = true
  limit            = 1000 # Terraform's default is 100

  config {
    type        = "webhook"
    name_prefix = "ERP "
    is_active   = false
  }
}
