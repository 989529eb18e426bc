variable "sheets_refresh_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "talonic_delivery_destination" "ledger" {
  name = "Ledger"

  custom {
    type = "google_sheets"

    # The keys of config and auth_config are assumptions.
    config = jsonencode({ spreadsheet_id = "1ExampleSpreadsheetId0123456789abcdefghijklm" })
    auth_config_wo = jsonencode({
      type          = "oauth2"
      refresh_token = var.sheets_refresh_token
    })
  }
}
