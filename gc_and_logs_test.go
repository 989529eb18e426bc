package main

import "testing"

func TestWantsLogs(t *testing.T) {
	t.Parallel()
	for entry, want := range map[string]bool{
		"TF_LOG=TRACE":                  true,
		"TF_LOG=JSON":                   true,
		"TF_LOG_PROVIDER=DEBUG":         true,
		"TF_LOG_PROVIDER_TALONIC=DEBUG": true,
		"TF_LOG_SDK_FRAMEWORK=INFO":     true,
		"TF_LOG=":                       false,
		"TF_LOG_PATH=/tmp/log":          false,
		"TF_DATA_DIR=.terraform":        false,
		"HOME=/root":                    false,
	} {
		if got := wantsLogs([]string{"PATH=/bin", entry}); got != want {
			t.Errorf("%s: %t", entry, got)
		}
	}
}
