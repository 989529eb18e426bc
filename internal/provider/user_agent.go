package provider

import (
	"os"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// userAgent names the provider, and whatever TF_APPEND_USER_AGENT adds. It does not name the CLI: OpenTofu introduces itself with the
// version of Terraform that it is compatible with, so the two cannot be told apart.
func userAgent(version string) string {
	agent := "terraform-provider-talonic/" + version
	if more := strings.TrimSpace(os.Getenv("TF_APPEND_USER_AGENT")); more != "" && text.Control(more) == "" {
		agent += " " + more
	}
	return agent
}
