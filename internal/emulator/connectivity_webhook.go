package emulator

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/google/uuid"
)

// defaultProbeTimeout is the time within which a receiver must respond to a connectivity test. It is undocumented.
const defaultProbeTimeout = 5 * time.Second

// testEvent is the event type of a connectivity test. Like all details of the test of a webhook, it is undocumented.
const testEvent = "delivery.test"

// defaultReceiverClient calls receivers, for connectivity tests and deliveries. It keeps no connections, so that a receiver can shut
// down. It uses no proxy and follows no redirects, because a redirect counts as the response. It blocks private networks only with
// [Behavior.BlockPrivateNetworks], because Go tests run their receivers there.
//
// API docs: Dead Letter Queue.
var defaultReceiverClient = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// webhookBody is the body that a receiver gets.
type webhookBody struct {
	Event   webhookEvent `json:"event"`
	Payload any          `json:"payload"`
	Content any          `json:"content"`
}

type webhookEvent struct {
	EventType      string  `json:"event_type"`
	EventID        string  `json:"event_id"`
	BindingID      *string `json:"binding_id"`
	IdempotencyKey string  `json:"idempotency_key"`
	Attempt        int     `json:"attempt"`
	DeliveredAt    string  `json:"delivered_at"`
}

// callWebhook tests a webhook by calling its URL. Messages in the outcome do not quote the request.
func (e *Emulator) callWebhook(ctx context.Context, d destination, guarded bool) TestOutcome {
	ctx, cancel := context.WithTimeout(ctx, e.probeTimeout)
	defer cancel()
	r, err := probeRequest(ctx, d, e.clock())
	if err != nil || !webURL.accepts(d.Config["url"]) {
		return TestOutcome{Message: "config.url must be " + webURL.wording}
	}

	if guarded && inPrivateNetwork(ctx, r.URL) {
		return TestOutcome{Message: "the host is in a private network"}
	}

	began := time.Now()
	response, err := e.receivers.Do(r)
	outcome := TestOutcome{DurationMs: int(time.Since(began).Milliseconds())}
	if err != nil {
		outcome.Message = describeFailure(err, e.probeTimeout)
		return outcome
	}
	defer response.Body.Close()

	outcome.HTTPStatus = response.StatusCode
	outcome.Success, outcome.Message = response.StatusCode/100 == 2, describeStatus(response.StatusCode)
	if outcome.Success {
		outcome.Message = reachable.Message
	}
	return outcome
}

// describeStatus describes a response that is not a success.
func describeStatus(status int) string {
	switch status {
	case 0:
		return "the delivery failed"
	case http.StatusUnauthorized, http.StatusForbidden:
		return "endpoint refused the credentials"
	}
	return fmt.Sprintf("endpoint responded with %d %s", status, http.StatusText(status))
}

// probeRequest returns the request of a connectivity test.
func probeRequest(ctx context.Context, d destination, at time.Time) (*http.Request, error) {
	event := webhookEvent{
		EventType:      testEvent,
		EventID:        "0", // not an event of the outbox
		IdempotencyKey: strings.ReplaceAll(uuid.NewString(), "-", ""),
		Attempt:        1,
		DeliveredAt:    timestamp(at),
	}
	body, err := encoded(webhookBody{Event: event, Payload: fields{"test": true}})
	if err != nil {
		return nil, err
	}
	return webhookRequest(ctx, d, testEvent, event.IdempotencyKey, body, at)
}

// webhookRequest returns the request to a webhook's receiver. It is an assumption that the API's own headers override those in
// config.
func webhookRequest(ctx context.Context, d destination, eventType, key string, body []byte, at time.Time) (*http.Request, error) {
	address, _ := d.Config["url"].(string)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}

	headers, _ := d.Config["headers"].(fields)
	for name, value := range headers {
		r.Header.Set(name, fmt.Sprint(value))
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "talonic-emulator")
	r.Header.Set("X-Talonic-Event", eventType) // undocumented; the name comes from the older webhooks
	r.Header.Set("X-Talonic-Delivery-Id", key) // undocumented; the name comes from the older webhooks
	authenticate(r, d.credentials.AuthConfig)
	if secret := d.credentials.SigningSecret; secret != "" {
		r.Header.Set("X-Talonic-Signature", Sign(secret, at, body))
	}
	return r, nil
}

// authenticate applies a webhook's auth_config to a request.
func authenticate(r *http.Request, auth fields) {
	value := func(key string) string {
		s, _ := auth[key].(string)
		return s
	}
	switch auth["type"] {
	case "bearer":
		r.Header.Set("Authorization", "Bearer "+value("token"))
	case "basic":
		r.SetBasicAuth(value("username"), value("password"))
	case "api_key":
		name := value("header_name")
		if name == "" {
			name = "X-API-Key"
		}
		r.Header.Set(name, value("api_key"))
	}
}

// describeFailure describes why there was no response. It does not quote the error, because the URL in the error may contain a secret.
func describeFailure(err error, timeout time.Duration) string {
	var (
		lookup      *net.DNSError
		certificate *tls.CertificateVerificationError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "the request was given up"
	case errors.As(err, &lookup):
		return "the host name cannot be resolved"
	case timedOut(err):
		return fmt.Sprintf("no response within %s", timeout)
	case errors.As(err, &certificate):
		return "the certificate is not trusted"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused"
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return "the connection was closed without an answer"
	}
	return "the request could not be sent, or its answer not be read"
}
