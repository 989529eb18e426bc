terraform {
  required_providers {
    restapi   = { source = "Mastercard/restapi" }
    restful   = { source = "magodo/restful" }
    terracurl = { source = "devops-rob/terracurl" }
  }
}

variable "url" {}

locals {
  headers = { Authorization = "Bearer tlnc_emulator", "Content-Type" = "application/json" }
  auth    = { type = "bearer", token = "fakeTokenOfGenericProviders", signing_secret = "whsec_fakeSecretOfGenericProviders" }
  destination = {
    name   = "Production Webhook"
    type   = "webhook"
    config = { url = "https://erp.example.com/hooks/talonic", headers = { "X-Source" = "talonic" } }
  }
}

provider "restapi" {
  uri                  = var.url
  write_returns_object = true
  headers              = local.headers
}

provider "restful" {
  base_url = var.url
  header   = local.headers
  security = {}
}

provider "terracurl" {}

resource "restapi_object" "destination" {
  path                    = "/v1/delivery/destinations"
  data                    = jsonencode(merge(local.destination, { auth_config = local.auth }))
  ignore_server_additions = true
}

resource "restapi_object" "binding" {
  path = "/v1/delivery/bindings"
  data = jsonencode({
    name              = "Extracted"
    destination_id    = restapi_object.destination.id
    deliverable_type  = "pipeline.capture"
    serializer_format = "json"
    signal_filter     = { event_type = "document.extracted" }
  })
  ignore_server_additions = true
}

resource "restful_resource" "destination" {
  path             = "/v1/delivery/destinations"
  read_path        = "$(path)/$(body.id)"
  update_method    = "PUT"
  body             = merge(local.destination, { auth_config = local.auth })
  write_only_attrs = ["auth_config"]
}

resource "restful_resource" "ephemeral" {
  path           = "/v1/delivery/destinations"
  read_path      = "$(path)/$(body.id)"
  update_method  = "PUT"
  body           = local.destination
  ephemeral_body = { auth_config = local.auth }
}

resource "terracurl_request" "destination" {
  name           = "destination"
  url            = "${var.url}/v1/delivery/destinations"
  method         = "POST"
  headers        = local.headers
  request_body   = jsonencode(merge(local.destination, { auth_config = local.auth }))
  response_codes = ["201"]
}
