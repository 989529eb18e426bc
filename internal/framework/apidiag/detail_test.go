package apidiag_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

func TestDetail(t *testing.T) {
	t.Parallel()
	answered := func(status int) *talonic.Error {
		return &talonic.Error{Method: "GET", Path: "/v1/x", StatusCode: status, Code: "code", Message: "its words", RequestID: "req_1"}
	}
	spent := answered(429)
	spent.RetryAt = time.Date(2030, 1, 2, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		err  error
		next string
		want []string
	}{
		"unauthorized":    {answered(401), "", []string{"401 Unauthorized (code):\n\n  | its words\n\n", "GET /v1/x", "req_1", "TALONIC_API_KEY"}},
		"forbidden":       {answered(403), "", []string{"its words", `"write" for all other`}},
		"quota spent":     {spent, "", []string{"accepts requests again at 2030-01-02 00:00:00 UTC"}},
		"rate limit":      {answered(429), "", []string{"-parallelism"}},
		"API has failed":  {answered(503), "", []string{"503 Service Unavailable", "support"}},
		"wrapped":         {fmt.Errorf("while: %w", answered(401)), "", []string{"TALONIC_API_KEY"}},
		"own advice wins": {answered(401), "Do this.", []string{"its words", "\n\nDo this."}},
		"not reached":     {errors.New("GET /v1/x: connection refused"), "", []string{"  | GET /v1/x: connection refused\n", "base_url"}},
		"half a list":     {&talonic.IncompleteListError{Path: "/v1/x", Cause: errors.New("it grows")}, "", []string{"incomplete: it grows", "Try again, because the list may have changed"}},
		"too large":       {fmt.Errorf("GET /v1/x: %w", talonic.ErrBodyTooLarge), "", []string{"64 MiB", "A proxy or gateway may have responded"}},
		"too slow":        {fmt.Errorf("GET /v1/x: %w", os.ErrDeadlineExceeded), "", []string{"request_timeout"}},
		"no id to send":   {&talonic.Error{StatusCode: 500}, "", []string{"contact Talonic support"}},
		"gateway's 404":   {&talonic.Error{StatusCode: 404}, "", []string{"probably did not come from the API"}},
		"another body":    {&talonic.UnexpectedBodyError{Method: "GET", Path: "/v1/x", StatusCode: 200, Reason: "it is not JSON"}, "", []string{"it is not JSON", "prox"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := apidiag.Detail(c.err, c.next)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in:\n%s", want, got)
				}
			}
			if c.next != "" && strings.Contains(got, "TALONIC_API_KEY") {
				t.Errorf("the general advice is there too:\n%s", got)
			}
		})
	}
}

type refusing struct{}

func (refusing) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusUnauthorized, Body: http.NoBody, Request: r, Header: http.Header{}}, nil
}

// Only one error explains a cause that several share, with the number of operations that it stopped. Each of the others takes one line.
func TestDetailOfOneCause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(0), talonic.WithTransport(refusing{}))
		if err != nil {
			t.Fatal(err)
		}
		const others = 49
		details := make(chan string, others)
		_, first := client.GetDestination(t.Context(), "d")
		for i := range others {
			go func() {
				time.Sleep(time.Duration(i+1) * 50 * time.Millisecond)
				_, err := client.GetDestination(t.Context(), "d")
				details <- apidiag.Detail(err, "")
			}()
		}
		if got := apidiag.Detail(first, ""); !strings.Contains(got, "TALONIC_API_KEY") || !strings.Contains(got, "This error also stopped 49 other operations of this run.") {
			t.Error(got)
		}
		for range others {
			if got := <-details; got != "The request was not sent (status 401). Another error of this run has the details." {
				t.Error(got)
			}
		}
	})
}

type invalid struct{ message string }

func (i invalid) RoundTrip(r *http.Request) (*http.Response, error) {
	body := io.NopCloser(strings.NewReader(`{"statusCode":400,"code":"validation_error","message":"` + i.message + `"}`))
	return &http.Response{StatusCode: http.StatusBadRequest, Body: body, Request: r, Header: http.Header{"X-Request-Id": {"req_1"}}}, nil
}

// What the API refuses of many objects in the same words is explained once. The others name their own object and the one that is explained.
func TestDetailOfARefusalOfMany(t *testing.T) {
	t.Parallel()
	client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(0), talonic.WithTransport(invalid{"region is unknown"}))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"Delivery destination \"a\": The API responded with 400 Bad Request (validation_error):\n\n  | region is unknown\n\n" +
			"Request: POST /v1/delivery/destinations, request ID req_1.\n\nCorrect it.",
		`Delivery destination "b": The API rejected the request with the same message (status 400). Nothing was changed. The error about delivery destination "a" has the details.`,
		`Delivery destination "c": The API rejected the request with the same message (status 400). Nothing was changed. The error about delivery destination "a" has the details.`,
	} {
		s := apidiag.Subject{Noun: "destination", Name: string(rune('a' + i))}
		_, err := client.CreateDestination(t.Context(), talonic.NewDestination{Name: s.Name, Type: "s3"})
		if got := s.AboutError(err, "Correct it."); got != want {
			t.Errorf("%s\n\nnot\n\n%s", got, want)
		}
	}
}

// answers responds to each request with the next response, and repeats the last one. Each is a status and a body; status 0 is a lost response.
type answers []struct {
	status int
	body   string
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	next := (*a)[0]
	if len(*a) > 1 {
		*a = (*a)[1:]
	}
	if next.status == 0 {
		return nil, errors.New("reset")
	}
	return &http.Response{StatusCode: next.status, Body: io.NopCloser(strings.NewReader(next.body)), Request: r, Header: http.Header{}}, nil
}

const (
	fromAPI     = `{"statusCode":%d,"code":"some_code","message":"no"}`
	fromGateway = "<html>no</html>"
)

// The error of an operation whose cause another error explains says only what its own response proves.
func TestDetailOfOneCauseStatesWhatIsProven(t *testing.T) {
	t.Parallel()
	write := func(c *talonic.Client) error {
		_, err := c.UpdateDestination(t.Context(), "d", talonic.DestinationChange{Name: "n"})
		return err
	}
	read := func(c *talonic.Client) error { _, err := c.GetDestination(t.Context(), "d"); return err }
	test := func(c *talonic.Client) error { _, err := c.TestDestination(t.Context(), "d"); return err }
	dismiss := func(c *talonic.Client) error { _, err := c.DismissDeadLetter(t.Context(), "d"); return err }
	const (
		same       = "The API rejected the request with the same message (status %d)."
		nothing    = same + " Nothing was changed."
		failed     = "The request failed (status %d). Another"
		perhaps    = "The request may have taken effect (status %d). Run terraform plan to compare."
		dismissed  = "The dismissal may have taken effect (status %d). List the dead letters before you dismiss again."
		ofGateways = "The request failed (status %d). Nothing was changed."
	)
	for _, c := range []struct {
		call   func(*talonic.Client) error
		status int
		body   string
		want   string
	}{
		{write, 400, fromAPI, nothing},
		{write, 422, fromAPI, nothing},
		{write, 400, fromGateway, perhaps},
		{write, 403, fromGateway, perhaps},
		{write, 422, fromGateway, perhaps},
		{write, 405, fromGateway, ofGateways},
		{write, 408, fromAPI, perhaps},
		{write, 425, fromAPI, perhaps},
		{write, 499, fromAPI, perhaps},
		{write, 503, fromAPI, perhaps},
		{write, 429, fromAPI, failed},
		{read, 400, fromAPI, same + " The error about"},
		{read, 400, fromGateway, failed},
		{read, 503, fromAPI, failed},
		{test, 400, fromAPI, same + " The error about"},
		{test, 400, fromGateway, failed},
		{test, 408, fromGateway, failed},
		{test, 503, fromAPI, failed},
		{dismiss, 400, fromAPI, nothing},
		{dismiss, 400, fromGateway, dismissed},
		{dismiss, 503, fromAPI, dismissed},
	} {
		body := c.body
		if body == fromAPI {
			body = fmt.Sprintf(body, c.status)
		}
		client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(0), talonic.WithTransport(&answers{{c.status, body}}))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"responded with", fmt.Sprintf(c.want, c.status)} {
			got := apidiag.Subject{Noun: "destination", Name: string(rune('a' + i))}.AboutError(c.call(client), "")
			if !strings.Contains(got, want) {
				t.Errorf("%d %s: %q is not in:\n%s", c.status, c.body, want, got)
			}
		}
	}
}

// The response to a dismissal does not confirm it, and the list of dead letters contradicts it or cannot be read.
func TestDetailOfADismissal(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]string{
		`{"data":[{"id":"d"}]}`: "The API accepted the delete, but the dead letter still exists.",
		fromGateway: "The outcome is unknown: the request may have taken effect. The API accepted the delete, but the provider could not read the object " +
			"afterwards.",
	} {
		client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(0), talonic.WithTransport(&answers{{200, "ok"}, {200, list}}))
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.DismissDeadLetter(t.Context(), "d")
		if got := apidiag.Detail(err, "Next."); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", list, got)
		}
	}
}

// A write whose last attempt found no connection may have taken effect in an earlier attempt, even if another error explains the cause.
func TestDetailOfAWriteThatLosesTheConnection(t *testing.T) {
	t.Parallel()
	firstSent, otherFailed := make(chan struct{}), make(chan struct{})
	attempts := 0
	connection := roundTripper(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/lost") {
			if attempts++; attempts == 1 {
				close(firstSent)
				<-otherFailed
				return nil, errors.New("reset")
			}
		}
		return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
	})
	client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(1), talonic.WithMaxRetryWait(time.Millisecond), talonic.WithTransport(connection))
	if err != nil {
		t.Fatal(err)
	}
	lost := make(chan error)
	go func() {
		_, err := client.UpdateDestination(t.Context(), "lost", talonic.DestinationChange{Name: "n"})
		lost <- err
	}()
	<-firstSent
	_, refused := client.UpdateDestination(t.Context(), "refused", talonic.DestinationChange{Name: "n"})
	close(otherFailed)
	apidiag.Subject{Noun: "destination", Name: "refused"}.AboutError(refused, "")
	const want = "The request may have taken effect (no connection)."
	got := (apidiag.Subject{Noun: "destination", Name: "lost"}).AboutError(<-lost, "")
	if !strings.Contains(got, want) {
		t.Errorf("%q is not in:\n%s", want, got)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A warning explains its cause, and so does the first error after it.
func TestWarningsAndErrorsOfOneCause(t *testing.T) {
	t.Parallel()
	client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(0), talonic.WithTransport(invalid{"region is unknown"}))
	if err != nil {
		t.Fatal(err)
	}
	_, failure := client.GetDestination(t.Context(), "d")
	for range 2 {
		if got := (apidiag.Subject{}).WarningDetail(failure, "Check it."); !strings.Contains(got, "region is unknown") || !strings.HasSuffix(got, "\n\nCheck it.") {
			t.Error(got)
		}
	}
	if got := apidiag.Detail(failure, ""); !strings.Contains(got, "region is unknown") {
		t.Error(got)
	}
}

// A write that the API accepted is not described as failed.
func TestDetailOfAnAcceptedWrite(t *testing.T) {
	t.Parallel()
	update := func(c *talonic.Client) error {
		_, err := c.UpdateDestination(t.Context(), "d", talonic.DestinationChange{Name: "n"})
		return err
	}
	remove := func(c *talonic.Client) error { return c.DeleteDestination(t.Context(), "d") }
	const shown = `{"id":"d","name":"n","type":"webhook","config":{},"has_auth_config":false,"has_signing_secret":false,"is_active":true}`
	for _, c := range []struct {
		doing apidiag.Operation
		call  func(*talonic.Client) error
		then  answers
		want  []string
	}{
		{apidiag.Updating, update, answers{{204, ""}, {403, fmt.Sprintf(fromAPI, 403)}}, []string{
			"The API accepted the update, but the provider could not read the destination afterwards. The API responded with 403",
			`"read" for reads`, "Then run terraform plan to compare.",
		}},
		{apidiag.Updating, update, answers{{204, ""}, {400, fmt.Sprintf(fromAPI, 400)}}, []string{"accepted the update", "\n\nRun terraform plan later to compare."}},
		{apidiag.Updating, update, answers{{204, ""}, {503, fmt.Sprintf(fromAPI, 503)}}, []string{"accepted the update", "\n\nRun terraform plan later to compare."}},
		{apidiag.Updating, update, answers{{204, ""}, {0, ""}}, []string{"accepted the update", "reset", "Check the network", "Then run terraform plan to compare."}},
		{apidiag.Deleting, remove, answers{{200, "ok"}, {503, fmt.Sprintf(fromAPI, 503)}}, []string{
			"The API accepted the delete, but the provider could not read the destination afterwards.", "\n\nRun terraform plan later to compare.",
		}},
		{apidiag.Deleting, remove, answers{{200, "ok"}, {200, shown}}, []string{
			"The API accepted the delete, but the destination still exists.", "\n\nRun terraform plan later to compare.", "destroy it again",
		}},
	} {
		client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(0), talonic.WithTransport(&c.then))
		if err != nil {
			t.Fatal(err)
		}
		place := func(string) (path.Path, bool) { return path.Root("name"), true }
		d := apidiag.Subject{Noun: "destination", Name: "erp"}.Failed(c.doing, c.call(client), place)
		if _, ok := d.(diag.DiagnosticWithPath); ok {
			t.Errorf("points at an argument: %s", d.Detail())
		}
		for _, want := range c.want {
			if !strings.Contains(d.Detail(), want) {
				t.Errorf("%q is not in:\n%s", want, d.Detail())
			}
		}
		for _, wrong := range []string{"Nothing was", "may have taken effect"} {
			if strings.Contains(d.Detail(), wrong) {
				t.Errorf("%q is in:\n%s", wrong, d.Detail())
			}
		}
	}
}

// Only the API's own response to the only attempt proves that a write changed nothing.
func TestNextStepStatesWhatIsProven(t *testing.T) {
	t.Parallel()
	api := func(status int) string { return fmt.Sprintf(fromAPI, status) }
	const (
		nothing = "Nothing was changed. Correct the configuration"
		gateway = "A gateway may have rejected the request before it reached the API, or blocked the API's response, so the update may have taken effect. Run terraform plan to compare."
		later   = "The update may have taken effect. Run terraform plan later to compare."
		earlier = "An earlier attempt of the update may have taken effect. Run terraform plan to compare, then correct the configuration or apply again."
	)
	for name, c := range map[string]struct {
		then answers
		want string
	}{
		"400 of the API":         {answers{{400, api(400)}}, nothing},
		"400 of a gateway":       {answers{{400, fromGateway}}, gateway},
		"422 of a gateway":       {answers{{422, ""}}, gateway},
		"403 of a gateway":       {answers{{403, fromGateway}}, gateway},
		"409 of a gateway":       {answers{{409, fromGateway}}, gateway},
		"408":                    {answers{{408, api(408)}}, later},
		"499":                    {answers{{499, api(499)}}, later},
		"503":                    {answers{{503, api(503)}}, later},
		"429 of a gateway":       {answers{{429, fromGateway}}, "The update may have taken effect. Try again later."},
		"lost, then 400":         {answers{{0, ""}, {400, api(400)}}, earlier},
		"502, then 401":          {answers{{502, ""}, {401, api(401)}}, "The update may have taken effect. Check the API key"},
		"502, then 409":          {answers{{502, ""}, {409, api(409)}}, earlier},
		"403 of the API":         {answers{{403, api(403)}}, `"write" for all other`},
		"401 of a gateway":       {answers{{401, fromGateway}}, "TALONIC_API_KEY"},
		"404, and nothing lists": {answers{{404, fromGateway}}, "Nothing was changed. The 404 response"},
	} {
		client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(1), talonic.WithMaxRetryWait(time.Millisecond), talonic.WithTransport(&c.then))
		if err != nil {
			t.Fatal(err)
		}
		_, failure := client.UpdateDestination(t.Context(), "d", talonic.DestinationChange{Name: "n"})
		d := apidiag.Subject{Noun: "destination", Name: "erp"}.Failed(apidiag.Updating, failure, func(string) (path.Path, bool) { return path.Path{}, false })
		if !strings.Contains(d.Detail(), c.want) || c.want != nothing && c.want[:7] != "Nothing" && strings.Contains(d.Detail(), "Nothing was changed") {
			t.Errorf("%s: %q is not in:\n%s", name, c.want, d.Detail())
		}
	}
}

// A later attempt of a create was rejected by the API, was perhaps rejected by a gateway, or failed.
func TestDetailOfALaterAttempt(t *testing.T) {
	t.Parallel()
	for want, refusal := range map[string]error{
		"The API rejected a later attempt. The API responded with 409": &talonic.Error{StatusCode: 409},
		"A later attempt failed, too. The request failed:":             errors.New("no connection"),
		"A gateway may have rejected a later attempt. The API resp":    gatewayRefusal(t),
	} {
		if got := apidiag.Detail(&talonic.OutcomeUnknownError{Cause: errors.New("lost"), Refusal: refusal}, ""); !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
}

func gatewayRefusal(t *testing.T) error {
	t.Helper()
	client, err := talonic.New("https://api.example.com", "tlnc_key", talonic.WithMaxRetries(0), talonic.WithTransport(&answers{{403, fromGateway}}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.GetDestination(t.Context(), "d")
	return err
}
