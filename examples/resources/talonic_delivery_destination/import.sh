# By the ID, a UUID that the API and the dashboard show
terraform import talonic_delivery_destination.erp a1b2c3d4-e5f6-7890-abcd-ef1234567890

# By the exact name, if the name is unique
terraform import talonic_delivery_destination.erp "Production Webhook"
