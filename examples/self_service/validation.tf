# Finds every mistake in the file. The messages do not require knowledge of
# Terraform.
locals {
  # Allowed keys of each part of the file. A "!" marks a required key.
  keys = {
    "destination" = {
      name                = "text!"
      is_active           = "flag"
      payload_cap_bytes   = "number"
      credentials_version = "number"
      deletion_policy     = "text"
      webhook             = "part"
      sftp                = "part"
      s3                  = "part"
      azure_blob          = "part"
      google_drive        = "part"
      onedrive            = "part"
      custom              = "part"
    }

    "destination.webhook" = {
      url                 = "text"
      url_from            = "secret"
      headers             = "texts by key"
      additional_config   = "part"
      signing_secret_from = "secret"
      auth_bearer         = "part"
      auth_basic          = "part"
      auth_api_key        = "part"
    }
    "destination.webhook.auth_bearer"  = { token_from = "secret!" }
    "destination.webhook.auth_basic"   = { username = "text", password_from = "secret" }
    "destination.webhook.auth_api_key" = { header_name = "text", api_key_from = "secret!" }

    "destination.sftp" = {
      host              = "text!"
      port              = "number"
      username          = "text!"
      remote_path       = "text!"
      filename_template = "text"
      timeout_ms        = "number"
      additional_config = "part"
      auth_password     = "part"
      auth_private_key  = "part"
    }
    "destination.sftp.auth_password"    = { password_from = "secret!" }
    "destination.sftp.auth_private_key" = { private_key_from = "secret!", passphrase_from = "secret" }

    "destination.s3" = {
      bucket            = "text!"
      region            = "text!"
      key_template      = "text"
      public_read       = "flag"
      additional_config = "part"
      auth_access_key   = "part!"
    }
    "destination.s3.auth_access_key" = {
      access_key_id          = "text!"
      secret_access_key_from = "secret!"
      session_token_from     = "secret"
    }

    "destination.azure_blob" = {
      account_name           = "text!"
      container              = "text!"
      blob_key_template      = "text"
      additional_config      = "part"
      auth_account_key       = "part"
      auth_connection_string = "part"
    }
    "destination.azure_blob.auth_account_key"       = { account_key_from = "secret!" }
    "destination.azure_blob.auth_connection_string" = { connection_string_from = "secret!" }

    "destination.google_drive" = {
      folder_id         = "text"
      filename_template = "text"
      additional_config = "part"
      auth_oauth        = "part"
    }
    "destination.google_drive.auth_oauth" = local.oauth

    "destination.onedrive" = {
      drive_id          = "text"
      folder_path       = "text"
      filename_template = "text"
      additional_config = "part"
      auth_oauth        = "part"
    }
    "destination.onedrive.auth_oauth" = local.oauth

    "destination.custom" = {
      type             = "text!"
      config           = "part"
      auth_config_from = "secret"
    }

    "binding" = {
      name              = "text!"
      is_active         = "flag"
      destination       = "text!"
      deliverable_type  = "text!"
      serializer_format = "text!"
      serializer_config = "part"
      resolver_config   = "part"
      signal_filter     = "part!"
      field_map         = "part"
      delivery_policy   = "part"
    }
    "binding.signal_filter"              = { event_type = "text!", match = "part" }
    "binding.field_map"                  = { rules = "parts", static = "part", drop = "texts" }
    "binding.field_map.rules"            = { source = "text!", target = "text!" }
    "binding.delivery_policy"            = { max_attempts = "number", backoff_schedule = "numbers", timeout_ms = "number", rate_limit = "part" }
    "binding.delivery_policy.rate_limit" = { rate_per_sec = "number!", capacity = "number!" }
  }

  oauth = {
    type                        = "text"
    expires_at                  = "text"
    access_token_from           = "secret"
    refresh_token_from          = "secret"
    additional_auth_config_from = "secret"
  }

  # Descriptions of the types, for messages about a value of a wrong type.
  kinds = {
    "text"         = "must be a text"
    "flag"         = "must be true or false"
    "number"       = "must be a number"
    "texts"        = "must be a list of texts"
    "numbers"      = "must be a list of numbers"
    "texts by key" = "must have keys with a text each, indented below it"
    "part"         = "must have keys, indented below it"
    "parts"        = "must be a list whose entries have keys"
    "secret"       = "must be the name of a secret (small letters, digits and _), not the secret itself"
  }

  # Each key as often as the file contains it, because yamldecode keeps only the last of several equal keys.
  written = { for match in regexall("(?m)^  ['\"]?([^'\" #:]+)['\"]?:", file(var.file)) : match[0] => true... }

  names = { for part in local.entries : "${part.at} ${part.value.name}" => part.key... if try(length(tostring(part.value.name)) > 0, false) }

  connectors = [for key in keys(local.keys.destination) : key if contains(keys(local.keys), "destination.${key}")]

  # The entries, their parts, and the parts of these parts: each with its row in the table above, its name in messages, and its
  # keys.
  entries = concat(
    [for key, value in local.destinations : { entry = "destination ${key}", at = "destination", label = "", value = value, key = key }],
    [for key, value in local.bindings : { entry = "binding ${key}", at = "binding", label = "", value = value, key = key }],
  )
  parts = flatten([
    for part in local.entries : [
      for key, value in part.value : { entry = part.entry, at = "${part.at}.${key}", label = "${key}.", value = value }
      if contains(keys(local.keys), "${part.at}.${key}")
    ] if can(keys(part.value))
  ])
  parts_of_parts = flatten([
    for part in local.parts : [
      for key, values in part.value : [
        for value in flatten([values]) : { entry = part.entry, at = "${part.at}.${key}", label = "${part.label}${key}.", value = value }
      ] if contains(keys(local.keys), "${part.at}.${key}")
    ] if can(keys(part.value))
  ])
  all_parts = [for part in concat(local.entries, local.parts, local.parts_of_parts) : part if can(keys(part.value))]

  # Every value of a key in the table above, with its required type.
  values = flatten([
    for part in local.all_parts : [
      for key, value in part.value : {
        entry = part.entry
        key   = "${part.label}${key}"
        kind  = trimsuffix(local.keys[part.at][key], "!")
        value = value
      } if contains(keys(local.keys[part.at]), key)
    ]
  ])
  wrong_values = [
    for item in local.values : item
    if !{
      "text"         = try(length(tostring(item.value)) > 0, false)
      "flag"         = try(tobool(item.value) != null, false)
      "number"       = try(tonumber(item.value) != null, false)
      "texts"        = try(length([for text in item.value : tostring(text)]) > 0 && !can(keys(item.value)), false)
      "numbers"      = try(length([for number in item.value : tonumber(number)]) > 0 && !can(keys(item.value)), false)
      "texts by key" = try(length([for text in values(item.value) : tostring(text)]) >= 0, false)
      "part"         = can(keys(item.value))
      "parts"        = try(length([for part in item.value : keys(part)]) > 0 && !can(keys(item.value)), false)
      "secret"       = can(regex("^[a-z][a-z0-9_]*$", item.value))
    }[item.kind]
  ]

  # The mistakes by entry, such as "destination erp".
  mistakes = {
    for mistake in concat(
      [
        for part in local.entries : { entry = part.entry, text = "The entry must have keys, indented below it." }
        if !can(keys(part.value))
      ],
      [
        for part in local.entries : { entry = part.entry, text = "The key of the entry occurs twice." }
        if length(try(local.written[part.key], [])) > length([for all in [keys(local.destinations), keys(local.bindings)] : all if contains(all, part.key)])
      ],
      flatten([
        for part in local.all_parts : [
          for key in keys(part.value) : {
            entry = part.entry
            text  = "Unknown key \"${part.label}${key}\". Allowed: ${join(", ", keys(local.keys[part.at]))}."
          } if !contains(keys(local.keys[part.at]), key)
        ]
      ]),
      flatten([
        for part in local.all_parts : [
          for key, kind in local.keys[part.at] : { entry = part.entry, text = "Missing key \"${part.label}${key}\"." }
          if endswith(kind, "!") && !contains(keys(part.value), key)
        ]
      ]),
      [for item in local.wrong_values : { entry = item.entry, text = "\"${item.key}\" ${local.kinds[item.kind]}." }],
      [
        for part in local.all_parts : { entry = part.entry, text = "The entry must have exactly one of: ${join(", ", local.connectors)}." }
        if part.at == "destination" && length(setintersection(keys(part.value), local.connectors)) != 1
      ],
      [
        for part in local.all_parts : { entry = part.entry, text = "\"webhook\" must have exactly one of: url, url_from." }
        if part.at == "destination.webhook" && length(setintersection(keys(part.value), ["url", "url_from"])) != 1
      ],
      [
        for part in local.entries : { entry = part.entry, text = "Another ${part.at} has the same name." }
        if length(try(local.names["${part.at} ${part.value.name}"], [])) > 1
      ],
      [
        for part in local.entries : { entry = part.entry, text = "There is no destination \"${part.value.destination}\"." }
        if part.at == "binding" && try(length(tostring(part.value.destination)) > 0 && !contains(keys(local.destinations), part.value.destination), false)
      ],
    ) : mistake.entry => "  - ${mistake.text}"...
  }

  # The names of secrets of each destination, with their keys.
  secrets = {
    for item in local.values : trimprefix(item.entry, "destination ") => item...
    if item.kind == "secret" && !contains(local.wrong_values, item)
  }
}
