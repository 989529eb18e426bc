package main

import (
	"os"
	"runtime/debug"
	"strings"
)

// A provider gets many short calls, of which nothing remains. `make bench` shows what these settings are good for; what a user
// has set in the environment stays.

// relaxGC has the garbage collector wait longer: with little memory in use, it would run all the time.
func relaxGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// silenceFrameworkLogs spares the framework's logs of every step of every call, unless somebody asked for logs: the CLI throws them away.
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

// wantsLogs reports whether any of the variables is set with which logs are asked for: TF_LOG, TF_LOG_PROVIDER, and more.
func wantsLogs(environment []string) bool {
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "TF_LOG") && name != "TF_LOG_PATH" && value != "" {
			return true
		}
	}
	return false
}
