package connector

// All lists the connectors that the resource offers, in the order of the documentation. To add a connector, add a file and a line here.
var All = []Connector{
	Webhook,
	SFTP,
	S3,
	AzureBlob,
	GoogleDrive,
	OneDrive,
	Custom,
}

// For returns the connector for a type of the API. It returns [Custom] for a type without a block of its own.
func For(apiType string) Connector {
	for _, c := range All {
		if c.TypeArgument == "" && c.Name == apiType {
			return c
		}
	}
	return Custom
}
