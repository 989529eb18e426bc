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

// newTransport returns the connection to the API.
func newTransport() *connection {
	t := cleanhttp.DefaultPooledTransport()
	t.OnProxyConnectResponse = checkProxy
	return &connection{Transport: t}
}

// ProxyError reports that a proxy did not connect to the API, so that nothing was sent. It quotes nothing from the response of
// the proxy, because proxies echo request headers, which can contain a password.
type ProxyError struct {
	Proxy      string // scheme and host; the rest of its URL may contain a password
	StatusCode int
}

func (e *ProxyError) Error() string {
	text := fmt.Sprintf("the proxy %s rejected the connection to the API (%d", e.Proxy, e.StatusCode)
	if name := http.StatusText(e.StatusCode); name != "" {
		text += " " + name
	}
	return text + "), so this attempt sent nothing"
}

// isFinal reports whether the proxy would reject another attempt as well.
func (e *ProxyError) isFinal() bool { return e.StatusCode >= 400 && e.StatusCode <= 499 }

// checkProxy returns a [*ProxyError] unless the response of a proxy to CONNECT is a success.
func checkProxy(_ context.Context, proxy *url.URL, _ *http.Request, response *http.Response) error {
	if response.StatusCode != http.StatusOK {
		return &ProxyError{Proxy: proxy.Scheme + "://" + proxy.Host, StatusCode: response.StatusCode}
	}
	return nil
}

// NothingSent reports whether a call certainly failed before any of it was sent to the API: no connection was possible in any
// attempt.
func NothingSent(err error) bool {
	var (
		unknown  *OutcomeUnknownError
		accepted *AcceptedError
		retried  retriedError
	)
	return err != nil && !errors.As(err, &unknown) && !errors.As(err, &accepted) && !errors.As(err, &retried) && notSent(err)
}

// proxyPasswords returns the passwords of the proxies in the environment, in plain text and as encoded in requests.
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
