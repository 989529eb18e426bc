package talonic

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// If a proxy refuses to connect, the error names it without its password, and nothing counts as sent.
func TestProxyIsNamed(t *testing.T) {
	t.Parallel()
	for status, attempts := range map[int]int{
		http.StatusBadGateway: 3, http.StatusServiceUnavailable: 3, http.StatusForbidden: 1, http.StatusProxyAuthRequired: 1,
	} {
		asked := 0
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodConnect {
				asked++
			}
			w.WriteHeader(status)
		}))
		t.Cleanup(proxy.Close)
		address, _ := url.Parse(proxy.URL)
		address.User = url.UserPassword("talonic", "S3cr3tOfTheProxy")
		transport := newTransport()
		transport.Proxy = http.ProxyURL(address)
		c, err := New("https://api.talonic.test", "tlnc_key", WithTransport(transport), WithMaxRetries(2), WithMaxRetryWait(1))
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.CreateDestination(t.Context(), NewDestination{Name: "x", Type: "webhook", Config: map[string]any{"url": "https://h.example/x"}})
		var (
			refused *ProxyError
			unknown *OutcomeUnknownError
		)
		if !errors.As(err, &refused) || errors.As(err, &unknown) || !NothingSent(err) || refused.StatusCode != status || refused.Proxy != proxy.URL {
			t.Errorf("%d: %v", status, err)
		}
		if strings.Contains(err.Error(), "S3cr3t") || !strings.Contains(err.Error(), proxy.URL) {
			t.Errorf("%d: %v", status, err)
		}
		if asked != attempts {
			t.Errorf("%d: %d attempts, want %d", status, asked, attempts)
		}
		if err := c.DeleteDestination(t.Context(), "1"); !NothingSent(err) {
			t.Errorf("%d: %v", status, err)
		}
	}
}
