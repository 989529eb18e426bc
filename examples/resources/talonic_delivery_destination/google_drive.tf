variable "refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "contracts" {
  name = "Contracts"

  google_drive {
    folder_id         = "1AbCdEfGhIjKlMnOpQrStUvWxYz012345"
    filename_template = "{date}_{event_id}"

    # Omit the block if the consent was granted in the dashboard.
    auth_oauth {
      refresh_token_wo = var.refresh_token
    }
  }
}
