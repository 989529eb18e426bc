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
)

func TestScrubEncodings(t *testing.T) {
	t.Parallel()
	const secret = `p"w/ö <1>&x`
	for name, form := range map[string]string{
		"plain":                      secret,
		"JSON":                       `p\"w/ö <1>&x`,
		"JSON with HTML escaped":     `p\"w/ö \u003c1\u003e\u0026x`,
		"JSON in JSON":               `p\\\"w/ö <1>&x`,
		"JSON in JSON, HTML escaped": `p\\\"w/ö \\u003c1\\u003e\\u0026x`,
		"query":                      `p%22w%2F%C3%B6+%3C1%3E%26x`,
		"path":                       `p%22w%2F%C3%B6%20%3C1%3E&x`,
		"HTML":                       `p&#34;w/ö &lt;1&gt;&amp;x`,
		"base64":                     `cCJ3L8O2IDwxPiZ4`,
		"hex":                        `7022772fc3b6203c313e2678`,
		"HEX":                        `7022772FC3B6203C313E2678`,
	} {
		if got, want := newScrubber([]string{secret}).text("a "+form+" b"), "a "+redacted+" b"; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestScrubBase64Variants(t *testing.T) {
	t.Parallel()
	const secret = "\xfb\xff\xbf1" // has the characters that differ, and needs padding
	for _, form := range []string{"+/+/MQ==", "-_-_MQ==", "+/+/MQ", "-_-_MQ"} {
		if got := newScrubber([]string{secret}).text(form); got != redacted {
			t.Errorf("%s: %q, want %q", form, got, redacted)
		}
	}
}

const fakePrivateKey = "-----BEGIN FAKE KEY-----\r\n" +
	"bm90IGEga2V5LCBqdXN0IGEgbGluZSBvZiB0ZXh0\r\n" +
	"YW5vdGhlciBsaW5lIG9mIHRleHQsIGFsc28gbm8ga2V5\r\n" +
	"c2hvcnQ=\r\n" +
	"-----END FAKE KEY-----\r\n"

func TestScrubPrivateKey(t *testing.T) {
	t.Parallel()
	hide := newScrubber([]string{fakePrivateKey})
	for name, text := range map[string]string{
		"whole":                 fakePrivateKey,
		"as JSON":               strings.ReplaceAll(fakePrivateKey, "\r\n", `\r\n`),
		"with other line ends":  strings.ReplaceAll(fakePrivateKey, "\r\n", "\n"),
		"on one line":           strings.ReplaceAll(fakePrivateKey, "\r\n", " "),
		"indented":              strings.ReplaceAll(fakePrivateKey, "\r\n", "\n    "),
		"a line of it":          "bad line: bm90IGEga2V5LCBqdXN0IGEgbGluZSBvZiB0ZXh0",
		"a line, URL-encoded":   "bm90IGEga2V5LCBqdXN0IGEgbGluZSBvZiB0ZXh0%0D%0A",
		"without its last line": strings.TrimSpace(fakePrivateKey),
	} {
		got := hide.text(text)
		if strings.Contains(got, "bm90") || strings.Contains(got, "YW5v") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Short lines of a long secret are words that many texts have.
func TestScrubLeavesShortLines(t *testing.T) {
	t.Parallel()
	const text = "the name is wrong"
	if got := newScrubber([]string{"first line of it\nname\nlast line of it"}).text(text); got != text {
		t.Errorf("%q, want %q", got, text)
	}
}

// A secret read from a file often ends in a line break, which an API may trim before it quotes the value.
func TestScrubTrimmedSecret(t *testing.T) {
	t.Parallel()
	if got, want := newScrubber([]string{"hunter2\n"}).text("hunter2 is too short"), redacted+" is too short"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestScrubOverlappingSecrets(t *testing.T) {
	t.Parallel()
	for _, secrets := range [][]string{
		{"abcd1234", "abcd1234efgh"},
		{"abcd1234efgh", "abcd1234"},
		{"abcd1234efgh", "abcd1234", "abcd1234"},
	} {
		got := newScrubber(secrets).text("abcd1234efgh abcd1234")
		if want := redacted + " " + redacted; got != want {
			t.Errorf("%q: %q, want %q", secrets, got, want)
		}
	}
}

func TestScrubNothing(t *testing.T) {
	t.Parallel()
	const text = "nothing \" to see"
	for _, secrets := range [][]string{nil, {""}, {"", "\n"}} {
		if got := newScrubber(secrets).text(text); got != text {
			t.Errorf("%q: %q, want %q", secrets, got, text)
		}
	}
}

func TestScrubKeepsErrorTypes(t *testing.T) {
	t.Parallel()
	const secret = "fake-secret"
	hide := newScrubber([]string{secret})

	original := &Error{StatusCode: 400, Code: "no " + secret, Message: secret + " is weak", RequestID: "req " + secret}
	got := hide.error(&OutcomeUnknownError{Cause: original})
	var e *Error
	if !errors.As(got, &e) || !isOutcomeUnknown(got) {
		t.Fatalf("%T %v, want an *OutcomeUnknownError with an *Error", got, got)
	}
	want := &Error{StatusCode: 400, Code: "no " + redacted, Message: redacted + " is weak", RequestID: "req " + redacted}
	if diff := cmp.Diff(want, e, cmp.AllowUnexported(Error{})); diff != "" {
		t.Errorf("*Error (-want +got):\n%s", diff)
	}
	if original.Code != "no "+secret {
		t.Error("the original was changed")
	}

	got = hide.error(&UnexpectedBodyError{StatusCode: 200, Reason: "has " + secret, ContentType: "x/" + secret, RequestID: secret})
	var body *UnexpectedBodyError
	if !errors.As(got, &body) {
		t.Fatalf("%T %v, want an *UnexpectedBodyError", got, got)
	}
	wantBody := &UnexpectedBodyError{StatusCode: 200, Reason: "has " + redacted, ContentType: "x/" + redacted, RequestID: redacted}
	if diff := cmp.Diff(wantBody, body); diff != "" {
		t.Errorf("*UnexpectedBodyError (-want +got):\n%s", diff)
	}
}

func TestScrubOtherErrors(t *testing.T) {
	t.Parallel()
	const secret = "fake-secret"
	hide := newScrubber([]string{secret})
	if hide.error(nil) != nil {
		t.Error("nil became an error")
	}
	harmless := fmt.Errorf("GET /: %w", context.Canceled)
	if got := hide.error(harmless); got != harmless { //nolint:errorlint // It is to be the very same.
		t.Errorf("%v, want it unchanged", got)
	}
	leaky := fmt.Errorf("dial: %w", &Error{Message: secret})
	got := hide.error(leaky)
	if !strings.Contains(got.Error(), redacted) || strings.Contains(got.Error(), secret) {
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
	want := []string{"12345", "98765.5", "fake-deep", "fake-item", "fake-named", "fake-password", "fake-signing", "fake-string", "fake-token"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("secrets (-want +got):\n%s", diff)
	}
	if got := (Credentials{SigningSecret: Null[string]()}).secrets(); len(got) != 0 {
		t.Errorf("secrets of nothing = %q", got)
	}
}

// An API that quotes the whole request must not make a secret appear, wherever in its text that is: a text that is cut is
// cut after the secrets went.
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

// echo answers with a text that quotes the request after some other text.
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
