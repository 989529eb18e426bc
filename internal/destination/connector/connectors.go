package connector

// All are all that the resource offers, in the order of the documentation. A new one is its file and a line here.
var All = []Connector{
	Webhook,
	Sftp,
	S3,
	AzureBlob,
	GoogleDrive,
	oneDrive,
	Custom,
}

// For finds the connector that serves a type of the API. A type without a block of its own is served by custom.
func For(apiType string) Connector {
	for _, c := range All {
		if c.TypeArgument == "" && c.Name == apiType {
			return c
		}
	}
	return Custom
}
