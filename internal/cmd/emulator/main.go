// Command emulator serves an emulation of the Talonic delivery API, with all data in memory.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// defaultSpeed shortens the longest wait between attempts from one hour to 6 seconds.
const defaultSpeed = 600

// shutdownGrace is the time that requests in progress have to end.
const shutdownGrace = 5 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "emulator:", err)
		os.Exit(1)
	}
}

// run runs the command until ctx ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var (
		behavior emulator.Behavior
		faults   []emulator.Fault
	)
	flags := flag.NewFlagSet("emulator", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { usage(flags) }
	addr := flags.String("addr", "127.0.0.1:8787", "listen on this `address`; port 0 uses a free port")
	apiKey := flags.String("api-key", emulator.DefaultAPIKey, "accept this `key`")
	readOnlyKey := flags.String("read-only-api-key", "", "also accept this `key`, for reads only")
	admin := flags.Bool("admin", false, "accept the commands below under /emulator/, without an API key")
	speed := flags.Float64("speed", defaultSpeed, "divide the waits between delivery attempts by this `factor`")
	flags.Func("with", "turn on these `switches`: NAME[=VALUE],...", func(list string) error {
		for setting := range strings.SplitSeq(list, ",") {
			if err := behavior.Set(setting); err != nil {
				return err
			}
		}
		return nil
	})
	flags.Func("fault", "inject this `fault`: NAME[:KEY=VALUE,...]; may be repeated", func(text string) error {
		fault, err := emulator.ParseFault(text)
		faults = append(faults, fault)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}

	if !(*speed > 0) {
		return fmt.Errorf("-speed is a positive number, not %v", *speed)
	}

	api := emulator.New(behavior)
	api.SetAPIKeys(*apiKey)
	if *readOnlyKey != "" {
		api.AddAPIKey(*readOnlyKey, emulator.KeyLimits{ReadOnly: true})
	}
	api.Inject(faults...)
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("%w; -addr 127.0.0.1:0 takes a free port (make emulator ARGS='-addr 127.0.0.1:0')", err)
	}
	fmt.Fprintln(stderr, "To try different behavior of the API, or a fault such as -fault lost-response:operation=create,times=1, see -help.")
	fmt.Fprintf(stdout, "export TALONIC_BASE_URL=http://%s\nexport TALONIC_API_KEY=%s\n", reachable(listener.Addr()), *apiKey)
	if *admin {
		api.EnableAdmin()
	}
	out := &lockedWriter{Writer: stdout}
	api.StartDeliveries(emulator.Deliveries{Speed: *speed, OnAttempt: func(a emulator.Attempt) { fmt.Fprintln(out, attemptLine(a)) }})
	defer api.StopDeliveries()
	return serve(ctx, listener, logRequests(api, out))
}

// serve serves on listener until ctx ends. Then it waits for the requests in progress, except those that a fault delays.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		ending, cancel := context.WithTimeout(context.Background(), shutdownGrace)
		defer cancel()
		return server.Shutdown(ending)
	}
}

// reachable returns the host and port at which this machine can reach a listener.
func reachable(addr net.Addr) string {
	tcp := *addr.(*net.TCPAddr)
	if tcp.IP.IsUnspecified() {
		tcp.IP = net.IPv4(127, 0, 0, 1)
	}
	return tcp.String()
}
