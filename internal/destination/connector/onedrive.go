package connector

// oneDrive writes every delivery as a file in a folder of OneDrive.
var oneDrive = Connector{
	Name:        "onedrive",
	description: "Writes every delivery as a file in OneDrive. The consent is given outside of Terraform." + assumed,
	Arguments: []argument{
		optional("drive_id", "The id of the drive to write to."+assumed),
		optional("folder_path", "The path of the folder to write to."+assumed),
		optional("filename_template", "The name of each file; "+templateTokens+assumed, template{}),
	},
	OtherKeys:   additionalConfig,
	Credentials: []credentialBlock{oauth},
}
