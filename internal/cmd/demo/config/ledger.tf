resource "talonic_delivery_destination" "ledger" {
  name = "Ledger"

  custom {
    type   = "google_sheets"
    config = jsonencode({ spreadsheet_id = "1ExampleSpreadsheetId0123456789" })
    auth_config_wo = jsonencode({
      type          = "oauth2"
      refresh_token = var.sheets_refresh_token
    })
  }
}
