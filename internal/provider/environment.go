package provider

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// This file has all environment variables that the provider reads, except those of logs and of the Go runtime, which are in package main,
// and those of proxies, which net/http reads.

// Environment variables that replace arguments. The vendor's own clients use the same names.
const (
	apiKeyVariable     = "TALONIC_API_KEY"
	apiKeyFileVariable = "TALONIC_API_KEY_FILE"
	baseURLVariable    = "TALONIC_BASE_URL"
)

// Environment variables that no argument replaces.
const (
	claimsDirVariable       = "TALONIC_CLAIMS_DIR"
	disableFastPathVariable = "TALONIC_DISABLE_FAST_PATH"
	userAgentVariable       = "TF_APPEND_USER_AGENT" // other providers read it, too
)

// apiKeyInEnvironment returns the API key and the name of the file with the API key; empty if they are not set.
func apiKeyInEnvironment() (key, file string) {
	return os.Getenv(apiKeyVariable), os.Getenv(apiKeyFileVariable)
}

// orEnvironment returns the value of an argument or, if it has none, of an environment variable.
func orEnvironment(argument types.String, variable string) string {
	if argument.ValueString() != "" {
		return argument.ValueString()
	}
	return os.Getenv(variable)
}

// claimsDir returns the directory in which processes of the provider share the results of their creates; empty if there is none.
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

// usesFastPath reports whether the fast path is not disabled. To find out whether a problem comes from the fast path, users disable it.
func usesFastPath() bool { return os.Getenv(disableFastPathVariable) == "" }

// appendedUserAgent returns what users append to the User-Agent header; empty if nothing or if it cannot be in a header.
func appendedUserAgent() string {
	more := strings.TrimSpace(os.Getenv(userAgentVariable))
	if text.Control(more) != "" {
		return ""
	}
	return more
}
