package secrets

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-version"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// refusingProxy is a proxy that rejects every request and repeats it in a hostile text.
type refusingProxy struct {
	address string

	mu       sync.Mutex
	received strings.Builder
}

func newRefusingProxy(t *testing.T, status int) *refusingProxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	p := &refusingProxy{address: listener.Addr().String()}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			buffer := make([]byte, 1<<16)
			n, _ := connection.Read(buffer)
			said := string(buffer[:n])
			p.mu.Lock()
			p.received.WriteString(said)
			p.mu.Unlock()
			_, authorization, _ := strings.Cut(said, "Proxy-Authorization: ")
			authorization, _, _ = strings.Cut(authorization, "\r\n")
			body := said + strings.Join(hostileTexts[:len(hostileTexts)-2], "\n")
			_, _ = fmt.Fprintf(connection, "HTTP/1.1 %d \x1b[2JHOSTILE %s\r\nProxy-Authenticate: Basic realm=%[2]q\r\nContent-Length: %d\r\n\r\n%s",
				status, authorization, len(body), body)
			_ = connection.Close()
		}
	}()
	return p
}

// A proxy that rejects the connection receives no data for the API, and the provider does not print the proxy's text.
func TestProxyThatRepeats(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusProxyAuthRequired, http.StatusForbidden, http.StatusBadGateway} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			proxy := newRefusingProxy(t, status)
			w := newWorkspace(t, emulator.Behavior{})
			all := destinations(2, 0)
			w.configure(all, quickProvider)
			w.give(all, "")
			password := valueOf(t.Name(), "")
			authorization := base64.StdEncoding.EncodeToString([]byte("talonic:" + password))
			w.plant(map[string]string{"the proxy's password": password, "the Proxy-Authorization": authorization})
			w.Setenv("TALONIC_BASE_URL", "https://api.talonic.test")
			for _, name := range []string{"HTTPS_PROXY", "https_proxy"} {
				w.Setenv(name, (&url.URL{Scheme: "http", User: url.UserPassword("talonic", password), Host: proxy.address}).String())
			}
			for _, name := range []string{"NO_PROXY", "no_proxy"} {
				w.Setenv(name, "")
			}

			w.mustFail("apply", "-auto-approve")
			printed := w.last.Output()
			inspectTerminal(t, "an apply", printed)
			if strings.Contains(printed, "HOSTILE") {
				t.Errorf("what the proxy said is shown:\n%s", printed)
			}
			text := strings.Join(strings.Fields(strings.ReplaceAll(printed, "│", " ")), " ")
			if !strings.Contains(text, "Nothing was sent to the API.") || strings.Contains(text, "outcome is unknown") {
				t.Errorf("it does not say that nothing was sent:\n%s", printed)
			}
			proxy.mu.Lock()
			defer proxy.mu.Unlock()
			received := proxy.received.String()
			if !strings.Contains(received, "Proxy-Authorization: Basic "+authorization) {
				t.Errorf("the proxy had nothing to repeat: %q", received)
			}
			for line := range strings.SplitSeq(received, "\r\n") {
				if strings.HasPrefix(line, "Authorization:") || strings.HasPrefix(line, "POST ") || strings.HasPrefix(line, "GET ") {
					t.Errorf("the proxy got what is meant for the API: %q", line)
				}
			}
			w.wasSeen(secretscan.Stdout, secretscan.Stderr, secretscan.Log)
		})
	}
}

// strangerCertificate returns an unsigned certificate for these names. The names may be any ASCII text, because the creator of a certificate
// chooses them.
func strangerCertificate(t *testing.T, names ...string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: names[0]}, DNSNames: names,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}
}

// The names in a certificate are untrusted, because anyone can create a certificate.
func TestTerminalOfCertificates(t *testing.T) {
	t.Parallel()
	isASCII := func(text string) bool { return !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) }
	names := slices.DeleteFunc(slices.Clone(hostileTexts), func(text string) bool { return !isASCII(text) })
	for first := range names {
		if first%8 != 0 { // an error contains only a few names
			continue
		}
		certificate := strangerCertificate(t, names[first:min(first+8, len(names))]...)
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}} //nolint:gosec // for tests only
		server.StartTLS()
		t.Cleanup(server.Close)
		w := newWorkspace(t, emulator.Behavior{})
		all := destinations(1, 0)
		w.configure(all, quickProvider)
		w.give(all, "")
		// If the host has a name, an error about its certificate contains the names in the certificate.
		w.Setenv("TALONIC_BASE_URL", strings.Replace(server.URL, "127.0.0.1", "localhost", 1))
		w.mustFail("apply", "-auto-approve")
		inspectTerminal(t, "an apply", w.last.Output())
		if !strings.Contains(w.last.Output(), "HOSTILE") {
			t.Errorf("no name in the certificate is shown:\n%s", w.last)
		}
	}
}

// The names of objects in terraform query come from the API.
func TestTerminalOfQueries(t *testing.T) {
	t.Parallel()
	if tested := acctest.TestedCLI(t); tested.Product != cli.Terraform || tested.Version.LessThan(version.Must(version.NewVersion("1.14"))) {
		t.Skipf("%s has no queries", tested)
	}
	w := newWorkspace(t, emulator.Behavior{})
	w.configure(nil, quickProvider)
	w.give(nil, "")
	w.writeFile("all.tfquery.hcl", `
list "talonic_delivery_destination" "all" {
  provider         = talonic
  include_resource = true
  limit            = 1000
}
list "talonic_delivery_binding" "all" {
  provider         = talonic
  include_resource = true
  limit            = 1000
}
`)
	target := "00000000-0000-4000-8000-000000000001"
	w.api.Add(emulator.Destination{ID: target, Name: "target", Type: "webhook", Config: map[string]any{"url": "https://api.example.com/in"}, IsActive: true})
	for range hostileTexts {
		w.api.Add(emulator.Destination{Name: "d", Type: "webhook", Config: map[string]any{"url": "https://api.example.com/in"}, IsActive: true})
		w.api.AddBinding(emulator.Binding{
			Name: "b", DeliverableType: "pipeline.capture", DestinationID: target, SerializerFormat: "json", IsActive: true,
			SignalFilter: map[string]any{"event_type": "document.extracted"},
		})
	}
	listed := success("hostile names", func(body object, _ *request) {
		list, _ := body["data"].([]any)
		for i, item := range list {
			if one, _ := item.(object); one != nil {
				one["name"] = hostileTexts[i%len(hostileTexts)]
			}
		}
	})
	w.api.answerWith(func(r *request) *answer {
		if r.Method == http.MethodGet {
			return &listed
		}
		return nil
	})
	w.mustRun("query")
	inspectTerminal(t, "a query", w.last.Output())
	if n := strings.Count(w.last.Output(), "HOSTILE"); n < 2*len(hostileTexts) {
		t.Errorf("only %d names are shown:\n%s", n, w.last)
	}
	w.mustRun("query", "-json")
	inspectTerminal(t, "a query as JSON", w.last.Output())
	w.run("query", "-generate-config-out=generated.tf")
	inspectTerminal(t, "a query that generates a configuration", w.last.Output())
}
