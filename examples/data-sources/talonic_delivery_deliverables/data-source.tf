data "talonic_delivery_deliverables" "all" {}

# Deliverables that the API builds from extracted documents. Attributes that the catalog does not contain are null.
output "of_documents" {
  value = [
    for d in data.talonic_delivery_deliverables.all.deliverables : d.type
    if try(contains(d.compatible_signals, "document.extracted"), false)
  ]
}

# Columns of the deliverables that are records.
output "columns" {
  value = {
    for d in data.talonic_delivery_deliverables.all.deliverables :
    d.type => try(jsondecode(d.shape).columns[*].name, []) if d.shape_kind == "record"
  }
}
