# A destination that has bindings is not deleted or replaced without approval, because the API also deletes its bindings.
package talonic.policies.destroy

import data.talonic.plan
import data.talonic.settings

deny contains message if {
	some resource in plan.deleted
	object.get(resource.change.before, "deletion_policy", null) != "abandon"
	lost := [binding.address | some binding in plan.bindings; binding.destination_id == resource.change.before.id]
	lost != []
	not plan.approved
	message := sprintf(
		"%s is %s although it has bindings: %s. To allow it, give the pull request the label %s.",
		[resource.address, what(resource), concat(", ", lost), settings.approval_label],
	)
}

what(resource) := "replaced" if "create" in resource.change.actions

else := "deleted"
