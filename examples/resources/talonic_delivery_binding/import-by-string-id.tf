import {
  to = talonic_delivery_binding.approved
  id = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
}
