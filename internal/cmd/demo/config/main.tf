terraform {
  required_version = ">= 1.11"

  required_providers {
    talonic = {
      source  = "talonicdev/talonic"
      version = "~> 1.0"
    }
  }
}

provider "talonic" {}
