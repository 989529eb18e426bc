package destination

import (
	"errors"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	for want, result := range map[string]talonic.ConnectivityTest{
		"The API reported \"all\u00a0is\u00a0well\" (HTTP status 204, after 12 ms).":      {Success: true, HTTPStatus: new(int64(204)), DurationMS: 12, Message: "all is well."},
		"The destination can be reached (after 5 ms).":                                    {Success: true, DurationMS: 5},
		"The API reported \"refused\" (after 0 ms).":                                      {Message: "refused"},
		"The API gave no reason (HTTP status 500, after 3 ms).":                           {HTTPStatus: new(int64(500)), DurationMS: 3},
		"The API reported \"not\u00a0(quite)\u00a0right\" (HTTP status 200, after 1 ms).": {HTTPStatus: new(int64(200)), DurationMS: 1, Message: "not (quite) right"},
	} {
		if got := summary(&result); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// The target is described by the arguments that determine what is tested.
func TestTarget(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		apiType, config, want string
	}{
		"webhook":            {"webhook", `{"url":"https://a.example.com/in","headers":{"X-Token":"planted"}}`, `, type webhook, url "https://a.example.com/...".`},
		"token in the query": {"webhook", `{"url":"https://a.example.com/in?token=planted&a=b"}`, `, type webhook, url "https://a.example.com/...".`},
		"password":           {"webhook", `{"url":"https://me:planted@a.example.com/in"}`, `, type webhook, url "https://a.example.com/...".`},
		"sftp": {
			"sftp", `{"host":"sftp.example.com","username":"talonic","remote_path":"/in","port":22}`,
			`, type sftp.`,
		},
		"something else":      {"webhook", `{"url":{"a":1}}`, `, type webhook.`},
		"no type of ours":     {"google_sheets", `{"sheet":"planted"}`, `, type google_sheets.`},
		"nothing is known":    {"", ``, `.`},
		"nothing is required": {"google_drive", `{"folder_id":"planted"}`, `, type google_drive.`},
	} {
		got := target(&talonic.Destination{ID: "d1", Type: c.apiType, Config: blocktest.Object(t, c.config)})
		if want := "Tested: destination d1" + c.want; got != want {
			t.Errorf("%s: %s, not %s", name, got, want)
		}
	}
}

func TestAfterFailedProbe(t *testing.T) {
	t.Parallel()
	if got := afterFailedTest(nil); !strings.Contains(got, "reachable from the internet") {
		t.Errorf("no status: %s", got)
	}
	for status, want := range map[int64]string{
		200: "does not accept the response as a success", 302: "redirects", 400: "rejects the request", 401: "credentials", 403: "credentials", 404: "this address",
		410: "this address", 422: "rejects the request", 429: "later", 500: "failed", 503: "failed", 0: "failed", 999: "failed",
	} {
		if got := afterFailedTest(&status); !strings.Contains(got, want) || !strings.Contains(strings.ToLower(got), "test again") {
			t.Errorf("%d: %s", status, got)
		}
	}
}

// An error response that is not about the destination is not a failed test.
func TestAfterNoTest(t *testing.T) {
	t.Parallel()
	const general, lookElsewhere, notTested = "", "Check the ID", "cannot tell whether"
	for status, want := range map[int]string{
		302: general, 400: notTested, 401: general, 403: general, 404: notTested, 409: notTested, 422: notTested, 429: general, 500: notTested, 502: notTested,
	} {
		said := &talonic.Error{Method: "POST", Path: "/v1/x", StatusCode: status, Code: "code", Gone: status == 404}
		if status == 404 {
			want = lookElsewhere
		}
		if got := afterNoTest(said); (got == "") != (want == general) || !strings.Contains(got, want) {
			t.Errorf("%d: %q", status, got)
		}
	}
	if got := afterNoTest(errors.New("connection refused")); got != general {
		t.Errorf("no answer: %q", got)
	}
}
