# Terraform identifies a destination or a binding by its key in the file. If you
# rename a key, add a moved block, so that Terraform does not delete the object.
# Keep the block until every workspace has applied it.
moved {
  from = talonic_delivery_destination.this["intake"]
  to   = talonic_delivery_destination.this["erp"]
}

moved {
  from = talonic_delivery_binding.this["intake"]
  to   = talonic_delivery_binding.this["erp_approved"]
}
