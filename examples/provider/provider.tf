terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    talonic = {
      source  = "talonicdev/talonic"
      version = "~> 1.0"
    }
  }
}

# The environment variable TALONIC_API_KEY keeps the API key out of your files.
provider "talonic" {
  max_retries = 6 # optional, like every argument of this block
}
