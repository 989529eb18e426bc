// Package usage is what the meter tells the benchmark: what the processes of a provider used.
package usage

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"
)

// The environment of a meter.
const (
	TargetVariable = "TALONIC_BENCH_TARGET" // the provider's executable
	LogVariable    = "TALONIC_BENCH_LOG"    // the file to which usage is appended
)

// Usage is what one process used, or several in succession.
type Usage struct {
	CPU       time.Duration // user and system
	PeakBytes int64         // the largest resident set
}

// Take reads a log and removes it: the sum of the times, the maximum of the peaks.
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
