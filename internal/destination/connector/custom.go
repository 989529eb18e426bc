package connector

// Custom serves the connector types that have no block of their own.
var Custom = Connector{
	Name:         "custom",
	description:  "Any connector type that has no block of its own here, such as `google_sheets`.",
	TypeArgument: "type",
	OtherKeys: jsonArgument{
		Name:        "config",
		description: "The destination's `config`, as a JSON object (use `jsonencode`).",
		adoptsAll:   true,
	},
	AnyCredentials: "auth_config_wo",
}
