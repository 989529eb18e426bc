# Creates the destinations and bindings of a YAML file, so that teams can manage
# their own destinations without knowing Terraform.
terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    talonic = {
      source  = "talonicdev/talonic"
      version = "~> 1.0"
    }
  }
}

# Reads the API key from the environment variable TALONIC_API_KEY.
provider "talonic" {}

variable "file" {
  type        = string
  description = "The YAML file that teams edit."
  default     = "destinations.yaml"

  # Mistakes of the file as a whole; validation.tf finds the mistakes of each
  # entry. If the file is not YAML, the error of yamldecode shows the line.
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

# If the API has disabled a destination, every plan and every apply warns.
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
