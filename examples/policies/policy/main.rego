# Collects the verdicts of all policies for conftest and OPA. You can add and remove policy files without editing this file.
package main

deny contains message if {
	some policy
	some problem in data.talonic.policies[policy].deny
	message := sprintf("%s [%s]", [problem, policy])
}

warn contains message if {
	some policy
	some problem in data.talonic.policies[policy].warn
	message := sprintf("%s [%s]", [problem, policy])
}

# An input that is not a plan must not look like an approved plan.
deny contains "The input is not a plan. Use the output of terraform show -json for a saved plan." if not input.planned_values

deny contains "The plan has errors, so it does not show every change." if input.errored
