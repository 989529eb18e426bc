package main

import (
	"os"
	"runtime/debug"
	"strings"
)

// A provider serves many short RPCs with a small live heap. `make bench` measures the effect of the settings below. Settings in
// the environment take precedence.

// relaxGC makes the garbage collector run less often. With a small live heap, the default makes it run constantly.
func relaxGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// silenceFrameworkLogs turns off the framework's logs of RPCs unless the environment enables logs, because otherwise the CLI
// discards them.
func silenceFrameworkLogs() error {
	if wantsLogs(os.Environ()) {
		return nil
	}
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		if err := os.Setenv(name, "OFF"); err != nil {
			return err
		}
	}
	return nil
}

// wantsLogs reports whether any environment variable enables logs, such as TF_LOG or TF_LOG_PROVIDER.
func wantsLogs(environment []string) bool {
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "TF_LOG") && name != "TF_LOG_PATH" && value != "" {
			return true
		}
	}
	return false
}
