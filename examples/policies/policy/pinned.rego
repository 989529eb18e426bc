# In production, credentials are versioned: Terraform sends them only if the version changes, which reviewers see, and the state has no hash.
package talonic.policies.pinned

import data.talonic.plan

deny contains sprintf("%s has credentials that are not pinned. Set credentials_wo_version.", [resource.address]) if {
	plan.production
	some resource in plan.destinations
	some flag in ["has_auth_config", "has_signing_secret"]
	resource.change.after[flag] == true
	object.get(resource.change.after, "credentials_wo_version", "unknown") == null
}
