package connector

// GoogleDrive describes the connector that writes every delivery as a file in a Google Drive folder.
var GoogleDrive = Connector{
	Name:        "google_drive",
	description: "Google Drive to which the API writes each delivery as a file. Requires an OAuth consent that was granted outside Terraform." + assumedNames,
	Arguments: []argument{
		optional("folder_id", "ID of the folder to write to."+assumed),
		optional("filename_template", "Template for the name of each file, "+templateTokens+assumed, template{}),
	},
	OtherKeys:   additionalConfig,
	Credentials: []credentialBlock{oauth},
}
