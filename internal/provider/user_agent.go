package provider

// userAgent returns the User-Agent header: the provider, and the text that users append. It does not name the CLI, because OpenTofu reports a
// Terraform version that it is compatible with, so the provider cannot tell OpenTofu from Terraform.
func userAgent(version string) string {
	agent := "terraform-provider-talonic/" + version
	if more := appendedUserAgent(); more != "" {
		agent += " " + more
	}
	return agent
}
