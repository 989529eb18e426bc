resource "talonic_delivery_destination" "reports" {
  name      = "Reports"
  is_active = false # delivers nothing until this is true

  onedrive {
    folder_path = "/Reports/Talonic"

    auth_oauth {
      access_token_wo = var.onedrive_access_token
    }
  }
}
