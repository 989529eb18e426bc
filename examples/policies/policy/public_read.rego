# Delivered objects are not publicly readable.
package talonic.policies.public_read

import data.talonic.plan

deny contains sprintf("%s makes deliveries readable by everyone. Remove public_read.", [resource.address]) if {
	some resource in plan.destinations
	some settings in array.concat(resource.change.after.s3, plan.extra(resource))
	settings.public_read == true
}
