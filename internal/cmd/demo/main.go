// Command demo shows the provider at work: it builds the provider, starts the emulated API, and runs the real CLI with all
// connectors.
//
// It explains each step and checks the outcome. If an outcome differs, the demo fails. With -recording, it also writes its output
// to an SVG file.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
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
	// Remove the temporary directory even if a signal stops the demo. head and less stop it with a broken pipe.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()

	recording := flag.String("recording", "", "write the output to this SVG `file`, too")
	flag.Parse()
	if err := run(ctx, *recording); err != nil {
		if ctx.Err() != nil {
			err = errors.New("interrupted")
		}
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, recording string) error {
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
	api := emulator.New(emulator.Behavior{FillDefaults: true})
	api.SetAPIKeys(secrets.apiKey)
	url, closeServer, err := serve(api)
	if err != nil {
		return err
	}
	defer closeServer()

	var transcript bytes.Buffer
	tell := teller{io.MultiWriter(os.Stdout, &transcript)}
	tell.println("The Talonic provider at work, with %s %s", tested.Product, tested.Version)
	tell.say("This demo builds the provider from this checkout and runs it against an emulator of the API at %s. "+
		"No other service is contacted, and all files are removed at the end.", url)
	if err := cli.BuildProvider(dir); err != nil {
		return err
	}

	d := &demo{
		teller:  tell,
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
		tell.println("\n%d. %s", i+1, step.title)
		tell.say("%s", step.why)
		if err := step.run(d); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	tell.println("\nEverything went as described, in %s.", time.Since(started).Round(100*time.Millisecond))
	if ctx.Err() != nil || recording == "" {
		return ctx.Err()
	}
	svg, err := picture(normalize(transcript.String()))
	if err != nil {
		return err
	}
	return os.WriteFile(recording, svg, 0o644)
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
