package history_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// The ids of what a populated API has: two destinations, a binding to each.
const (
	ledgerID, archiveID = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
	toLedger, toArchive = "33333333-3333-4333-8333-333333333333", "44444444-4444-4444-8444-444444444444"
)

// idOf is the n-th id of a kind, such as "a" for attempts.
func idOf(kind string, n int) string {
	return fmt.Sprintf("%s0000000-0000-4000-8000-%012d", kind, n)
}

// start is when the first delivery of a populated API was made.
var start = time.Date(2026, 8, 14, 9, 30, 0, 0, time.UTC)

type api struct {
	*emulator.Emulator
	url string
}

// newAPI returns an API with two destinations and a binding to each, which has delivered nothing yet.
func newAPI(t testing.TB, b emulator.Behavior) api {
	t.Helper()
	e := emulator.New(b)
	for id, name := range map[string]string{ledgerID: "ledger", archiveID: "archive"} {
		e.Add(emulator.Destination{ID: id, Name: name, Type: "webhook", Config: map[string]any{"url": "https://hooks.example.com/in"}, IsActive: true})
	}
	for id, destination := range map[string]string{toLedger: ledgerID, toArchive: archiveID} {
		e.AddBinding(emulator.Binding{
			ID: id, Name: "to " + destination, DestinationID: destination, DeliverableType: "markdown", SerializerFormat: "json", IsActive: true,
			SignalFilter: map[string]any{"event_type": "document.extracted"},
		})
	}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return api{e, server.URL}
}

// attempts adds attempts of a binding, one a minute: a letter each, s for succeeded, f for failed, i for in flight.
func (a api) attempts(binding, statuses string) {
	for _, letter := range statuses {
		n := len(a.Attempts()) + 1
		one := emulator.Attempt{
			ID: idOf("a", n), BindingID: binding, CreatedAt: start.Add(time.Duration(n) * time.Minute), Status: emulator.StatusSucceeded, HTTPStatus: 200, DurationMs: 80,
		}
		switch letter {
		case 'f':
			one.Status, one.HTTPStatus, one.ErrorCode, one.ErrorMessage = emulator.StatusFailed, 503, "connector_5xx", "endpoint responded with 503"
		case 'i':
			one.Status, one.HTTPStatus, one.DurationMs = emulator.StatusInFlight, 0, 0
		}
		a.AddAttempt(one)
	}
}

// letters adds dead letters of a binding, one a minute.
func (a api) letters(binding, code string, count int) {
	for range count {
		n := len(a.DeadLetters()) + 1
		a.AddDeadLetter(emulator.DeadLetter{
			ID: idOf("d", n), BindingID: binding, ErrorCode: code, ErrorMessage: "endpoint failed", Attempts: 6, CreatedAt: start.Add(time.Duration(n) * time.Minute),
		})
	}
}

// serve starts a provider that uses the API with this key.
func (a api) serve(t testing.TB, key any) *acctest.Server {
	t.Helper()
	return acctest.Serve(t, provider.NewServer("test")(), map[string]any{
		"base_url": a.url, "api_key": key, "max_retries": 1, "max_retry_wait": "1ms",
	})
}

// notYet is an API key that is not known yet.
var notYet = tftypes.UnknownValue

// requests are those that the API got, as "operation status".
func (a api) requests() []string {
	var all []string
	for _, r := range a.Requests() {
		all = append(all, fmt.Sprintf("%s %d", r.Operation, r.Status))
	}
	a.ResetRequests()
	return all
}

// idsIn are the ids of the objects in a list of a state, each without what ids of its kind have in common.
func idsIn(t testing.TB, list any) string {
	t.Helper()
	objects, ok := list.([]any)
	if !ok {
		t.Fatalf("it is no list: %v", list)
	}
	var ids []string
	for _, one := range objects {
		id, _ := one.(map[string]any)["id"].(string)
		ids = append(ids, strings.TrimLeft(id[strings.LastIndex(id, "-")+1:], "0"))
	}
	return strings.Join(ids, " ")
}

// workspace is one of the real CLI that uses the API.
func (a api) workspace(t testing.TB, hcl string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": fmt.Sprintf(`
terraform {
  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}

provider "talonic" {
  base_url       = %q
  api_key        = %q
  max_retries    = 1
  max_retry_wait = "1ms"
}
`, a.url, emulator.DefaultAPIKey)})
	w.Write("main.tf", hcl)
	return w
}

var requestID = regexp.MustCompile(`request ID [A-Za-z0-9_]+`)

// maskRequestIDs makes a text the same in every run.
func maskRequestIDs(text string) string { return requestID.ReplaceAllString(text, "request ID <id>") }
