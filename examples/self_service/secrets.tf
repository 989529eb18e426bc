# Ephemeral, so that neither plan nor state stores the values. Set it as
# TF_VAR_secrets='{"erp_token":"..."}', or from an ephemeral resource of your
# secret store.
variable "secrets" {
  type        = map(string)
  description = "Secrets by the names that the file uses."
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = length(var.secrets) > 0 || var.placeholders || length(local.secrets) == 0
    error_message = "No secrets were given, although ${var.file} names some."
  }
}

# For plans of pull requests: entries with a credentials_version, including new
# entries, then need no secret. The API key of that job can only read.
variable "placeholders" {
  type        = bool
  description = "Whether a placeholder stands for each secret that is not given. Nothing can be applied then."
  default     = false
  nullable    = false
  ephemeral   = true

  validation {
    condition     = !(var.placeholders && terraform.applying)
    error_message = "Plans with placeholders cannot be applied, because the placeholders would be sent. Give the secrets, and set placeholders to false."
  }
}

locals {
  # The secrets, and placeholders for missing secrets.
  given = merge({ for name, texts in local.placeholders : name => texts[0] if var.placeholders }, var.secrets)

  # Placeholders in forms that the provider accepts.
  placeholders = {
    for item in flatten(values(local.secrets)) : item.value => lookup({
      url_from                    = "https://placeholder.invalid"
      private_key_from            = "-----BEGIN PRIVATE KEY-----\nplaceholder\n-----END PRIVATE KEY-----\n"
      account_key_from            = base64encode("placeholder")
      connection_string_from      = "AccountName=placeholder;AccountKey=${base64encode("placeholder")}"
      auth_config_from            = jsonencode({ type = "placeholder" })
      additional_auth_config_from = jsonencode({ placeholder = "placeholder" })
    }, reverse(split(".", item.key))[0], "placeholder")...
  }
}
