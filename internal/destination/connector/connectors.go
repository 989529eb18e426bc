package connector

// Connectors are all that the resource offers, in the order of the documentation. A new one is its file and a line here.
var Connectors = []Connector{
	Webhook,
	Sftp,
	S3,
	AzureBlob,
	GoogleDrive,
	oneDrive,
	Custom,
}

// ConnectorFor finds the connector that serves a type of the API. A type without a block of its own is served by custom.
func ConnectorFor(apiType string) Connector {
	for _, c := range Connectors {
		if c.TypeArgument == "" && c.Name == apiType {
			return c
		}
	}
	return Custom
}
