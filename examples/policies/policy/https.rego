# Destinations receive deliveries over https only.
package talonic.policies.https

import data.talonic.plan

deny contains sprintf("%s delivers to a URL that is not encrypted. Use https.", [resource.address]) if {
	some resource in plan.destinations
	some url in plan.urls(resource)
	not startswith(lower(url), "https://")
}
