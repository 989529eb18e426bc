package emulator

import (
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
