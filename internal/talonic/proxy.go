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
func newTransport() *connection {
	t := cleanhttp.DefaultPooledTransport()
	t.OnProxyConnectResponse = checkProxy
	return &connection{Transport: t}
}

// ProxyError is a proxy that does not connect to the API, so that nothing was sent. It has nothing that the proxy said: proxies
// repeat the headers that they were sent, and the password in them.
type ProxyError struct {
	Proxy      string // scheme and host: the rest of its URL may be a password
	StatusCode int
}

func (e *ProxyError) Error() string {
	text := fmt.Sprintf("the proxy %s refuses to connect to the API (%d", e.Proxy, e.StatusCode)
	if name := http.StatusText(e.StatusCode); name != "" {
		text += " " + name
	}
	return text + "); nothing was sent"
}

// isFinal reports whether the proxy would refuse another attempt as well.
func (e *ProxyError) isFinal() bool { return e.StatusCode >= 400 && e.StatusCode <= 499 }

// checkProxy judges what a proxy answers to CONNECT.
func checkProxy(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return &ProxyError{Proxy: proxy.Scheme + "://" + proxy.Host, StatusCode: answer.StatusCode}
	}
	return nil
}

// NothingSent reports whether a call failed for sure before anything of it was sent to the API.
func NothingSent(err error) bool {
	var unknown *OutcomeUnknownError
	return err != nil && !errors.As(err, &unknown) && notSent(err)
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
