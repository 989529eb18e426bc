package acctest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

// commandTimeout ends a CLI that hangs. It is much shorter than the timeout of the test process, so that the test can show the output of the
// CLI.
const commandTimeout = 15 * time.Minute

// NoGC are variables for short-lived programs such as a CLI, which otherwise spend a quarter of their time on garbage collection. The limit is
// far above the memory that a CLI needs, and protects the machine.
var NoGC = []string{"GOGC=off", "GOMEMLIMIT=1GiB"}

// Command is a running CLI. It ends at the end of the test at the latest.
type Command struct {
	t      testing.TB
	args   []string
	cmd    *exec.Cmd
	ctx    context.Context
	cancel context.CancelFunc

	stopProvider func()

	stdout, stderr output
}

// output collects the output. It may be read while the CLI writes.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// Start starts the CLI, for tests that act while the CLI runs.
func (w *Workspace) Start(args ...string) *Command {
	w.t.Helper()
	c := &Command{t: w.t, args: args}
	c.ctx, c.cancel = context.WithTimeout(context.Background(), commandTimeout)
	w.t.Cleanup(c.cancel)

	c.cmd = exec.CommandContext(c.ctx, suite.cli.Path, args...)
	c.cmd.Dir = w.Dir
	c.cmd.Stdout, c.cmd.Stderr = &c.stdout, &c.stderr
	c.cmd.Env = append(cli.Environ("PWD="+w.Dir, "TALONIC_CLAIMS_DIR="+filepath.Join(suite.dir, "claims")), NoGC...)
	for key, value := range w.env {
		c.cmd.Env = append(c.cmd.Env, key+"="+value)
	}
	variable, stop := w.attach(args, c.cmd.Env)
	c.stopProvider = stop
	if variable != "" {
		c.cmd.Env = append(c.cmd.Env, variable)
	}
	if err := c.cmd.Start(); err != nil {
		stop()
		w.t.Fatalf("%s\n%v", Result{Args: args}, err)
	}
	return c
}

// HasPrinted reports whether the CLI has printed a text so far.
func (c *Command) HasPrinted(text string) bool { return strings.Contains(c.stdout.String(), text) }

// Interrupt interrupts the CLI as Ctrl-C does.
func (c *Command) Interrupt() {
	c.t.Helper()
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		c.t.Fatal(err)
	}
}

// Wait waits until the CLI ends. The caller checks the exit code. The test fails only if the CLI cannot run at all.
func (c *Command) Wait() Result {
	c.t.Helper()
	defer c.cancel()
	err := c.cmd.Wait()
	c.stopProvider()
	result := Result{Args: c.args, Stdout: c.stdout.String(), Stderr: c.stderr.String(), ExitCode: c.cmd.ProcessState.ExitCode()}
	var exit *exec.ExitError
	if err != nil && (c.ctx.Err() != nil || !errors.As(err, &exit)) {
		c.t.Fatalf("%s\n%v", result, err)
	}
	return result
}
