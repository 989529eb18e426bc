package secrets

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// raw is a response that is written to the connection unchanged. Then the connection is closed.
func raw(name string, text func(r *request) string) answer {
	return answer{name, func(w http.ResponseWriter, r *request, _ func() *httptest.ResponseRecorder) {
		hijacker, _ := w.(http.Hijacker) // HTTP/1
		conn, buffered, err := hijacker.Hijack()
		if err != nil {
			panic(err) // nothing was written yet
		}
		defer func(c net.Conn, b *bufio.ReadWriter) {
			_ = b.Flush() // the client may be gone
			_ = c.Close()
		}(conn, buffered)
		_, _ = buffered.WriteString(text(r))
	}}
}

// brokenConnections end a response early, or are not HTTP.
var brokenConnections = []answer{
	raw("no answer", func(*request) string { return "" }),
	raw("a success, cut", func(r *request) string {
		return "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{\"name\": " + quoted(r)
	}),
	raw("an error, cut", func(r *request) string {
		return "HTTP/1.1 400 Bad Request\r\nContent-Length: 9999\r\n\r\n{\"message\": " + quoted(r)
	}),
	raw("an error of the API, cut", func(r *request) string {
		return "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 9999\r\n\r\n" + plainEcho.of(r)
	}),
	raw("the header, cut", func(r *request) string { return "HTTP/1.1 201 Created\r\nX-Echo: " + singleLine(r) }),
	raw("no HTTP", singleLine),
	raw("no status", func(r *request) string { return "HTTP/1.1 " + singleLine(r) + "\r\n\r\n" }),
	raw("no header", func(r *request) string { return "HTTP/1.1 200 OK\r\n" + singleLine(r) + "\r\n\r\n" }),
	raw("no length", func(r *request) string { return "HTTP/1.1 200 OK\r\nContent-Length: " + singleLine(r) + "\r\n\r\n" }),
	raw("no encoding", func(r *request) string { return "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + singleLine(r) + "\r\n\r\n" }),
	raw("no chunk", func(r *request) string {
		return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + singleLine(r) + "\r\n\r\n"
	}),
	raw("no reason", func(r *request) string { return "HTTP/1.1 400 " + singleLine(r) + "\r\nContent-Length: 0\r\n\r\n" }),
	raw("no address to go to", func(r *request) string {
		return "HTTP/1.1 302 Found\r\nLocation: http://[" + singleLine(r) + "\r\nContent-Length: 0\r\n\r\n"
	}),
	raw("more than was announced", func(r *request) string {
		return fmt.Sprintf("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}%s\r\n", singleLine(r))
	}),
}

// singleLine returns the secrets of a request without line breaks.
func singleLine(r *request) string {
	line := []byte(plainEcho.of(r))
	for i, c := range line {
		if c < ' ' {
			line[i] = ' '
		}
	}
	return string(line)
}

func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	all := destinations(len(brokenConnections), 0)
	// Several connections may break before they carry a request, so this test allows more retries.
	w.configure(all, strings.Replace(quickProvider, "max_retries    = 1", "max_retries    = 5", 1))
	w.give(all, "")
	w.eachBatch(all, brokenConnections, http.MethodPost, func() { w.mustFail("apply", "-auto-approve", "-parallelism=20") })
	w.mustRun("apply", "-auto-approve", "-parallelism=20")
	w.give(all, " rotated")
	w.eachBatch(all, brokenConnections, http.MethodPut, func() { w.mustFail("apply", "-auto-approve", "-parallelism=20", "-refresh=false") })
	w.wereSent()
	w.wasSeen(secretscan.State, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}

// No server listens on the port.
func TestConnectionRefused(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	all := destinations(len(samples), 0)
	w.configure(all, quickProvider)
	w.give(all, "")
	w.Setenv("TALONIC_BASE_URL", "http://127.0.0.1:1") // another test may use the port of a closed server
	w.mustFail("apply", "-auto-approve")
	w.wasSeen(secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}

// If the API rejects a signing secret inside auth_config, the provider sends it at top level in a separate request.
func TestErrorsOfCorrection(t *testing.T) {
	t.Parallel()
	for name, placement := range map[string]emulator.SigningSecretPlacement{
		"after the create":      emulator.TopLevel,
		"in place of the first": emulator.TopLevelStrict,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, emulator.Behavior{SigningSecret: placement})
			all := []destination{{name: "d000", sample: samples[0]}, {name: "d001", sample: samples[1]}}
			w.configure(all, quickProvider)
			w.give(all, "")
			a := placements[2].answer(http.StatusBadRequest, plainEcho)
			w.suspect = func(string) string { return a.name }
			w.api.answerWith(func(r *request) *answer {
				if sentIn(r, "signing_secret") != nil {
					return &a
				}
				return nil
			})
			w.mustFail("apply", "-auto-approve")
			w.api.wereGiven(t, []answer{a})
			w.wereSent()
		})
	}
}
