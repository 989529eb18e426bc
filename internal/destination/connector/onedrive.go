package connector

// OneDrive describes the connector that writes every delivery as a file in a OneDrive folder.
var OneDrive = Connector{
	Name:        "onedrive",
	description: "OneDrive to which the API writes each delivery as a file. Requires an OAuth consent that was granted outside Terraform." + assumedNames,
	Arguments: []argument{
		optional("drive_id", "ID of the drive to write to."+assumed),
		optional("folder_path", "Path of the folder to write to."+assumed),
		optional("filename_template", "Template for the name of each file, "+templateTokens+assumed, template{}),
	},
	OtherKeys:   additionalConfig,
	Credentials: []credentialBlock{oauth},
}
