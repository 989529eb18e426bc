resource "talonic_delivery_destination" "erp" {
  name = "Production Webhook"

  webhook {
    url = "https://api.example.com/ingest"
  }
}

resource "talonic_delivery_binding" "approved" {
  name              = "Approved results to the ERP"
  deliverable_type  = "pipeline.capture"
  serializer_format = "json"
  destination_id    = talonic_delivery_destination.erp.id

  signal_filter {
    event_type = "result.approved"
    match      = jsonencode({ source_id = "3f0d6a3c-8a43-4f0e-9a55-2be9015b0f6c" })
  }

  # The API first drops fields, then renames fields, then sets static ones.
  field_map {
    drop   = ["debug"]
    static = jsonencode({ origin = "talonic" })

    rule {
      source = "total"
      target = "amount"
    }
  }

  # Omitted arguments use the API defaults.
  delivery_policy {
    max_attempts     = 5
    backoff_schedule = [1000, 5000, 30000, 120000] # milliseconds

    rate_limit {
      rate_per_sec = 10
      capacity     = 20
    }
  }
}
