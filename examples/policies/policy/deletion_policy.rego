# In production, the deletion policy of a destination is not "delete".
package talonic.policies.deletion_policy

import data.talonic.plan

deny contains message if {
	plan.production
	some resource in plan.destinations
	policy(resource.change) == "delete"
	message := sprintf(
		"%s would be deleted by a destroy or a replacement. Set deletion_policy to prevent, disable or abandon, or default_deletion_policy of the provider.",
		[resource.address],
	)
}

policy(change) := change.after.deletion_policy if is_string(change.after.deletion_policy)

else := "unknown" if change.after_unknown.deletion_policy

else := provider_default

# provider_default is "delete" unless every configuration of the provider shows something else. A provider's configuration shows
# literals and the variables of the root module.
default provider_default := "delete"

provider_default := "other" if {
	count(providers) > 0
	every provider in providers {
		constant(provider.expressions.default_deletion_policy) in {"abandon", "disable", "prevent"}
	}
}

providers := [provider |
	some provider in input.configuration.provider_config
	provider.name == "talonic"
]

constant(expression) := expression.constant_value

constant(expression) := input.variables[trim_prefix(expression.references[0], "var.")].value if {
	count(expression.references) == 1
}
