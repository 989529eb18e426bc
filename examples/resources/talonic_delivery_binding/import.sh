# By its ID, a UUID, which the API and the dashboard show:
terraform import talonic_delivery_binding.approved a1b2c3d4-e5f6-7890-abcd-ef1234567890

# By its exact name, if no other binding has the same:
terraform import talonic_delivery_binding.approved "Approved results to the ERP"
