package connector

// Custom describes the connector for types that have no block of their own.
var Custom = Connector{
	Name:         "custom",
	description:  "Connector of a type without its own block, such as `google_sheets`.",
	TypeArgument: "type",
	OtherKeys: jsonArgument{
		Name:        "config",
		description: "Complete `config` of the destination, as a JSON object (use `jsonencode`).",
		adoptsAll:   true,
	},
	AnyCredentials: "auth_config_wo",
}
