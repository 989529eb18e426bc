package connector

// GoogleDrive writes every delivery as a file in a folder of Google Drive.
var GoogleDrive = Connector{
	Name:        "google_drive",
	description: "Writes every delivery as a file in Google Drive. The consent is given outside of Terraform." + assumed,
	Arguments: []argument{
		optional("folder_id", "The id of the folder to write to."+assumed),
		optional("filename_template", "The name of each file; "+templateTokens+assumed, template{}),
	},
	OtherKeys:   additionalConfig,
	Credentials: []credentialBlock{oauth},
}
