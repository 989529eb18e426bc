package talonic

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A proxy that refuses to connect has forwarded nothing, and no error quotes its echo of the request.
func TestProxyRefusal(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusProxyAuthRequired, http.StatusBadGateway, 299} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = listener.Close() })
			go func() {
				for {
					connection, err := listener.Accept()
					if err != nil {
						return
					}
					buffer := make([]byte, 4096)
					n, _ := connection.Read(buffer)
					_, authorization, _ := strings.Cut(string(buffer[:n]), "Proxy-Authorization: ")
					authorization, _, _ = strings.Cut(authorization, "\r\n")
					_, _ = fmt.Fprintf(connection, "HTTP/1.1 %d \x1b[2JRefused %s\r\nX-Seen: %[2]s\r\nContent-Length: 0\r\n\r\n", status, authorization)
					_ = connection.Close()
				}
			}()
			transport := newTransport()
			transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: listener.Addr().String(), User: url.UserPassword("user", "fake-proxy-password")})
			c := newClient(t, DefaultBaseURL, WithTransport(transport), WithMaxRetries(0))
			_, err = c.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
			if err == nil || isOutcomeUnknown(err) {
				t.Fatalf("%v: nothing was sent, so the outcome is known", err)
			}
			text := fmt.Sprintf("%v %+v", err, err)
			for inner := err; inner != nil; inner = errors.Unwrap(inner) {
				text += fmt.Sprintf("%+v", inner)
			}
			if !strings.Contains(text, "this attempt sent nothing") || !strings.Contains(text, fmt.Sprint(status)) {
				t.Errorf("it does not say what happened: %s", text)
			}
			if strings.Contains(text, "fake-proxy") || strings.Contains(text, "Basic") || strings.Contains(text, "\x1b") || strings.Contains(text, "Refused") {
				t.Errorf("what the proxy said is shown: %q", text)
			}
		})
	}
}

// Passwords of proxies are secrets, in plain text and as encoded in requests.
func TestProxyPasswords(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://user:p%40ss-word-1@proxy.example.com:3128")
	t.Setenv("HTTP_PROXY", "http://proxy.example.com:3128")
	hide := scrubberOf(proxyPasswords()...)
	for _, text := range []string{"p@ss-word-1", "p%40ss-word-1", "Basic dXNlcjpwQHNzLXdvcmQtMQ=="} {
		if got := hide.message("refused: " + text); got != withheldMessage {
			t.Errorf("%s is shown: %s", text, got)
		}
	}
}
