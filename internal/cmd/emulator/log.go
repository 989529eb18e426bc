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

// logRequests writes one line for each request: the method, the path, the status or "no response", and the kinds of credentials in the
// request. It omits bodies, headers and queries, because they may contain secrets.
func logRequests(api *emulator.Emulator, out io.Writer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response := &statusRecorder{ResponseWriter: w}
		body, _ := io.ReadAll(r.Body) // the emulator rejects a truncated body
		r.Body = io.NopCloser(bytes.NewReader(body))
		defer func() { // deferred, because a fault closes the connection by a panic
			api.ResetRequests() // this command does not use the recorded requests
			fmt.Fprintf(out, "%-6s %s %s%s\n", r.Method, r.URL.EscapedPath(), response, credentialKeys(body))
		}()
		api.ServeHTTP(response, r)
	})
}

// attemptLine returns the log line for an attempt to deliver: its binding, its number and its result, without bodies.
func attemptLine(a emulator.Attempt) string {
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

// credentialKeys returns the keys of a body that contain credentials, without their values.
func credentialKeys(body []byte) string {
	var sent map[string]json.RawMessage
	_ = json.Unmarshal(body, &sent) // a body that cannot be decoded has no keys
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

// statusRecorder records the status of a response.
type statusRecorder struct {
	http.ResponseWriter
	status int // 0: no response yet
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
