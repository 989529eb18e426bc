data "talonic_delivery_deliverables" "all" {}

# What can be delivered when a document was extracted. What the catalog does not tell is null.
output "of_documents" {
  value = [
    for d in data.talonic_delivery_deliverables.all.deliverables : d.type
    if try(contains(d.compatible_signals, "document.extracted"), false)
  ]
}

# The columns of those that are records.
output "columns" {
  value = {
    for d in data.talonic_delivery_deliverables.all.deliverables :
    d.type => try(jsondecode(d.shape).columns[*].name, []) if d.shape_kind == "record"
  }
}
