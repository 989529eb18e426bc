resource "talonic_delivery_destination" "lake" {
  name = "Data lake"

  azure_blob {
    account_name = "exampledatalake"
    container    = "talonic-inbox"

    auth_connection_string {
      connection_string_wo = var.azure_connection_string
    }
  }
}
