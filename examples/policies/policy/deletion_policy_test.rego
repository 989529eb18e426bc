package talonic.policies.deletion_policy_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.deletion_policy

plan_with(policy, default_expressions) := object.union(
	fixtures.plan([fixtures.creates({"deletion_policy": policy})]),
	{
		"variables": {"policy": {"value": "prevent"}, "bad": {"value": "delete"}},
		"configuration": {"provider_config": {key: {"name": "talonic", "expressions": expressions} | some key, expressions in default_expressions}},
	},
)

constant(value) := {"default_deletion_policy": {"constant_value": value}}

variable(name) := {"default_deletion_policy": {"references": [sprintf("var.%s", [name])]}}

denied(policy, expressions) if count(deletion_policy.deny) == 1 with input as plan_with(policy, expressions)

test_policies_of_resources if {
	denied("delete", {"talonic": constant("prevent")})
	not denied("prevent", {"talonic": {}})
	not denied("disable", {"talonic": {}})
	not denied("abandon", {"talonic": {}})
}

test_default_of_the_provider_counts if {
	denied(null, {})
	denied(null, {"talonic": {}})
	denied(null, {"talonic": constant("delete")})
	not denied(null, {"talonic": constant("disable")})
	not denied(null, {"talonic": variable("policy")})
	denied(null, {"talonic": variable("bad")})
	denied(null, {"talonic": variable("unknown")})
	denied(null, {"talonic": {"default_deletion_policy": {"references": ["var.policy", "var.bad"]}}})
	denied(null, {"talonic": constant("prevent"), "talonic.other": {}})
	not denied(null, {"talonic": constant("prevent"), "talonic.other": constant("abandon")})
}

test_other_workspaces_pass if {
	count(deletion_policy.deny) == 0 with input as plan_with("delete", {}) with data.review as {"workspace": "dev"}
}

test_policy_known_after_apply_passes if {
	change := object.union(fixtures.creates({}), {"change": {"after_unknown": {"deletion_policy": true}}})
	count(deletion_policy.deny) == 0 with input as fixtures.plan([change])
}

test_other_providers_do_not_count if {
	plan := plan_with(null, {"talonic": constant("prevent")})
	other := {"configuration": {"provider_config": {"aws": {"name": "aws", "expressions": {}}}}}
	count(deletion_policy.deny) == 0 with input as object.union(plan, other)
}
