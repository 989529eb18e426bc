terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    talonic = {
      source  = "talonicdev/talonic"
      version = "~> 1.0"
    }
  }
}

# The API key comes from the environment variable TALONIC_API_KEY, which keeps
# it out of files.
provider "talonic" {
  max_retries = 6 # every other argument has a default, too
}
