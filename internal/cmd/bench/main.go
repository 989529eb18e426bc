// Command bench measures the provider with the real CLI against the emulated API: the cost of creating, planning, updating and
// destroying many destinations. It measures a provider that does nothing for comparison.
//
// Absolute times depend on the machine and its load, so compare the ratios to the provider that does nothing, which come from the
// same run.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	counts := flags.String("n", "1,100,1000,10000", "numbers of destinations")
	latencies := flags.String("latency", "0,50ms", "time that the API takes to respond")
	plans := flags.Bool("plans", false, "only plan, with generated states; with more than 2000 destinations, always")
	names := flags.String("with", "pinned,hashed", "kinds of credentials: pinned (versioned) or hashed (hash-tracked)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sizes, err := parseList(*counts, strconv.Atoi)
	if err != nil {
		return fmt.Errorf("-n: %w", err)
	}
	delays, err := parseList(*latencies, time.ParseDuration)
	if err != nil {
		return fmt.Errorf("-latency: %w", err)
	}
	subjects, err := parseList(*names, findSubject)
	if err != nil {
		return fmt.Errorf("-with: %w", err)
	}

	tested, err := cli.Find()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "talonic-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: ctx, cli: tested, dir: dir, onlyPlans: *plans}
	if err := b.build(); err != nil {
		return err
	}

	fmt.Printf("%s %s, %s, %s\n", tested.Product, tested.Version, machine(), time.Now().UTC().Format(time.DateOnly))
	for _, n := range sizes {
		floor, err := b.measure(floorSubject, n, 0)
		if err != nil {
			return err
		}
		for _, delay := range delays {
			var all []result
			for _, s := range subjects {
				r, err := b.measure(s, n, delay)
				if err != nil {
					return err
				}
				all = append(all, r)
			}
			fmt.Printf("\n%s, API latency %s\n\n%s", plural(n), delay, table(b.phases(n), floor, all))
		}
	}
	return nil
}

func parseList[T any](list string, parse func(string) (T, error)) ([]T, error) {
	var parsed []T
	for item := range strings.SplitSeq(list, ",") {
		value, err := parse(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, value)
	}
	return parsed, nil
}

func plural(n int) string {
	if n == 1 {
		return "1 destination"
	}
	return fmt.Sprintf("%d destinations", n)
}
