package cli

import (
	"os"
	"slices"
	"strings"
)

// kept are the variables that say how to test; every other variable that a CLI
// or the provider reads says what a user's own run does, and is left out.
var kept = []string{
	"TF_ACC_LOG",
	"TF_ACC_LOG_PATH",
	"TF_ACC_PERSIST_WORKING_DIR",
	"TF_ACC_TEMP_DIR",
	"TF_ACC_TERRAFORM_PATH",
}

// IsForeign reports whether a variable would make a test depend on who runs it:
// credentials, CLI configuration, workspaces, variables, extra arguments, logs.
func IsForeign(name string) bool {
	for _, prefix := range []string{"TALONIC_", "TF_", "TOFU_"} {
		if strings.HasPrefix(name, prefix) {
			return !slices.Contains(kept, name)
		}
	}
	return false
}

// Environ returns the environment in which a CLI is run: the process's own
// without what a user may have set for Terraform, OpenTofu or Talonic, and with
// an empty CLI configuration. Later entries win, as with os/exec.
func Environ(extra ...string) []string {
	env := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return IsForeign(name)
	})
	env = append(env, "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
	return append(env, extra...)
}
