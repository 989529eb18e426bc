package destination

// connectors are all that the resource offers, in the order of the documentation. A new one is its file and a line here.
var connectors = []connector{
	webhook,
	sftp,
	s3,
	azureBlob,
	googleDrive,
	oneDrive,
	custom,
}

// connectorFor finds the connector that serves a type of the API. A type without a block of its own is served by custom.
func connectorFor(apiType string) connector {
	for _, c := range connectors {
		if c.typeArgument == "" && c.name == apiType {
			return c
		}
	}
	return custom
}
