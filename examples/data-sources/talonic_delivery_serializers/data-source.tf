data "talonic_delivery_serializers" "all" {}

# Wire formats for records. Attributes that the catalog does not contain are null.
output "record_formats" {
  value = [
    for s in data.talonic_delivery_serializers.all.serializers : s.format
    if try(contains(s.supports_kinds, "record"), false)
  ]
}
