package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// scrubberOf returns a scrubber that knows only these secrets.
func scrubberOf(secrets ...string) scrubber {
	known := redact.NewRegister()
	known.Add(secrets...)
	return scrubber{known}
}

const fakePrivateKey = "-----BEGIN FAKE KEY-----\r\n" +
	"bm90IGEga2V5LCBqdXN0IGEgbGluZSBvZiB0ZXh0\r\n" +
	"YW5vdGhlciBsaW5lIG9mIHRleHQsIGFsc28gbm8ga2V5\r\n" +
	"c2hvcnQ=\r\n" +
	"-----END FAKE KEY-----\r\n"

func TestScrubKeepsErrorTypes(t *testing.T) {
	t.Parallel()
	const secret = "fake-secret"
	hide := scrubberOf(secret)

	original := &Error{Method: "GET", Path: "/v1/x", StatusCode: 400, Code: "no_" + secret, Message: "auth_config.token: " + secret + " is weak", RequestID: "req " + secret}
	got := hide.error(&OutcomeUnknownError{Cause: original, Candidates: []string{secret, "d1"}})
	var (
		e       *Error
		unknown *OutcomeUnknownError
	)
	if !errors.As(got, &e) || !errors.As(got, &unknown) {
		t.Fatalf("%T %v, want an *OutcomeUnknownError with an *Error", got, got)
	}
	want := &Error{Method: "GET", Path: "/v1/x", StatusCode: 400, Message: withheldMessage + "; it mentions auth_config.token"}
	if diff := cmp.Diff(want, e, cmp.AllowUnexported(Error{})); diff != "" {
		t.Errorf("*Error (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{redact.Redacted, "d1"}, unknown.Candidates); diff != "" {
		t.Errorf("candidates (-want +got):\n%s", diff)
	}
	if original.Code != "no_"+secret {
		t.Error("the original was changed")
	}

	got = hide.error(&UnexpectedBodyError{StatusCode: 200, Reason: "has " + secret, ContentType: "x/" + secret, RequestID: secret})
	var body *UnexpectedBodyError
	if !errors.As(got, &body) {
		t.Fatalf("%T %v, want an *UnexpectedBodyError", got, got)
	}
	if diff := cmp.Diff(&UnexpectedBodyError{StatusCode: 200, Reason: withheldMessage}, body); diff != "" {
		t.Errorf("*UnexpectedBodyError (-want +got):\n%s", diff)
	}
}

// A value beside a message is shown only in the expected form.
func TestForms(t *testing.T) {
	t.Parallel()
	hide := scrubberOf("fake-secret")
	e := hide.apiError(&Error{Code: "a code\n::add-mask::x", RequestID: "\x1b[2J", Message: "its words"})
	if e.Code != "" || e.RequestID != "" || e.Message != "its words" {
		t.Errorf("%+v", e)
	}
	if e := hide.apiError(&Error{Code: "VALIDATION_ERROR", RequestID: "req_1-a/b=="}); e.Code == "" || e.RequestID == "" {
		t.Errorf("%+v", e)
	}
	for header, want := range map[string]string{
		"application/json; charset=utf-8": "application/json", "text/html": "text/html", "": "", "a\nb": "", "x/" + strings.Repeat("y", 100): "", "fake-secret/x": "",
	} {
		if got := hide.mediaType(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}

func TestScrubOtherErrors(t *testing.T) {
	t.Parallel()
	const secret = "fake-secret"
	hide := scrubberOf(secret)
	if hide.error(nil) != nil {
		t.Error("nil became an error")
	}
	harmless := fmt.Errorf("GET /: %w", context.Canceled)
	if got := hide.error(harmless); got != harmless { //nolint:errorlint // It is to be the very same.
		t.Errorf("%v, want it unchanged", got)
	}
	leaky := fmt.Errorf("dial: %w", &Error{Message: secret})
	got := hide.error(leaky)
	if !strings.Contains(got.Error(), "contains a credential") || strings.Contains(got.Error(), secret) {
		t.Errorf("%q, want it without the secret", got)
	}
	for inner := got; inner != nil; inner = errors.Unwrap(inner) {
		if strings.Contains(fmt.Sprintf("%+v", inner), secret) {
			t.Errorf("the secret can be reached in %T", inner)
		}
	}
}

func TestCredentialsSecrets(t *testing.T) {
	t.Parallel()
	type named map[string]string
	c := Credentials{
		AuthConfig: map[string]any{
			"type": "basic", "username": "user", "header_name": "X-Key", "access_key_id": "AKFAKE", "expires_at": "2027-01-01",
			"password":    "fake-password",
			"token":       map[string]any{"value": "fake-token", "type": "jwt"},
			"list":        []any{"fake-item", map[string]any{"deep": "fake-deep"}},
			"number":      json.Number("12345"),
			"float":       98765.5,
			"named":       named{"key": "fake-named"},
			"strings":     []string{"fake-string"},
			"public_read": true,
			"nothing":     nil,
		},
		SigningSecret: Value("fake-signing"),
	}
	got := c.secrets()
	slices.Sort(got)
	want := []string{
		"12345", "2027-01-01", "98765.5", "AKFAKE", "X-Key", "basic", "fake-deep", "fake-item", "fake-named", "fake-password", "fake-signing", "fake-string", "fake-token", "jwt", "user",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("secrets (-want +got):\n%s", diff)
	}
	if got := (Credentials{SigningSecret: Null[string]()}).secrets(); len(got) != 0 {
		t.Errorf("secrets of nothing = %q", got)
	}
}

// If an API quotes the whole request, no secret in it is shown. Secrets are redacted before a text is truncated, so their position
// does not matter.
func TestNoSecretLeavesTheClient(t *testing.T) {
	t.Parallel()
	credentials := Credentials{
		AuthConfig:    map[string]any{"type": "private_key", "private_key": fakePrivateKey, "passphrase": "fake<pass>\"phrase"},
		SigningSecret: Value("fake-signing-secret"),
	}
	pieces := append(credentials.secrets(), testKey, "bm90IGEg", "tlnc_", "fake-sign", "fake<pass", "fakeu003cpass")
	calls := map[string]func(context.Context, *Client) error{
		"create": func(ctx context.Context, c *Client) error {
			_, err := c.CreateDestination(ctx, NewDestination{Name: "n", Type: "sftp", Credentials: credentials})
			return err
		},
		"update": func(ctx context.Context, c *Client) error {
			_, err := c.UpdateDestination(ctx, "d1", DestinationChange{Credentials: credentials})
			return err
		},
	}
	for name, call := range calls {
		for _, status := range []int{200, 400, 500} {
			t.Run(fmt.Sprintf("%s %d", name, status), func(t *testing.T) {
				t.Parallel()
				for filler := range 60 {
					c := newClient(t, DefaultBaseURL, WithTransport(steps(echo(status, filler*20))), WithMaxRetries(0), WithMaxRetryWait(time.Millisecond))
					err := call(t.Context(), c)
					if err == nil {
						t.Fatal("no error")
					}
					text := err.Error() + fmt.Sprintf("%+v", err)
					var e *Error
					if errors.As(err, &e) {
						text += e.Describe()
					}
					for _, piece := range pieces {
						if strings.Contains(text, piece) {
							t.Fatalf("%q appears after %d bytes: %s", piece, filler*20, text)
						}
					}
				}
			})
		}
	}
}

// echo returns a step whose response quotes the request after some filler text.
func echo(status, filler int) step {
	return step{func(request *http.Request) (*http.Response, error) {
		var (
			body []byte
			err  error
		)
		if request.Body != nil {
			body, err = io.ReadAll(request.Body)
		}
		key := request.Header.Get("Authorization")
		text := strings.Repeat(".", filler) + key + string(body)
		return newResponse(request, status, strings.NewReader(text), "X-Request-Id", key), err
	}}
}
