package cli

import "testing"

func TestForeign(t *testing.T) {
	t.Parallel()

	tests := map[string]bool{
		"TALONIC_API_KEY":            true,
		"TALONIC_BASE_URL":           true,
		"TF_ACC_PROVIDER_HOST":       true,
		"TF_ACC_REFRESH_AFTER_APPLY": true,
		"TF_CLI_ARGS_plan":           true,
		"TF_CLI_CONFIG_FILE":         true,
		"TF_DATA_DIR":                true,
		"TF_LOG":                     true,
		"TF_REATTACH_PROVIDERS":      true,
		"TF_VAR_token":               true,
		"TF_WORKSPACE":               true,
		"TOFU_CPU_PROFILE":           true,

		"GOFLAGS":               false,
		"HOME":                  false,
		"PATH":                  false,
		"TF_ACC_LOG":            false,
		"TF_ACC_TERRAFORM_PATH": false,
		"TFENV_ROOT":            false,
	}
	for name, want := range tests {
		if got := IsForeign(name); got != want {
			t.Errorf("foreign(%q) = %v", name, got)
		}
	}
}
