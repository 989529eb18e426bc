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

# Ephemeral, so that neither plan nor state stores the URL. Set it as
# TF_VAR_webhook_url, or from an ephemeral resource of your secret store.
variable "webhook_url" {
  description = "Incoming webhook, such as https://hooks.slack.com/services/..."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "talonic_delivery_destination" "chat" {
  name = "Chat channel"

  webhook {
    # url_wo instead of url, because anyone who has this URL can post to the channel.
    url_wo = var.webhook_url
  }
}
