//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// isolate protects a command from interrupts by the keyboard, because the demo sends its own interrupt. After a second interrupt,
// the CLIs would stop without ending the provider.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
}

// endGroup ends the processes that a command left running.
func endGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }
