package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// logged writes one line for each request: method, path and status, or "no response", and whether it carried credentials. Bodies,
// headers and queries stay out of it, because that is where secrets are.
func logged(api *emulator.Emulator, out io.Writer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response := &statusRecorder{ResponseWriter: w}
		body, _ := io.ReadAll(r.Body) // what is missing is missed by the emulator
		r.Body = io.NopCloser(bytes.NewReader(body))
		defer func() { // also where a fault closes the connection, which is a panic
			api.ResetRequests() // Nobody asks for them here.
			fmt.Fprintf(out, "%-6s %s %s%s\n", r.Method, r.URL.EscapedPath(), response, carried(body))
		}()
		api.ServeHTTP(response, r)
	})
}

// attempted is the line for an attempt to deliver: its binding, its number and what came of it. Bodies stay out of it.
func attempted(a emulator.Attempt) string {
	line := fmt.Sprintf("delivery by binding %s, attempt %d: %s", a.BindingID, a.Attempt, a.Status)
	if a.ErrorCode != "" {
		line += fmt.Sprintf(", %s (%s)", a.ErrorCode, a.ErrorMessage)
	}
	return line
}

// lockedWriter writes one line at a time.
type lockedWriter struct {
	io.Writer
	mu sync.Mutex
}

func (w *lockedWriter) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Writer.Write(line)
}

// carried tells which keys of a body hold credentials, and not what they hold.
func carried(body []byte) string {
	var sent map[string]json.RawMessage
	_ = json.Unmarshal(body, &sent) // else there are none
	var keys []string
	for _, key := range []string{"auth_config", "signing_secret"} {
		if _, ok := sent[key]; ok {
			keys = append(keys, key)
		}
	}
	if keys == nil {
		return ""
	}
	return ", with " + strings.Join(keys, " and ")
}

// statusRecorder remembers the status of the response that passes through it.
type statusRecorder struct {
	http.ResponseWriter
	status int // 0 as long as there is none
}

func (w *statusRecorder) String() string {
	if w.status == 0 {
		return "no response"
	}
	return strconv.Itoa(w.status)
}

func (w *statusRecorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for [http.ResponseController].
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
