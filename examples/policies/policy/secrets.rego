# Plans do not contain secrets. A plan has no values of write-only arguments, but its configuration shows their expressions.
package talonic.policies.secrets

import data.talonic.plan

deny contains message if {
	some resource in plan.managed
	some [name, expression] in write_only(resource)
	not object.get(expression, "constant_value", null) in {null, ""}
	message := sprintf(
		"%s has the literal value of %s in its configuration, which plans show. Use an ephemeral variable.",
		[resource.address, name],
	)
}

# The plan contains the value of a root module variable, unless the variable is ephemeral and has no default.
deny contains message if {
	some resource in input.configuration.root_module.resources
	resource in plan.managed
	some [name, expression] in write_only(resource)
	some reference in expression.references
	not object.get(input.variables, [trim_prefix(reference, "var."), "value"], null) in {null, ""}
	message := sprintf(
		"%s takes %s from %s, whose value is in the plan. Declare the variable as ephemeral, without a default.",
		[resource.address, name, reference],
	)
}

write_only(resource) := [[path[count(path) - 1], expression] |
	walk(resource.expressions, [path, expression])
	is_object(expression)
	endswith(path[count(path) - 1], "_wo")
]
