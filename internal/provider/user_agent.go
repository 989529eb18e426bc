package provider

import (
	"os"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// userAgent returns the User-Agent header: the provider, and the value of TF_APPEND_USER_AGENT. It does not name the CLI, because
// OpenTofu reports the Terraform version that it is compatible with, so the two CLIs cannot be distinguished.
func userAgent(version string) string {
	agent := "terraform-provider-talonic/" + version
	if more := strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT")); more != "" && text.Control(more) == "" {
		agent += " " + more
	}
	return agent
}
