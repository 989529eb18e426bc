# What conftest and OPA ask: the verdicts of all policies. A file that is added beside the others takes part without an edit here, and
# one that is removed no longer does.
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

# An input that is not a plan has nothing to refuse in it, which must not look like approval.
deny contains "The input is not a plan. Use the output of terraform show -json for a saved plan." if not input.planned_values

deny contains "The plan has errors, so it does not show every change." if input.errored
