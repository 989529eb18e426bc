package cli

import (
	"os"
	"slices"
	"strings"
)

// kept lists the variables that configure tests. All other variables that a CLI or the provider reads configure a user's own runs,
// so tests do not inherit them.
var kept = []string{
	"TF_ACC_LOG",
	"TF_ACC_LOG_PATH",
	"TF_ACC_PERSIST_WORKING_DIR",
	"TF_ACC_TEMP_DIR",
	"TF_ACC_TERRAFORM_PATH",
}

// IsForeign reports whether a variable would make a test depend on the user who runs it: credentials, CLI configuration,
// workspaces, variables, extra arguments, logs.
func IsForeign(name string) bool {
	for _, prefix := range []string{"TALONIC_", "TF_", "TOFU_"} {
		if strings.HasPrefix(name, prefix) {
			return !slices.Contains(kept, name)
		}
	}
	return false
}

// Environ returns the environment for a CLI: the environment of this process without a user's settings for Terraform, OpenTofu or
// Talonic, with an empty CLI configuration, and with extra. Later entries take precedence, as in os/exec.
func Environ(extra ...string) []string {
	env := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return IsForeign(name)
	})
	env = append(env, "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
	return append(env, extra...)
}
