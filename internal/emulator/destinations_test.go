package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// referencePageExample is the example response in the API docs.
//
// API docs: Create Destination.
const referencePageExample = `{
  "id": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
  "name": "Production Webhook",
  "type": "webhook",
  "config": { "url": "https://api.example.com/ingest", "headers": { "X-Source": "talonic" } },
  "has_auth_config": false,
  "has_signing_secret": true,
  "payload_cap_bytes": null,
  "is_active": true,
  "last_delivery_at": null,
  "last_delivery_status": null,
  "created_at": "2024-09-01T10:00:00.000Z",
  "updated_at": "2024-09-01T10:00:00.000Z"
}`

func TestReferencePageExample(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 12, 0, 0, 123, time.FixedZone("", 2*60*60)))
	a.newID = func() string { return "a1b2c3d4-e5f6-7890-abcd-ef1234567890" }
	var want bytes.Buffer
	if err := json.Compact(&want, []byte(referencePageExample)); err != nil {
		t.Fatal(err)
	}

	got := a.do("POST", destinationsPath, `{"name":"Production Webhook","type":"webhook",
		"config":{"headers":{"X-Source":"talonic"},"url":"https://api.example.com/ingest"},
		"auth_config":{"signing_secret":"whsec_fake"}}`)
	if got.status != 201 || got.body != want.String() {
		t.Errorf("create: %d\n got %s\nwant %s", got.status, got.body, want.String())
	}
	if read := a.do("GET", destinationsPath+"/a1b2c3d4-e5f6-7890-abcd-ef1234567890", ""); read.status != 200 || read.body != want.String() {
		t.Errorf("get: %d %s", read.status, read.body)
	}
	if list := a.do("GET", destinationsPath, ""); list.status != 200 || list.body != `{"data":[`+want.String()+`]}` {
		t.Errorf("list: %d %s", list.status, list.body)
	}
}

func TestUpdateIsPartial(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	path := a.create(plainWebhook)
	for i, c := range []struct{ body, field, want string }{
		{`{"name":"x"}`, "name", `"x"`},
		{`{"payload_cap_bytes":1048576}`, "payload_cap_bytes", "1048576"},
		{`{"is_active":false}`, "is_active", "false"},
		{`{"name":"y","is_active":false}`, "payload_cap_bytes", "1048576"},
		{`{"type":"s3","is_active":false}`, "type", `"webhook"`},
		{`{}`, "is_active", "true"},
		{`{"payload_cap_bytes":null}`, "payload_cap_bytes", "null"},
		{`{"config":{"url":"https://example.org/<&>"}}`, "config.url", `"https://example.org/<&>"`},
	} {
		got := a.ok("PUT", path, c.body)
		if show(got, c.field) != c.want {
			t.Errorf("%s: %s is %s, want %s", c.body, c.field, show(got, c.field), c.want)
		}
		// The clock stands still, but updated_at advances.
		if want := fmt.Sprintf(`"2024-09-01T10:00:00.%03dZ"`, i+1); show(got, "updated_at") != want {
			t.Errorf("%s: updated_at is %s, want %s", c.body, show(got, "updated_at"), want)
		}
		if read := a.ok("GET", path, ""); show(read, c.field) != c.want {
			t.Errorf("%s: read back %s", c.body, show(read, c.field))
		}
	}
	if got := show(a.ok("GET", path, ""), "created_at"); got != `"2024-09-01T10:00:00.000Z"` {
		t.Errorf("created_at is %s", got)
	}
}

func TestRefusedUpdateChangesNothing(t *testing.T) {
	t.Parallel()
	a := start(t)
	path := a.create(plainWebhook)
	before := a.do("GET", path, "").body
	for _, body := range []string{
		`{"name":""}`, `{"name":null}`, `{"config":null}`, `{"config":{}}`, `{"is_active":"yes"}`, `{"payload_cap_bytes":0}`,
		`{"name":"x","payload_cap_bytes":1.5}`, `{"auth_config":{}}`, `{"auth_config":"fake"}`, ``,
	} {
		if got := a.do("PUT", path, body); got.status != 400 {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	if after := a.do("GET", path, "").body; after != before {
		t.Errorf("got %s, want %s", after, before)
	}
}

func TestListIsInOrderOfCreationAndNamesRepeat(t *testing.T) {
	t.Parallel()
	a := start(t)
	want := []string{id(a.create(plainWebhook)), id(a.create(plainWebhook)), a.Add(Destination{Name: "w", Type: "webhook"})}
	a.ok("PUT", destinationsPath+"/"+want[0], `{"name":"w"}`)
	var got []string
	for _, item := range a.ok("GET", destinationsPath, "")["data"].([]any) {
		got = append(got, item.(map[string]any)["id"].(string))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPagesKeepTheirPlace(t *testing.T) {
	t.Parallel()
	a := start(t, "ListPageSize=2")
	var paths []string
	for range 5 {
		paths = append(paths, a.create(plainWebhook))
	}
	first := a.ok("GET", destinationsPath, "")
	if got := show(first, "pagination.total"); got != "5" {
		t.Errorf("total is %s", got)
	}
	a.Remove(id(paths[1])) // the last item before the cursor
	next := first["pagination"].(map[string]any)["next_cursor"].(string)
	second := a.ok("GET", destinationsPath+"?cursor="+next, "")
	if got := second["data"].([]any)[0].(map[string]any)["id"]; got != id(paths[2]) {
		t.Errorf("the second page begins with %v, want %v", got, id(paths[2]))
	}
	if got := a.do("GET", destinationsPath+"?cursor=nonsense", ""); got.status != 400 {
		t.Errorf("a wrong cursor: %d", got.status)
	}
}

func TestDeletedDestinationIsGone(t *testing.T) {
	t.Parallel()
	a := start(t)
	other := a.create(plainWebhook)
	path := a.create(plainWebhook)
	if got := a.do("DELETE", path, ""); got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for method, target := range map[string]string{"GET": path, "PUT": path, "DELETE": path, "POST": path + "/test"} {
		if got := a.do(method, target, "{}"); got.status != 404 || a.object(got)["code"] != "not_found" {
			t.Errorf("%s: %d %s", method, got.status, got.body)
		}
	}
	a.ok("GET", other, "")
}

func TestProbe(t *testing.T) {
	t.Parallel()
	a := start(t)
	path := a.create(sftp)
	expect := func(body string, status int, want string) {
		t.Helper()
		if got := a.do("POST", path+"/test", body); got.status != status || want != "" && got.body != want {
			t.Errorf("got %d %s, want %d %s", got.status, got.body, status, want)
		}
	}
	expect("", 200, `{"success":true,"durationMs":12,"message":"Destination is reachable."}`)
	a.SetTestOutcome(id(path), TestOutcome{HTTPStatus: 401, DurationMs: 212, Message: "refused"})
	expect("{}", 200, `{"success":false,"httpStatus":401,"durationMs":212,"message":"refused"}`)
	a.SetTestOutcome(id(path), TestOutcome{Status: 502, Message: "no answer"})
	expect("", 502, "")
	a.SetTestOutcome(id(path), TestOutcome{Status: 201, Success: true})
	expect("", 201, `{"success":true,"durationMs":0}`)
	if a.SetTestOutcome("unknown", TestOutcome{}) {
		t.Error("an unknown destination has an outcome")
	}
}
