# Webhooks are signed, so that the receiver can verify that a delivery is from Talonic.
package talonic.policies.signed

import data.talonic.plan

deny contains sprintf("%s is not signed, as far as the plan shows. Set signing_secret_wo.", [resource.address]) if {
	some resource in plan.destinations
	resource.change.after.webhook != []
	object.get(resource.change.after, "has_signing_secret", null) != true
}
