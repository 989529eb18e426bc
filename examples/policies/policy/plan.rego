# Facts that the policies read from the review and from a plan, as printed by `terraform show -json` or `tofu show -json`.
package talonic.plan

import data.talonic.settings

# destinations are the destinations that exist after the apply, including unchanged ones.
destinations contains resource if {
	some resource in input.resource_changes
	resource.mode == "managed"
	resource.type == "talonic_delivery_destination"
	is_object(resource.change.after)
}

# deleted are the destinations that the apply deletes or replaces. A destination that is only removed from state is not deleted.
deleted contains resource if {
	some resource in input.resource_changes
	resource.mode == "managed"
	resource.type == "talonic_delivery_destination"
	"delete" in resource.change.actions
}

# bindings are the bindings in state, and the bindings that a data source has read.
bindings contains {"address": resource.address, "destination_id": resource.values.destination_id} if {
	walk(input.prior_state, [_, resource])
	resource.type == "talonic_delivery_binding"
}

bindings contains {"address": sprintf("%s (%s)", [binding.name, resource.address]), "destination_id": binding.destination_id} if {
	walk(input.prior_state, [_, resource])
	resource.type == "talonic_delivery_bindings"
	some binding in resource.values.bindings
}

# managed are the resources of the provider in the configuration, in every module.
managed contains resource if {
	walk(input.configuration.root_module, [_, resource])
	resource.mode == "managed"
	startswith(resource.type, "talonic_")
}

# urls are the URLs of a destination that the plan shows.
urls(resource) := array.concat(
	[block.url | some block in resource.change.after.webhook; is_string(block.url)],
	[value | walk(extra(resource), [_, value]); is_string(value); regex.match(`^(?i)https?:`, value)],
)

# extra are the settings of a destination in JSON arguments: config of custom, and additional_config.
extra(resource) := [decoded |
	some blocks in resource.change.after
	is_array(blocks)
	some block in blocks
	some key in ["config", "additional_config"]
	is_string(block[key])
	json.is_valid(block[key])
	decoded := json.unmarshal(block[key])
]

# production reports whether the policies for production apply. They also apply if the review does not name a workspace.
default production := true

production := false if {
	is_string(data.review.workspace)
	not matches_production(data.review.workspace)
}

matches_production(workspace) if {
	some pattern in settings.production_workspaces
	glob.match(pattern, null, workspace)
}

# approved reports whether the pull request has the label that allows to delete destinations that have bindings.
approved if settings.approval_label in data.review.labels
