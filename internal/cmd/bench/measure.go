package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/cmd/bench/usage"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// bench holds the values that all measurements of one run share.
type bench struct {
	ctx context.Context
	cli cli.CLI
	dir string

	onlyPlans bool
}

// build builds the meter, and the providers with the same flags as a release.
func (b *bench) build() error {
	root, err := cli.Root()
	if err != nil {
		return err
	}
	for name, pkg := range map[string]string{
		"provider":                       ".",
		"floor":                          "./internal/cmd/bench/floor",
		"cli/terraform-provider-talonic": "./internal/cmd/bench/meter", // the CLI starts the meter instead of the provider
	} {
		cmd := exec.CommandContext(b.ctx, "go", "build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(b.dir, name), pkg)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("building %s: %w\n%s", pkg, err, out)
		}
	}
	return os.WriteFile(b.cliConfig(), []byte(cli.Config(filepath.Join(b.dir, "cli"))), 0o600)
}

func (b *bench) cliConfig() string { return filepath.Join(b.dir, "cli.tfrc") }

// phase is one run of the CLI.
type phase struct {
	name string
	args []string

	// plans reports that the phase changes nothing, so it can also be measured with a state that the CLI did not create.
	plans bool

	// changed reports that the configuration is edited before the phase.
	changed bool
	// exitCode is the exit code of a successful run.
	exitCode int
}

var create = phase{name: "create", args: []string{"apply", "-auto-approve"}}

// phases holds the phases in order: each begins with the state that the previous phase left.
var phases = []phase{
	{name: "start (`providers schema`)", args: []string{"providers", "schema", "-json"}, plans: true},
	create,
	{name: "plan, nothing to do", args: []string{"plan", "-detailed-exitcode"}, plans: true},
	{name: "the same with `-refresh=false`", args: []string{"plan", "-detailed-exitcode", "-refresh=false"}, plans: true},
	{name: "change one argument of all", args: []string{"apply", "-auto-approve"}, changed: true},
	{name: "destroy", args: []string{"destroy", "-auto-approve"}, changed: true},
}

// measurement holds the cost of one phase.
type measurement struct {
	wall     time.Duration
	cliCPU   time.Duration // user and system
	requests requests
	usage.Usage
}

// result holds the cost of all phases, in order.
type result struct {
	subject subject
	phases  []measurement
}

// measure runs all phases with n resources.
func (b *bench) measure(s subject, n int, latency time.Duration) (result, error) {
	r := result{subject: s}
	api := emulator.New(emulator.Behavior{})
	url, closeServer, err := serve(slow{api, latency})
	if err != nil {
		return r, err
	}
	defer closeServer()

	dir, err := os.MkdirTemp(b.dir, "work-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	if b.fills(n) {
		if _, err := b.runPhase(s, create, 1, dir, url, api); err != nil {
			return r, err
		}
		if err := fill(filepath.Join(dir, "terraform.tfstate"), n, api); err != nil {
			return r, err
		}
	}
	for _, p := range b.phases(n) {
		m, err := b.runPhase(s, p, n, dir, url, api)
		if err != nil {
			return r, err
		}
		r.phases = append(r.phases, m)
	}
	return r, nil
}

// fills reports whether the benchmark makes the state of n resources without creating them.
func (b *bench) fills(n int) bool { return b.onlyPlans || n > maxCreated }

// phases returns the phases that are measured with n resources.
func (b *bench) phases(n int) []phase {
	if !b.fills(n) {
		return phases
	}
	return slices.DeleteFunc(slices.Clone(phases), func(p phase) bool { return !p.plans })
}

func (b *bench) runPhase(s subject, p phase, n int, dir, url string, api *emulator.Emulator) (measurement, error) {
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(s.configuration(n, p.changed)), 0o600); err != nil {
		return measurement{}, err
	}
	m, err := b.run(s, p, dir, url)
	if err != nil {
		return m, fmt.Errorf("%s, %s, %s: %w", s.name, plural(n), p.name, err)
	}
	m.requests = count(api.Requests())
	api.ResetRequests()
	return m, nil
}

// run runs the CLI once.
func (b *bench) run(s subject, p phase, dir, url string) (measurement, error) {
	log := filepath.Join(dir, "usage.log")
	cmd := exec.CommandContext(b.ctx, b.cli.Path, p.args...)
	cmd.Dir = dir
	cmd.Env = cli.Environ(
		"PWD="+dir,
		"TF_CLI_CONFIG_FILE="+b.cliConfig(),
		"TF_IN_AUTOMATION=1",
		"TALONIC_BASE_URL="+url,
		"TALONIC_API_KEY="+emulator.DefaultAPIKey,
		usage.TargetVariable+"="+filepath.Join(b.dir, s.executable),
		usage.LogVariable+"="+log,
	)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && (b.ctx.Err() != nil || !errors.As(err, &exit)) {
		return measurement{}, err
	}
	if code := cmd.ProcessState.ExitCode(); code != p.exitCode {
		return measurement{}, fmt.Errorf("exit code %d, not %d:\n%s", code, p.exitCode, out.String())
	}
	used, err := usage.Take(log)
	// The system includes the child processes for which the CLI has waited: all that it started.
	all := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return measurement{wall: wall, cliCPU: all - used.CPU, Usage: used}, err
}

// slow delays every response of an API.
type slow struct {
	http.Handler
	latency time.Duration
}

// ServeHTTP implements [http.Handler].
func (s slow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(s.latency)
	s.Handler.ServeHTTP(w, r)
}

// serve serves the API on a free local port.
func serve(api http.Handler) (url string, closeServer func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: api, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}
