package destination

// custom serves the connector types that have no block of their own.
var custom = connector{
	name:         "custom",
	description:  "Any connector type that has no block of its own here, such as `google_sheets`.",
	typeArgument: "type",
	otherKeys: jsonArgument{
		name:        "config",
		description: "The destination's `config`, as a JSON object (use `jsonencode`).",
		adoptsAll:   true,
	},
	anyCredentials: "auth_config_wo",
}
