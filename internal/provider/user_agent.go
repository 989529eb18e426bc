package provider

// userAgent returns the User-Agent header: the provider, and what users append. It does not name the CLI, because OpenTofu reports the
// Terraform version that it is compatible with, so the two CLIs cannot be distinguished.
func userAgent(version string) string {
	agent := "terraform-provider-talonic/" + version
	if more := appendedUserAgent(); more != "" {
		agent += " " + more
	}
	return agent
}
