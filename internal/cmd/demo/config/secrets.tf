# Every variable is a secret: ephemeral, so that Terraform keeps its value nowhere.

variable "webhook_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "webhook_signing_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "sftp_private_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "sftp_passphrase" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "s3_secret_access_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "azure_connection_string" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "google_refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "onedrive_access_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "sheets_refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "orders_secret_access_key" {
  type      = string
  sensitive = true
  ephemeral = true
}
