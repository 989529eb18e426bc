// Package usage reads the meter's log for the benchmark: the resource usage of the processes of a provider.
package usage

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"
)

// These environment variables configure the meter.
const (
	TargetVariable = "TALONIC_BENCH_TARGET" // path of the provider's executable
	LogVariable    = "TALONIC_BENCH_LOG"    // path of the file to which the meter appends usage
)

// Usage is the resource usage of one process, or of several processes in succession.
type Usage struct {
	CPU       time.Duration // user and system
	PeakBytes int64         // largest resident set
}

// Take reads a log and removes it. It returns the sum of the times and the maximum of the peaks.
func Take(log string) (Usage, error) {
	content, err := os.ReadFile(log)
	if err != nil {
		return Usage{}, err
	}
	var total Usage
	for lines := json.NewDecoder(bytes.NewReader(content)); ; {
		var one Usage
		err := lines.Decode(&one)
		if errors.Is(err, io.EOF) {
			return total, os.Remove(log)
		}
		if err != nil {
			return Usage{}, err
		}
		total.CPU += one.CPU
		total.PeakBytes = max(total.PeakBytes, one.PeakBytes)
	}
}
