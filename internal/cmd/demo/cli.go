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

// configuration holds the files that the demo applies, and in changes/ a later version of one of them.
//
//go:embed config
var configuration embed.FS

// demo holds the state that the steps share.
type demo struct {
	teller

	ctx     context.Context
	api     *emulator.Emulator
	secrets secrets
	search  secretscan.Contents
	seen    int // number of the API's requests that the demo has processed

	cli cli.CLI
	env []string
	dir string // working directory of the CLI
	log string // log file of the CLI and the provider
}

// prepare writes the configuration and sets up the environment of the CLI.
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
		"TF_LOG=TRACE", // log everything, so that the search for secrets covers all logs
		"TF_LOG_PATH="+d.log,
		"TALONIC_BASE_URL="+url,
		"TALONIC_API_KEY="+d.secrets.apiKey,
	)
	for name, value := range d.secrets.variables {
		d.env = append(d.env, "TF_VAR_"+name+"="+value)
	}
	return nil
}

// copyFile copies an embedded file to the working directory of the CLI.
func (d *demo) copyFile(name string) error {
	content, err := configuration.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(d.dir, filepath.Base(name)), content, 0o600)
}

// edit replaces a text that occurs once in a file of the configuration, and prints the change.
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

// result is the outcome of a run of the CLI.
type result struct {
	output   string // standard output, then standard error
	exitCode int
}

// planFile is the file name of a saved plan.
const planFile = "tfplan"

// These are the exit codes of the CLI; changes comes from `plan -detailed-exitcode`.
const (
	success = 0
	changes = 2
)

// run runs the CLI, and searches its output and its files for secrets.
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

// exec runs the CLI to its end, or interrupts it if the demo is interrupted.
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
