# Payload caps are within the bounds of settings.rego.
package talonic.policies.payload_cap

import data.talonic.plan
import data.talonic.settings

api_default := 5242880

deny contains message if {
	some resource in plan.destinations
	cap := effective(resource.change.after.payload_cap_bytes)
	outside(cap)
	message := sprintf(
		"%s has a payload cap of %s bytes. Set payload_cap_bytes between %d and %d.",
		[resource.address, format_int(cap, 10), settings.payload_cap_bytes.min, settings.payload_cap_bytes.max],
	)
}

effective(cap) := api_default if cap == null

else := cap

outside(cap) if cap < settings.payload_cap_bytes.min

outside(cap) if cap > settings.payload_cap_bytes.max
