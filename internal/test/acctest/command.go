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

// commandTimeout ends a CLI that hangs while its output can still be shown, well
// before the whole test process is ended.
const commandTimeout = 15 * time.Minute

// NoGC are variables for programs that end soon, such as a CLI: without them, such a program spends a quarter of its time on the
// collection of garbage. The limit is far above what a CLI needs, and keeps the machine from running out of memory.
var NoGC = []string{"GOGC=off", "GOMEMLIMIT=1GiB"}

// Command is a CLI that runs, until Wait returns. It ends with the test at the
// latest.
type Command struct {
	t      testing.TB
	args   []string
	cmd    *exec.Cmd
	ctx    context.Context
	cancel context.CancelFunc

	stopProvider func()

	stdout, stderr output
}

// output is what was printed so far. It may be looked at while more is printed.
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

// Start starts the CLI, for what a test does while it runs.
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

// Interrupt asks the CLI to end, as Ctrl-C does.
func (c *Command) Interrupt() {
	c.t.Helper()
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		c.t.Fatal(err)
	}
}

// Wait waits for the end. How it comes is for the caller to judge; only a CLI
// that does not run at all fails the test.
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
