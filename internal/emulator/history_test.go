package emulator

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	itemsPath = "/v1/delivery/items"
	dlqPath   = "/v1/delivery/dlq"
)

// ids returns the IDs of the objects in a list with any envelope.
func ids(t *testing.T, body string) string {
	t.Helper()
	list := decoded([]byte(body))
	if envelope, ok := list.(fields); ok {
		_, list = listed(envelope)
	}
	var found []string
	for _, item := range list.([]any) {
		found = append(found, item.(fields)["id"].(string))
	}
	return strings.Join(found, " ")
}

// bound adds a webhook with a binding, with readable IDs.
func (a api) bound(name string) {
	a.Add(Destination{ID: "destination-" + name, Name: name, Type: "webhook", IsActive: true,
		Config: fields{"url": "https://hooks.example.com/" + name}})
	a.AddBinding(Binding{ID: "binding-" + name, Name: name, DestinationID: "destination-" + name, IsActive: true,
		SignalFilter: fields{"event_type": "document.extracted"}, DeliverableType: "pipeline.capture", SerializerFormat: "json"})
}

// The history has the documented fields, some of which are null.
func TestHistoryIsAnsweredAsDocumented(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2026, 8, 14, 9, 30, 0, 0, time.UTC))
	a.bound("a")
	a.AddAttempt(Attempt{ID: "one", BindingID: "binding-a", Status: StatusInFlight})
	a.AddAttempt(Attempt{ID: "two", BindingID: "binding-a", EventID: "7", Attempt: 2, Status: StatusFailed, HTTPStatus: 500, DurationMs: 120,
		ErrorCode: "connector_5xx", ErrorMessage: "endpoint responded with 500", RequestBody: `{"a":1}`, ResponseBody: "oops"})
	a.AddDeadLetter(DeadLetter{ID: "three", BindingID: "binding-a", EventID: "7", LastItemID: "two", ErrorMessage: "endpoint responded with 500", Attempts: 2})
	a.AddDeadLetter(DeadLetter{ID: "four", BindingID: "binding-a", ErrorCode: "auth_failed"})

	one := `{"id":"one","binding_id":"binding-a","event_id":"1","idempotency_key":"` + deliveryKey("binding-a", "1") + `",` +
		`"status":"in_flight","attempt":1,"http_status":null,"error_code":null,"error_message":null,"request_body":null,` +
		`"response_body":null,"duration_ms":null,"completed_at":null,"created_at":"2026-08-14T09:30:00.000Z"}`
	two := `{"id":"two","binding_id":"binding-a","event_id":"7","idempotency_key":"` + deliveryKey("binding-a", "7") + `",` +
		`"status":"failed","attempt":2,"http_status":500,"error_code":"connector_5xx","error_message":"endpoint responded with 500",` +
		`"request_body":"{\"a\":1}","response_body":"oops","duration_ms":120,"completed_at":"2026-08-14T09:30:00.120Z",` +
		`"created_at":"2026-08-14T09:30:00.000Z"}`
	three := `{"id":"three","binding_id":"binding-a","event_id":"7","last_item_id":"two","error_code":"connector_5xx",` +
		`"error_message":"endpoint responded with 500","attempts":2,"created_at":"2026-08-14T09:30:00.000Z"}`
	four := `{"id":"four","binding_id":"binding-a","event_id":"2","last_item_id":null,"error_code":"auth_failed",` +
		`"error_message":null,"attempts":1,"created_at":"2026-08-14T09:30:00.000Z"}`
	for path, want := range map[string]string{
		itemsPath:                        `{"items":[` + two + `,` + one + `],"total":2}`,
		itemsPath + "?limit=1":           `{"items":[` + two + `],"total":2}`,
		itemsPath + "?limit=1&page=2":    `{"items":[` + one + `],"total":2}`,
		itemsPath + "?status=succeeded":  `{"items":[],"total":0}`,
		itemsPath + "/two":               two,
		dlqPath:                          `{"data":[` + four + `,` + three + `]}`,
		dlqPath + "?error_code=whatever": `{"data":[` + four + `,` + three + `]}`,
	} {
		if got := a.do("GET", path, ""); got.status != 200 || got.body != want {
			t.Errorf("%s: %d\n got %s\nwant %s", path, got.status, got.body, want)
		}
	}
}

func TestHistoryFilters(t *testing.T) {
	t.Parallel()
	a := start(t, "FilterDeadLetters")
	for _, name := range []string{"a", "b"} {
		a.bound(name)
		a.AddAttempt(Attempt{ID: name + "1", BindingID: "binding-" + name, Status: StatusFailed})
		a.AddAttempt(Attempt{ID: name + "2", BindingID: "binding-" + name})
		a.AddDeadLetter(DeadLetter{ID: name + "1", BindingID: "binding-" + name})
		a.AddDeadLetter(DeadLetter{ID: name + "2", BindingID: "binding-" + name, ErrorCode: "auth_failed"})
	}
	for _, c := range []struct{ path, want string }{
		{itemsPath, "b2 b1 a2 a1"},
		{itemsPath + "?binding_id=binding-a", "a2 a1"},
		{itemsPath + "?destination_id=destination-b", "b2 b1"},
		{itemsPath + "?status=failed", "b1 a1"},
		{itemsPath + "?status=failed&binding_id=binding-a", "a1"},
		{itemsPath + "?binding_id=binding-a&destination_id=destination-b", ""},
		{itemsPath + "?status=failed&limit=1&page=2", "a1"},
		{dlqPath, "b2 b1 a2 a1"},
		{dlqPath + "?binding_id=binding-a", "a2 a1"},
		{dlqPath + "?destination_id=destination-b&error_code=auth_failed", "b2"},
		{dlqPath + "?error_code=none", ""},
	} {
		if got := ids(t, a.do("GET", c.path, "").body); got != c.want {
			t.Errorf("%s: %q, want %q", c.path, got, c.want)
		}
	}
}

func TestHistorySwitches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		settings, path string
		status         int
		want           string // part of the body; for a success, its beginning
	}{
		{"HistoryAsList", itemsPath, 200, `{"data":[{"id":"2"`},
		{"HistoryAsList,ListBareArray", itemsPath + "?limit=1", 200, `[{"id":"2"`},
		{"HistoryAsList,ListForm=ListNumbered", itemsPath, 200, `{"data":[{"id":"2"`},
		{"ListForm=ListItems", dlqPath, 200, `{"items":[{"id":"2"`},
		{"ListBareArray", dlqPath, 200, `[{"id":"2"`},
		{"ListBareArray", itemsPath, 200, `{"items":[{"id":"2"`},
		{"HistoryOldestFirst", dlqPath, 200, `{"data":[{"id":"1"`},
		{"IncludeCustomerID", itemsPath, 200, `{"items":[{"id":"2","customer_id":`},
		{"ListLimit=LimitIgnored", itemsPath + "?limit=x", 200, `{"items":[{"id":"2"`},
		{"ListLimit=LimitRefused,ListMaxLimit=5", itemsPath + "?limit=6", 400, "limit must not be greater than 5"},
		{"", itemsPath + "?limit=0", 400, "limit must be a positive integer"},
		{"", itemsPath + "?status=odd", 400, "status must be one of in_flight, succeeded, failed"},
		{"", dlqPath + "?cursor=odd&limit=1", 400, "cursor is not one of this list"},
		{"RefuseUnknownQuery", itemsPath + "?limit=1", 400, "property limit should not exist"},
		{"RefuseUnknownQuery", itemsPath + "?status=failed", 200, `{"items":[],"total":0}`},
		{"RefuseUnknownQuery", dlqPath + "?binding_id=x", 400, "property binding_id should not exist"},
		{"RefuseUnknownQuery,FilterDeadLetters", dlqPath + "?binding_id=x", 200, `{"data":[]}`},
		{"RefuseUnknownQuery,ListPageSize=1", itemsPath + "?limit=1&page=2", 200, `{"items":[{"id":"1"`},
	} {
		t.Run(c.settings+" "+c.path, func(t *testing.T) {
			t.Parallel()
			a := start(t, strings.FieldsFunc(c.settings, func(r rune) bool { return r == ',' })...)
			for _, id := range []string{"1", "2"} {
				a.AddAttempt(Attempt{ID: id})
				a.AddDeadLetter(DeadLetter{ID: id})
			}
			got := a.do("GET", c.path, "")
			if fits := strings.HasPrefix(got.body, c.want) || c.status != 200 && strings.Contains(got.body, c.want); got.status != c.status || !fits {
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
}

// Replays and dismissals have documented responses and effects.
func TestReplayAndDismiss(t *testing.T) {
	t.Parallel()
	const organizationKey = "Bearer tlnc_organization"
	for _, c := range []struct {
		name, settings, method, path string
		key                          string
		status                       int
		want                         string // part of the body
		letters, attempts            string
	}{
		{"dead letter", "", "POST", dlqPath + "/dead/replay", "", 200, `{"replayed":true}`, "", "first:failed ?:in_flight"},
		{"dismissal", "", "DELETE", dlqPath + "/dead", "", 200, `{"dismissed":true}`, "", "first:failed"},
		{"attempt", "", "POST", itemsPath + "/first/replay", "", 200, `{"replayed":true}`, "dead", "first:failed ?:in_flight"},
		{"attempt with item", "AttemptReplay=ReplayItem", "POST", itemsPath + "/first/replay", "", 201, `"status":"in_flight","attempt":4`,
			"dead", "first:failed ?:in_flight"},
		{"attempt accepted", "AttemptReplay=ReplayAccepted", "POST", itemsPath + "/first/replay", "", 202, "", "dead", "first:failed ?:in_flight"},
		{"attempt without body", "AttemptReplay=ReplayNoContent", "POST", itemsPath + "/first/replay", "", 204, "", "dead", "first:failed ?:in_flight"},

		{"no such dead letter", "", "POST", dlqPath + "/none/replay", "", 404, noDeadLetter, "dead", "first:failed"},
		{"no such dead letter to dismiss", "", "DELETE", dlqPath + "/none", "", 404, noDeadLetter, "dead", "first:failed"},
		{"no such attempt", "", "POST", itemsPath + "/none/replay", "", 404, noAttempt, "dead", "first:failed"},
		{"no such attempt to read", "", "GET", itemsPath + "/none", "", 404, noAttempt, "dead", "first:failed"},
		{"dead letters are not read", "", "GET", dlqPath + "/dead", "", 405, "", "dead", "first:failed"},

		{"organization", "", "POST", dlqPath + "/dead/replay", organizationKey, 400, organizationWide, "dead", "first:failed"},
		{"organization, attempt", "", "POST", itemsPath + "/first/replay", organizationKey, 400, organizationWide, "dead", "first:failed"},
		{"organization, dismissal", "", "DELETE", dlqPath + "/dead", organizationKey, 200, "dismissed", "", "first:failed"},
		{"organization, no writes", "RefuseOrganizationWideWrites", "DELETE", dlqPath + "/dead", organizationKey, 400, organizationWide, "dead", "first:failed"},
		{"organization, reads", "RefuseOrganizationWideWrites", "GET", dlqPath, organizationKey, 200, "dead", "dead", "first:failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := start(t, strings.Fields(c.settings)...)
			a.AddAPIKey(strings.TrimPrefix(organizationKey, "Bearer "), KeyLimits{OrganizationWide: true})
			a.bound("a")
			a.AddAttempt(Attempt{ID: "first", BindingID: "binding-a", EventID: "9", Status: StatusFailed, Attempt: 3})
			a.AddDeadLetter(DeadLetter{ID: "dead", BindingID: "binding-a", EventID: "9", LastItemID: "first"})
			key := c.key
			if key == "" {
				key = "Bearer " + DefaultAPIKey
			}
			got := a.do(c.method, c.path, "", "Authorization", key)
			if got.status != c.status || !strings.Contains(got.body, c.want) {
				t.Errorf("%d %s", got.status, got.body)
			}
			if letters := ids(t, a.do("GET", dlqPath, "").body); letters != c.letters {
				t.Errorf("dead letters %q, want %q", letters, c.letters)
			}
			var attempts []string
			for _, found := range a.Attempts() {
				name := found.ID
				if name != "first" {
					name = "?"
				}
				if found.EventID != "9" || found.IdempotencyKey != deliveryKey("binding-a", "9") {
					t.Errorf("attempt of another event: %+v", found)
				}
				attempts = append(attempts, name+":"+found.Status)
			}
			if got := strings.Join(attempts, " "); got != c.attempts {
				t.Errorf("attempts %q, want %q", got, c.attempts)
			}
		})
	}
}

func TestReplayNeedsAnActiveDestination(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before func(api)
		want   string
	}{
		"no binding":      {func(a api) { a.RemoveBinding("binding-a") }, "binding"},
		"not active":      {func(a api) { a.Edit("destination-a", func(d *Destination) { d.IsActive = false }) }, "not active"},
		"binding, paused": {func(a api) { a.EditBinding("binding-a", func(b *Binding) { b.IsActive = false }) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start(t)
			a.bound("a")
			a.AddDeadLetter(DeadLetter{ID: "dead", BindingID: "binding-a"})
			c.before(a)
			got := a.do("POST", dlqPath+"/dead/replay", "")
			if refused := c.want != ""; refused != (got.status == 409) || !strings.Contains(got.body, c.want) || refused == (len(a.DeadLetters()) == 0) {
				t.Errorf("%d %s, %d dead letters", got.status, got.body, len(a.DeadLetters()))
			}
		})
	}
}

// Deleting a destination also deletes its history; deleting a binding does not.
//
// API docs: Get / Update / Delete / Test.
func TestHistoryOfWhatIsDeleted(t *testing.T) {
	t.Parallel()
	a := start(t)
	for _, name := range []string{"a", "b"} {
		a.bound(name)
		a.AddAttempt(Attempt{ID: name, BindingID: "binding-" + name, RequestBody: "x"})
		a.AddDeadLetter(DeadLetter{ID: name, BindingID: "binding-" + name})
	}
	a.ok("DELETE", bindingsPath+"/binding-b", "")
	a.ok("DELETE", destinationsPath+"/destination-a", "")
	for _, path := range []string{itemsPath, dlqPath} {
		if got := ids(t, a.do("GET", path, "").body); got != "b" {
			t.Errorf("%s: %q", path, got)
		}
	}
	if a.history.bodyBytes != 1 {
		t.Errorf("%d bytes of bodies", a.history.bodyBytes)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	a := start(t)
	long := strings.Repeat("é", maxKeptBody)
	a.AddAttempt(Attempt{ID: "long", RequestBody: long, ResponseBody: long})
	if got := a.Attempts()[0]; len(got.RequestBody) != maxKeptBody || len(got.ResponseBody) != maxKeptBody {
		t.Errorf("%d and %d bytes are kept", len(got.RequestBody), len(got.ResponseBody))
	}
	inList := a.ok("GET", itemsPath, "")["items"].([]any)[0].(fields)["request_body"].(string)
	if whole := a.ok("GET", itemsPath+"/long", "")["request_body"].(string); len(inList) != listedBody || len(whole) != maxKeptBody {
		t.Errorf("%d bytes in the list, %d by itself", len(inList), len(whole))
	}
	for range maxKeptBodies / maxKeptBody {
		a.AddAttempt(Attempt{RequestBody: long, ResponseBody: "x"})
	}
	if a.history.bodyBytes > maxKeptBodies || a.Attempts()[0].ID == "long" {
		t.Errorf("%d bytes of bodies", a.history.bodyBytes)
	}
	for i := range maxAttempts + 1 {
		a.AddAttempt(Attempt{ID: fmt.Sprint(i)})
	}
	for i := range maxDeadLetters + 1 {
		a.AddDeadLetter(DeadLetter{ID: fmt.Sprint(i)})
	}
	if attempts, letters := a.Attempts(), a.DeadLetters(); len(attempts) != maxAttempts || attempts[0].ID != "1" ||
		len(letters) != maxDeadLetters || letters[0].ID != "1" || a.history.bodyBytes != 0 {
		t.Errorf("%d attempts, %d dead letters, %d bytes", len(attempts), len(letters), a.history.bodyBytes)
	}
}

// Pages contain every item once, even if dead letters are added and removed meanwhile.
func TestDeadLettersInPages(t *testing.T) {
	t.Parallel()
	a := start(t)
	const many = 10_000
	for i := range many {
		a.AddDeadLetter(DeadLetter{ID: fmt.Sprint(i)})
	}
	var found []string
	cursor := ""
	for {
		page := a.ok("GET", dlqPath+"?limit=500&cursor="+cursor, "")
		for _, item := range page["data"].([]any) {
			found = append(found, item.(fields)["id"].(string))
		}
		block := page["pagination"].(fields)
		if !block["has_more"].(bool) {
			break
		}
		cursor = block["next_cursor"].(string)
		a.AddDeadLetter(DeadLetter{ID: "new"})
		a.ok("DELETE", dlqPath+"/"+found[len(found)-1], "")
	}
	if len(found) != many || found[0] != fmt.Sprint(many-1) || found[many-1] != "0" || slices.Contains(found, "new") {
		t.Errorf("%d dead letters, from %s to %s", len(found), found[0], found[len(found)-1])
	}
}

// Faults have separate names for the operations of the history, and return attempts and dead letters.
func TestFaultsOfHistory(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault        Fault
		method, path string
		status       int
		want         string
	}{
		{Fault{Kind: NotFound, Operation: opReadAttempt}, "GET", itemsPath + "/one", 404, noAttempt},
		{Fault{Kind: NotFound, Operation: opReplayDeadLetter}, "POST", dlqPath + "/one/replay", 404, noDeadLetter},
		{Fault{Kind: Conflict, Operation: opReplayAttempt}, "POST", itemsPath + "/one/replay", 409, "under way"},
		{Fault{Kind: NotDeleted, Operation: opReplayAttempt}, "POST", itemsPath + "/one/replay", 200, `{"replayed":false}`},
		{Fault{Kind: NotDeleted, Operation: opReplayDeadLetter}, "POST", dlqPath + "/one/replay", 200, `{"replayed":false}`},
		{Fault{Kind: NotDeleted, Operation: opDismissDeadLetter}, "DELETE", dlqPath + "/one", 200, `{"dismissed":false}`},
		{Fault{Kind: OtherDestination, Operation: opReadAttempt}, "GET", itemsPath + "/one", 200, `{"id":"` + otherID + `","binding_id"`},
		{Fault{Kind: OddItem, Operation: opListAttempts, Form: "null-fields"}, "GET", itemsPath, 200, `"attempt":null`},
		{Fault{Kind: OddItem, Operation: opListDeadLetters, Form: "unknown-keys"}, "GET", dlqPath, 200, `"labels"`},
		{Fault{Kind: LaggingList, Operation: opListDeadLetters}, "GET", dlqPath, 200, `{"data":[]}`},
		{Fault{Kind: ServerError, Operation: opListAttempts}, "GET", itemsPath, 500, ""},
		{Fault{Kind: ServerError, Operation: opListAttempts}, "GET", dlqPath, 200, ""},
		{Fault{Kind: ServerError, Operation: opDismissDeadLetter}, "DELETE", dlqPath + "/one", 500, ""},
	} {
		t.Run(string(c.fault.Kind)+" "+c.path, func(t *testing.T) {
			t.Parallel()
			a := start(t)
			a.bound("a")
			a.AddAttempt(Attempt{ID: "one", BindingID: "binding-a"})
			a.AddDeadLetter(DeadLetter{ID: "one", BindingID: "binding-a"})
			a.Inject(c.fault)
			if got := a.do(c.method, c.path, ""); got.status != c.status || !strings.Contains(got.body, c.want) {
				t.Errorf("%d %s", got.status, got.body)
			}
			if requests := a.Requests(); c.status != http.StatusOK && (len(requests) != 1 || requests[0].Operation != c.fault.Operation) {
				t.Errorf("recorded %+v", requests)
			}
			if len(a.DeadLetters()) != 1 || len(a.Attempts()) != 1 {
				t.Error("the request was executed")
			}
		})
	}
}
