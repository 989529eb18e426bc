# A key of the file is how Terraform recognizes a destination or a binding.
# Whoever renames a key says so here, and nothing is deleted. Keep the block
# until every workspace has applied it.
moved {
  from = talonic_delivery_destination.this["intake"]
  to   = talonic_delivery_destination.this["erp"]
}

moved {
  from = talonic_delivery_binding.this["intake"]
  to   = talonic_delivery_binding.this["erp_approved"]
}
