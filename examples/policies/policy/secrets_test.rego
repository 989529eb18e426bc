package talonic.policies.secrets_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.secrets

resource(token) := {
	"address": "talonic_delivery_destination.a",
	"mode": "managed",
	"type": "talonic_delivery_destination",
	"expressions": {
		"credentials_wo_version": {"constant_value": 1},
		"webhook": [{"url": {"constant_value": "https://a.example.com"}, "auth_bearer": [{"token_wo": token}]}],
	},
}

plan_with(module) := object.union(fixtures.plan([]), {
	"configuration": {"root_module": module},
	"variables": {"ephemeral": {"value": null}, "sensitive": {"value": "x"}},
})

in_root(token) := plan_with({"resources": [resource(token)]})

test_literal_is_denied if {
	secrets.deny == {concat(" ", [
		"talonic_delivery_destination.a has the literal value of token_wo in its configuration, which plans show.",
		"Use an ephemeral variable.",
	])} with input as in_root({"constant_value": "x"})
}

test_literal_in_a_module_is_denied if {
	module := {"module_calls": {"m": {"module": {"resources": [resource({"constant_value": "x"})]}}}}
	count(secrets.deny) == 1 with input as plan_with(module)
}

test_variable_in_the_plan_is_denied if {
	secrets.deny == {concat(" ", [
		"talonic_delivery_destination.a takes token_wo from var.sensitive, whose value is in the plan.",
		"Declare the variable as ephemeral, without a default.",
	])} with input as in_root({"references": ["var.sensitive"]})
}

test_ephemeral_variable_passes if count(secrets.deny) == 0 with input as in_root({"references": ["var.ephemeral"]})

test_null_passes if count(secrets.deny) == 0 with input as in_root({"constant_value": null})

test_other_providers_pass if {
	every token in [{"constant_value": "x"}, {"references": ["var.sensitive"]}] {
		other := object.union(resource(token), {"type": "other"})
		count(secrets.deny) == 0 with input as plan_with({"resources": [other]})
	}
}

test_other_arguments_pass if {
	other := object.union(resource({}), {"expressions": {"name": {"references": ["var.sensitive"]}}})
	count(secrets.deny) == 0 with input as plan_with({"resources": [other]})
}
