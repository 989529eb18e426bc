//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// isolate keeps an interrupt from the keyboard away from a command. It gets one from the demo instead: at a second one, the
// CLIs give up without ending the provider.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
}

// endGroup ends what a command left running.
func endGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }
