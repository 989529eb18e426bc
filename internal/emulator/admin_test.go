package emulator

import (
	"net/http"
	"strings"
	"testing"
)

const signalsPath = "/emulator/signals"

func TestAdminEndpointIsOffByDefault(t *testing.T) {
	t.Parallel()
	a := start(t)
	if got := a.do("POST", signalsPath, `{"event_type":"document.extracted"}`); got.status != 404 || !strings.Contains(got.body, "Cannot POST "+signalsPath) {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestAdminCommands(t *testing.T) {
	t.Parallel()
	a, r := delivering(t, answering(200, ""), "Errors=ErrorEmpty")
	a.EnableAdmin()
	a.Inject(Fault{Kind: ServerError})
	for _, c := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", signalsPath, `{"event_type":"document.extracted","payload":{"a":1}}`, 202, `{"event_id":"1","binding_ids":["binding-a"]}`},
		{"POST", signalsPath, `{"event_type":"result.flagged","payload":null}`, 202, `{"event_id":"2","binding_ids":[]}`},
		{"POST", signalsPath, `{"event_type":"document.extracted","deliverable_type":"markdown"}`, 202, `"binding_ids":[]`},
		{"POST", signalsPath, ``, 400, notAnObject},
		{"POST", signalsPath, `{`, 400, notAnObject},
		{"POST", signalsPath, `{}`, 400, "event_type must be a non-empty string"},
		{"POST", signalsPath, `{"event_type":"odd"}`, 400, "event_type must be one of"},
		{"POST", signalsPath, `{"event_type":"document.extracted","payload":[]}`, 400, "payload must be an object or null"},
		{"POST", signalsPath, `{"event_type":"document.extracted","odd":1}`, 400, "property odd should not exist"},
		{"GET", signalsPath, ``, 405, ""},
		{"POST", "/emulator/nothing", `{}`, 404, ""},
	} {
		if got := a.do(c.method, c.path, c.body, "Authorization", ""); got.status != c.status || !strings.Contains(got.body, c.want) {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, got.status, got.body)
		}
	}
	a.settled()
	if len(r.got) != 1 || !strings.Contains(r.got[0].body, `"payload":{"a":1}`) || len(a.Requests()) != 0 {
		t.Errorf("%d deliveries, %d requests", len(r.got), len(a.Requests()))
	}
	for _, command := range AdminCommands() {
		if command.Name == "" || !strings.HasSuffix(command.Doc, ".") {
			t.Errorf("%+v is not explained", command)
		}
	}
}

func TestAdminEditsDestinations(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.EnableAdmin()
	id := a.AddWith(Destination{Name: "ERP intake", Type: "webhook", IsActive: true},
		Credentials{AuthConfig: map[string]any{"type": "bearer", "token": "fake-token"}, SigningSecret: "fake-secret"})
	for range 2 {
		a.Add(Destination{Name: "twice", Type: "webhook"})
	}
	for _, c := range []struct {
		path   string
		status int
		want   string
	}{
		{id + "/disable", 200, `"has_auth_config":true,"has_signing_secret":true,"payload_cap_bytes":null,"is_active":false`},
		{"ERP%20intake/forget-credentials", 200, `"has_auth_config":false,"has_signing_secret":false,"payload_cap_bytes":null,"is_active":false`},
		{"nobody/disable", 404, noDestination},
		{"twice/disable", 409, "use the id"},
	} {
		if got := a.do("POST", "/emulator/destinations/"+c.path, "", "Authorization", ""); got.status != c.status || !strings.Contains(got.body, c.want) {
			t.Errorf("%s: %d %s", c.path, got.status, got.body)
		}
	}
	if d := a.Destinations()[0]; d.IsActive || !d.AutoDisabled {
		t.Errorf("stored: %+v", d)
	}
	if c, _ := a.Stored(id); c.AuthConfig != nil || c.SigningSecret != "" {
		t.Error("the credentials are still stored")
	}
}

func TestReadOnlyAPIKey(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.EnableAdmin()
	for _, c := range []struct {
		body   string
		status int
	}{
		{`{"key":"tlnc_reader","read_only":true}`, 201}, {`{"key":"tlnc_writer"}`, 201},
		{``, 400}, {`{}`, 400}, {`{"key":"a","read_only":"yes"}`, 400}, {`{"key":"a","odd":1}`, 400},
	} {
		if got := a.do("POST", "/emulator/api-keys", c.body, "Authorization", ""); got.status != c.status {
			t.Errorf("%s: %d %s", c.body, got.status, got.body)
		}
	}
	const one = destinationsPath + "/00000000-0000-4000-8000-000000000000"
	for _, c := range []struct {
		key, method, path string
		status            int
	}{
		{"tlnc_reader", "GET", destinationsPath, http.StatusOK},
		{"tlnc_reader", "GET", connectorsPath, http.StatusOK},
		{"tlnc_reader", "POST", destinationsPath, http.StatusForbidden},
		{"tlnc_reader", "PUT", one, http.StatusForbidden},
		{"tlnc_reader", "DELETE", one, http.StatusForbidden},
		{"tlnc_writer", "POST", destinationsPath, http.StatusCreated},
		{DefaultAPIKey, "POST", destinationsPath, http.StatusCreated},
	} {
		body := plainWebhook
		if c.method == "GET" {
			body = ""
		}
		got := a.do(c.method, c.path, body, "Authorization", "Bearer "+c.key)
		if got.status != c.status || c.status == http.StatusForbidden && !strings.Contains(got.body, "insufficient_scope") {
			t.Errorf("%s %s with %s: %d %s", c.method, c.path, c.key, got.status, got.body)
		}
	}
}
