package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// The configuration that is applied, and in changes/ what one of its files is replaced by later.
//
//go:embed config
var configuration embed.FS

// demo is what the steps share.
type demo struct {
	teller

	ctx     context.Context
	api     *emulator.Emulator
	secrets secrets
	search  secretscan.Contents
	seen    int // how many of the API's requests were looked at

	cli cli.CLI
	env []string
	dir string // where the CLI runs
	log string // what it and the provider log
}

// prepare writes the configuration, and sets up the environment in which the CLI runs.
func (d *demo) prepare(url, cliConfig, providerDir string) error {
	if err := os.Mkdir(d.dir, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(cliConfig, []byte(cli.Config(providerDir)), 0o600); err != nil {
		return err
	}
	files, err := fs.Glob(configuration, "config/*.tf")
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := d.copyFile(name); err != nil {
			return err
		}
	}
	d.env = cli.Environ(
		"PWD="+d.dir,
		"TF_CLI_CONFIG_FILE="+cliConfig,
		"TF_CLI_ARGS=-no-color",
		"TF_IN_AUTOMATION=1",
		"TF_INPUT=0",
		"TF_LOG=TRACE", // all there is to log, for the secrets to be looked for
		"TF_LOG_PATH="+d.log,
		"TALONIC_BASE_URL="+url,
		"TALONIC_API_KEY="+d.secrets.apiKey,
	)
	for name, value := range d.secrets.variables {
		d.env = append(d.env, "TF_VAR_"+name+"="+value)
	}
	return nil
}

// copyFile puts an embedded file into the directory in which the CLI runs.
func (d *demo) copyFile(name string) error {
	content, err := configuration.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(d.dir, filepath.Base(name)), content, 0o600)
}

// edit replaces a text that a file of the configuration holds once, and says so.
func (d *demo) edit(name, before, after string) error {
	path := filepath.Join(d.dir, name)
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if n := strings.Count(string(content), before); n != 1 {
		return fmt.Errorf("%s has %q %d times", name, before, n)
	}
	d.println("   %s: %s  ->  %s", name, before, after)
	return os.WriteFile(path, []byte(strings.Replace(string(content), before, after, 1)), 0o600)
}

// result is how a run of the CLI ended.
type result struct {
	output   string // what it printed, errors last
	exitCode int
}

// planFile is where a plan is saved.
const planFile = "tfplan"

// Exit codes of the CLI; changes is that of `plan -detailed-exitcode`.
const (
	success = 0
	changes = 2
)

// run runs the CLI, and looks for secrets in what it printed and in the files that it left.
func (d *demo) run(wantExitCode int, args ...string) (result, error) {
	d.println("   $ %s %s", d.cli.Product, strings.Join(args, " "))
	r, err := d.exec(args)
	if err != nil {
		return r, err
	}
	d.search.Add(placeOutput, []byte(r.output))
	if err := d.search.AddFiles(d.dir, isConfiguration); err != nil {
		return r, err
	}
	if r.exitCode != wantExitCode {
		return r, fmt.Errorf("exit code %d, not %d:\n%s", r.exitCode, wantExitCode, r.output)
	}
	return r, nil
}

// exec runs the CLI to its end, or asks it to stop when the demo is interrupted.
func (d *demo) exec(args []string) (result, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(d.ctx, d.cli.Path, args...)
	cmd.Dir, cmd.Env = d.dir, d.env
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 20 * time.Second
	isolate(cmd)

	err := cmd.Run()
	if d.ctx.Err() != nil {
		if cmd.Process != nil {
			endGroup(cmd.Process.Pid)
		}
		return result{}, d.ctx.Err()
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return result{}, err
	}
	return result{stdout.String() + stderr.String(), cmd.ProcessState.ExitCode()}, nil
}
