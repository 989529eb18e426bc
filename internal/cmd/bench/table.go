package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// requests holds the numbers of requests that the API received.
type requests struct{ lists, reads, writes int }

func count(all []emulator.Request) requests {
	var r requests
	for _, request := range all {
		switch {
		case request.Method != "GET":
			r.writes++
		case request.Path == "/v1/delivery/destinations", request.Path == "/v1/delivery/bindings":
			r.lists++
		default:
			r.reads++
		}
	}
	return r
}

func (r requests) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		name string
	}{{r.lists, "list"}, {r.reads, "read"}, {r.writes, "write"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.name))
		}
	}
	if parts == nil {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// table returns the results as a Markdown table: each phase of the floor, and each phase of the others with its ratio to the
// floor.
func table(phases []phase, floor result, others []result) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 1, ' ', 0)
	row := func(cells ...string) { fmt.Fprintf(w, "| %s\t|\n", strings.Join(cells, "\t| ")) }
	row("phase", "provider", "wall", "", "CPU of the CLI", "", "CPU of the provider", "", "peak memory", "", "requests")
	row("---", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---")
	for i, p := range phases {
		base := floor.phases[i]
		row(p.name, floor.subject.name, seconds(base.wall), "1", seconds(base.cliCPU), "1", seconds(base.CPU), "1", megabytes(base.PeakBytes), "1", base.requests.String())
		for _, other := range others {
			m := other.phases[i]
			row("", other.subject.name, seconds(m.wall), ratio(m.wall, base.wall), seconds(m.cliCPU), ratio(m.cliCPU, base.cliCPU), seconds(m.CPU), ratio(m.CPU, base.CPU),
				megabytes(m.PeakBytes), ratio(m.PeakBytes, base.PeakBytes), m.requests.String())
		}
	}
	_ = w.Flush() // it writes to memory, which cannot fail
	return text.String()
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func megabytes(n int64) string { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }

func ratio[T time.Duration | int64](value, base T) string {
	return fmt.Sprintf("%.2f", float64(value)/float64(base))
}

// machine describes the machine of the measurement.
func machine() string {
	model := "unknown processor"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%s/%s, %d × %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), model)
}
