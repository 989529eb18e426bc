// Command demo shows the provider at work: it builds it, starts the emulated API, and runs the real CLI over all connectors.
//
// It says at each step what it does and why, and checks what it says: it fails when anything turns out differently.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

func main() {
	// All the ways in which people end a command: the temporary directory has to go in each of them. A broken pipe is one, when
	// the output is read by head or less.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()

	if err := run(ctx); err != nil {
		if ctx.Err() != nil {
			err = errors.New("interrupted")
		}
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	started := time.Now()
	tested, err := cli.Find()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "talonic-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	secrets := newSecrets()
	api := emulator.New(emulator.Behaviour{FillDefaults: true})
	api.SetAPIKeys(secrets.apiKey)
	url, closeServer, err := serve(api)
	if err != nil {
		return err
	}
	defer closeServer()

	fmt.Printf("The Talonic provider with %s %s\n", tested.Product, tested.Version)
	say("The provider is built from this checkout into a temporary directory, and the API is emulated "+
		"at %s. Nothing else is asked, and nothing is left behind.", url)
	if err := cli.BuildProvider(dir); err != nil {
		return err
	}

	d := &demo{
		ctx:     ctx,
		api:     api,
		secrets: secrets,
		search:  secretscan.Contents{},
		cli:     tested,
		dir:     filepath.Join(dir, "work"),
		log:     filepath.Join(dir, "log"),
	}
	if err := d.prepare(url, filepath.Join(dir, "cli.tfrc"), dir); err != nil {
		return err
	}
	for i, step := range steps {
		fmt.Printf("\n%d. %s\n", i+1, step.title)
		say("%s", step.why)
		if err := step.run(d); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	fmt.Printf("\nEverything went as described, in %s.\n", time.Since(started).Round(100*time.Millisecond))
	return ctx.Err()
}

// serve answers for the API on a free port of this machine.
func serve(api http.Handler) (url string, closeServer func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: api, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}
