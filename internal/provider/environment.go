package provider

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// This file has all environment variables that the provider reads, with two exceptions. Package main reads those for logs and for the Go
// runtime, and net/http reads those for proxies.

// Environment variables that supply defaults of arguments. The vendor's clients use the names TALONIC_API_KEY and TALONIC_BASE_URL, too.
const (
	apiKeyVariable     = "TALONIC_API_KEY"
	apiKeyFileVariable = "TALONIC_API_KEY_FILE"
	baseURLVariable    = "TALONIC_BASE_URL"
)

// Environment variables that have no corresponding argument.
const (
	claimsDirVariable       = "TALONIC_CLAIMS_DIR"
	disableFastPathVariable = "TALONIC_DISABLE_FAST_PATH"
	userAgentVariable       = "TF_APPEND_USER_AGENT" // other providers use the same variable
)

// apiKeyInEnvironment returns the API key, and the name of the file with the API key, from the environment. A value that is not set is empty.
func apiKeyInEnvironment() (key, file string) {
	return os.Getenv(apiKeyVariable), os.Getenv(apiKeyFileVariable)
}

// orEnvironment returns the value of an argument. If the argument has no value, it returns the value of an environment variable.
func orEnvironment(argument types.String, variable string) string {
	if argument.ValueString() != "" {
		return argument.ValueString()
	}
	return os.Getenv(variable)
}

// claimsDir returns the directory in which processes of the provider share the results of their creates; empty if no directory is available.
func claimsDir() string {
	if dir, ok := os.LookupEnv(claimsDirVariable); ok {
		return dir
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "terraform-provider-talonic", "claims")
}

// usesFastPath reports whether the fast path is enabled. Users can disable it to find out whether it causes a problem.
func usesFastPath() bool { return os.Getenv(disableFastPathVariable) == "" }

// appendedUserAgent returns the text that users append to the User-Agent header; empty if it is not set or not valid in a header.
func appendedUserAgent() string {
	more := strings.TrimSpace(os.Getenv(userAgentVariable))
	if text.Control(more) != "" {
		return ""
	}
	return more
}
