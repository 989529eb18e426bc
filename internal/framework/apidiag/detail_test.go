package apidiag_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

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
