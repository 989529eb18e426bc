package destination

// oneDrive writes every delivery as a file in a folder of OneDrive.
var oneDrive = connector{
	name:        "onedrive",
	description: "Writes every delivery as a file in OneDrive. The consent is given outside of Terraform." + assumed,
	arguments: []argument{
		optional("drive_id", "The id of the drive to write to."+assumed),
		optional("folder_path", "The path of the folder to write to."+assumed),
		optional("filename_template", "The name of each file; "+templateTokens+assumed, template{}),
	},
	otherKeys:   additionalConfig,
	credentials: []credentialBlock{oauth},
}
