resource "talonic_delivery_destination" "bank" {
  name = "Bank statements"

  sftp {
    host              = "sftp.example.com"
    username          = "talonic"
    remote_path       = "/incoming"
    filename_template = "statement_{date}_{event_id}"

    auth_private_key {
      private_key_wo = var.sftp_private_key
      passphrase_wo  = var.sftp_passphrase
    }
  }
}
