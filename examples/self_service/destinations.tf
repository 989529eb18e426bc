resource "talonic_delivery_destination" "this" {
  for_each = local.destinations

  name                   = each.value.name
  is_active              = try(each.value.is_active, null)
  payload_cap_bytes      = try(each.value.payload_cap_bytes, null)
  credentials_wo_version = try(each.value.credentials_version, null)
  deletion_policy        = try(each.value.deletion_policy, null)

  dynamic "webhook" {
    for_each = try([each.value.webhook], [])

    content {
      url               = try(webhook.value.url, null)
      url_wo            = try(local.given[webhook.value.url_from], null)
      headers           = try(webhook.value.headers, null)
      additional_config = try(jsonencode(webhook.value.additional_config), null)
      signing_secret_wo = try(local.given[webhook.value.signing_secret_from], null)

      dynamic "auth_bearer" {
        for_each = try([webhook.value.auth_bearer], [])

        content {
          token_wo = try(local.given[auth_bearer.value.token_from], null)
        }
      }

      dynamic "auth_basic" {
        for_each = try([webhook.value.auth_basic], [])

        content {
          username    = try(auth_basic.value.username, null)
          password_wo = try(local.given[auth_basic.value.password_from], null)
        }
      }

      dynamic "auth_api_key" {
        for_each = try([webhook.value.auth_api_key], [])

        content {
          header_name = try(auth_api_key.value.header_name, null)
          api_key_wo  = try(local.given[auth_api_key.value.api_key_from], null)
        }
      }
    }
  }

  dynamic "sftp" {
    for_each = try([each.value.sftp], [])

    content {
      host              = sftp.value.host
      port              = try(sftp.value.port, null)
      username          = sftp.value.username
      remote_path       = sftp.value.remote_path
      filename_template = try(sftp.value.filename_template, null)
      timeout_ms        = try(sftp.value.timeout_ms, null)
      additional_config = try(jsonencode(sftp.value.additional_config), null)

      dynamic "auth_password" {
        for_each = try([sftp.value.auth_password], [])

        content {
          password_wo = try(local.given[auth_password.value.password_from], null)
        }
      }

      dynamic "auth_private_key" {
        for_each = try([sftp.value.auth_private_key], [])

        content {
          private_key_wo = try(local.given[auth_private_key.value.private_key_from], null)
          passphrase_wo  = try(local.given[auth_private_key.value.passphrase_from], null)
        }
      }
    }
  }

  dynamic "s3" {
    for_each = try([each.value.s3], [])

    content {
      bucket            = s3.value.bucket
      region            = s3.value.region
      key_template      = try(s3.value.key_template, null)
      public_read       = try(s3.value.public_read, null)
      additional_config = try(jsonencode(s3.value.additional_config), null)

      dynamic "auth_access_key" {
        for_each = try([s3.value.auth_access_key], [])

        content {
          access_key_id        = auth_access_key.value.access_key_id
          secret_access_key_wo = try(local.given[auth_access_key.value.secret_access_key_from], null)
          session_token_wo     = try(local.given[auth_access_key.value.session_token_from], null)
        }
      }
    }
  }

  dynamic "azure_blob" {
    for_each = try([each.value.azure_blob], [])

    content {
      account_name      = azure_blob.value.account_name
      container         = azure_blob.value.container
      blob_key_template = try(azure_blob.value.blob_key_template, null)
      additional_config = try(jsonencode(azure_blob.value.additional_config), null)

      dynamic "auth_account_key" {
        for_each = try([azure_blob.value.auth_account_key], [])

        content {
          account_key_wo = try(local.given[auth_account_key.value.account_key_from], null)
        }
      }

      dynamic "auth_connection_string" {
        for_each = try([azure_blob.value.auth_connection_string], [])

        content {
          connection_string_wo = try(local.given[auth_connection_string.value.connection_string_from], null)
        }
      }
    }
  }

  dynamic "google_drive" {
    for_each = try([each.value.google_drive], [])

    content {
      folder_id         = try(google_drive.value.folder_id, null)
      filename_template = try(google_drive.value.filename_template, null)
      additional_config = try(jsonencode(google_drive.value.additional_config), null)

      dynamic "auth_oauth" {
        for_each = try([google_drive.value.auth_oauth], [])

        content {
          type                      = try(auth_oauth.value.type, null)
          expires_at                = try(auth_oauth.value.expires_at, null)
          access_token_wo           = try(local.given[auth_oauth.value.access_token_from], null)
          refresh_token_wo          = try(local.given[auth_oauth.value.refresh_token_from], null)
          additional_auth_config_wo = try(local.given[auth_oauth.value.additional_auth_config_from], null)
        }
      }
    }
  }

  dynamic "onedrive" {
    for_each = try([each.value.onedrive], [])

    content {
      drive_id          = try(onedrive.value.drive_id, null)
      folder_path       = try(onedrive.value.folder_path, null)
      filename_template = try(onedrive.value.filename_template, null)
      additional_config = try(jsonencode(onedrive.value.additional_config), null)

      dynamic "auth_oauth" {
        for_each = try([onedrive.value.auth_oauth], [])

        content {
          type                      = try(auth_oauth.value.type, null)
          expires_at                = try(auth_oauth.value.expires_at, null)
          access_token_wo           = try(local.given[auth_oauth.value.access_token_from], null)
          refresh_token_wo          = try(local.given[auth_oauth.value.refresh_token_from], null)
          additional_auth_config_wo = try(local.given[auth_oauth.value.additional_auth_config_from], null)
        }
      }
    }
  }

  dynamic "custom" {
    for_each = try([each.value.custom], [])

    content {
      type           = custom.value.type
      config         = try(jsonencode(custom.value.config), null)
      auth_config_wo = try(local.given[custom.value.auth_config_from], null)
    }
  }

  lifecycle {
    precondition {
      condition     = !contains(keys(local.mistakes), "destination ${each.key}")
      error_message = "Please correct the destination \"${each.key}\" in ${var.file}:\n\n${join("\n", try(local.mistakes["destination ${each.key}"], []))}"
    }

    # The message omits the names, because a user may have written the secret itself.
    precondition {
      condition     = alltrue([for item in try(local.secrets[each.key], []) : contains(keys(local.given), item.value)])
      error_message = "The destination \"${each.key}\" in ${var.file} names a secret that is not set. Please compare the names in ${join(", ", [for item in try(local.secrets[each.key], []) : item.key])} with those in your secret store."
    }
  }
}
