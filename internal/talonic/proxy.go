package talonic

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/hashicorp/go-cleanhttp"
	"golang.org/x/net/http/httpproxy"
)

// newTransport is the connection to the API.
func newTransport() http.RoundTripper {
	t := cleanhttp.DefaultPooledTransport()
	t.OnProxyConnectResponse = checkProxy
	return t
}

// proxyRefusedError is a proxy that does not connect to the API, so that nothing was sent. It has nothing that the proxy said:
// proxies repeat the headers that they were sent, and the password in them.
type proxyRefusedError struct{ status int }

func (e proxyRefusedError) Error() string {
	text := fmt.Sprintf("the proxy refuses to connect to the API (%d", e.status)
	if name := http.StatusText(e.status); name != "" {
		text += " " + name
	}
	return text + "); nothing was sent"
}

// checkProxy judges what a proxy answers to CONNECT.
func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return proxyRefusedError{answer.StatusCode}
	}
	return nil
}

// isProxyRefusal reports whether a proxy refused to connect to the API.
func isProxyRefusal(err error) bool {
	var refused proxyRefusedError
	return errors.As(err, &refused)
}

// proxyPasswords are those of the proxies that the environment names, and what proxies are sent with them.
func proxyPasswords() []string {
	var secrets []string
	environment := httpproxy.FromEnvironment()
	for _, proxy := range []string{environment.HTTPProxy, environment.HTTPSProxy} {
		u, err := url.Parse(proxy)
		if err != nil || u.User == nil {
			continue
		}
		if password, ok := u.User.Password(); ok {
			secrets = append(secrets, password, base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password)))
		}
	}
	return secrets
}
