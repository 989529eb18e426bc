# Makes destinations and bindings of a YAML file, so that teams need not know
# Terraform to have a destination of their own.
terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    talonic = {
      source  = "talonicdev/talonic"
      version = "~> 1.0"
    }
  }
}

# Takes the API key from the environment variable TALONIC_API_KEY.
provider "talonic" {}

variable "file" {
  type        = string
  description = "The YAML file that teams edit."
  default     = "destinations.yaml"

  # What is wrong with the file as a whole; validation.tf has what is wrong with
  # an entry. If the file is not YAML, the error of yamldecode has the line.
  validation {
    condition = try(
      alltrue([for key, entries in yamldecode(file(var.file)) : contains(["destinations", "bindings"], key) && can(keys(entries))]) &&
      length(regexall("(?m)^\\w+:", file(var.file))) == length(yamldecode(file(var.file))) && contains(keys(yamldecode(file(var.file))), "destinations"),
      !can(yamldecode(file(var.file)))
    )
    error_message = "The file must have \"destinations:\" and can have \"bindings:\", each once, with keys indented below it, and nothing else. For none, write \"destinations: {}\"."
  }
}

locals {
  file         = yamldecode(file(var.file))
  destinations = local.file.destinations
  bindings     = try(local.file.bindings, {})
}

# The API disables a destination by itself when it cannot deliver. Every plan
# and every apply warns of that.
check "destinations_deliver" {
  assert {
    condition     = length(local.disabled) == 0
    error_message = "Disabled destinations without \"is_active: false\" in the file: ${join(", ", local.disabled)}."
  }
}

locals {
  disabled = [
    for key, destination in talonic_delivery_destination.this : key
    if !destination.is_active && try(local.destinations[key].is_active, true)
  ]
}

output "destination_ids" {
  description = "The id of each destination, by its key in the file."
  value       = { for key, destination in talonic_delivery_destination.this : key => destination.id }
}
