package talonic

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
)

// WithRootCAs makes a client trust these certificate authorities and no others. origin names their source for errors, such as
// "the system and ca.pem". The option has no effect together with [WithTransport].
func WithRootCAs(authorities *x509.CertPool, origin string) Option {
	return func(c *Client) {
		if t, ok := c.transport.(*connection); ok {
			t.TLSClientConfig = &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}
			t.origin = origin
		}
	}
}

// UntrustedError reports that the certificate of the API or of a proxy cannot be verified, so that nothing was sent.
type UntrustedError struct {
	Cause error

	// Origin names the source of the authorities that the client trusts. It is empty for those of the system.
	Origin string
}

func (e *UntrustedError) Error() string { return e.Cause.Error() }

func (e *UntrustedError) Unwrap() error { return e.Cause }

// IsUnknownAuthority reports whether the certificate is signed by an authority that the client does not trust, so that it may be
// valid otherwise.
func (e *UntrustedError) IsUnknownAuthority() bool {
	var unknown x509.UnknownAuthorityError
	return errors.As(e.Cause, &unknown)
}

// connection is the transport to the API over the network.
type connection struct {
	*http.Transport
	origin string // source of the authorities that it trusts; see [UntrustedError]
}

// RoundTrip wraps certificate errors in an [*UntrustedError].
func (t *connection) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.Transport.RoundTrip(request)
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		err = &UntrustedError{err, t.origin}
	}
	return response, err
}
