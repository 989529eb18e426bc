# No policy can check a value that the plan does not show. These warnings tell reviewers which values to check.
package talonic.policies.unjudged

import data.talonic.plan

warn contains sprintf("%s has a %s that is known only after the apply. No policy has checked it.", [resource.address, argument]) if {
	some resource in plan.destinations
	some argument in ["deletion_policy", "payload_cap_bytes"]
	resource.change.after_unknown[argument] == true
}

warn contains sprintf("%s has a %s.%s that is known only after the apply. No policy has checked it.", [resource.address, block, argument]) if {
	some resource in plan.destinations
	some [block, argument] in [["webhook", "url"], ["s3", "public_read"], ["custom", "config"]]
	resource.change.after_unknown[block][_][argument] == true
}

warn contains sprintf("%s has a write-only URL, which no plan shows. No policy has checked it.", [resource.address]) if {
	some resource in plan.destinations
	some webhook in resource.change.after.webhook
	object.get(webhook, "url", "unknown") == null
}
