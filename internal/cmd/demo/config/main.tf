terraform {
  required_version = ">= 1.11"

  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}

provider "talonic" {}
