//go:build unix

// Command meter runs a provider and logs its resource usage, which the CLI does not report. The CLI starts the meter instead of
// the provider.
package main

import (
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"github.com/talonicdev/terraform-provider-talonic/internal/cmd/bench/usage"
)

func main() {
	cmd := exec.Command(os.Getenv(usage.TargetVariable), os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	runErr := cmd.Run()
	if cmd.ProcessState == nil {
		log.Fatal(runErr)
	}
	if err := note(cmd.ProcessState); err != nil {
		log.Fatal(err)
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// note appends a line to the log, with a single write because the CLI may run several providers at once.
func note(state *os.ProcessState) error {
	used := usage.Usage{CPU: state.UserTime() + state.SystemTime()}
	if r, ok := state.SysUsage().(*syscall.Rusage); ok {
		used.PeakBytes = r.Maxrss
		if runtime.GOOS != "darwin" {
			used.PeakBytes *= 1024 // kilobytes everywhere else
		}
	}
	line, err := json.Marshal(used)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(os.Getenv(usage.LogVariable), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		return err
	}
	return file.Close()
}
