resource "talonic_delivery_destination" "contracts" {
  name = "Contracts"

  google_drive {
    folder_id = "1AbCdEfGhIjKlMnOpQrStUvWxYz012345"

    auth_oauth {
      refresh_token_wo = var.google_refresh_token
    }
  }
}
