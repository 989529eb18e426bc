package emulator

import (
	"reflect"
	"testing"
	"time"
)

func TestAddIsAnswered(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	config := map[string]any{"url": "https://example.com", "nested": map[string]int{"n": 1}}
	added := a.Add(Destination{
		Name: "n", Type: "webhook", Config: config, HasAuthConfig: true, IsActive: true, PayloadCapBytes: 5,
		LastDeliveryAt: time.Date(2024, 8, 1, 0, 0, 0, 0, time.UTC), LastDeliveryStatus: "succeeded",
	})
	config["url"] = "changed"
	want := `{"id":"` + added + `","name":"n","type":"webhook","config":{"url":"https://example.com","nested":{"n":1}},` +
		`"has_auth_config":true,"has_signing_secret":false,"payload_cap_bytes":5,"is_active":true,` +
		`"last_delivery_at":"2024-08-01T00:00:00.000Z","last_delivery_status":"succeeded",` +
		`"created_at":"2024-09-01T10:00:00.000Z","updated_at":"2024-09-01T10:00:00.000Z"}`
	if got := a.do("GET", destinationsPath+"/"+added, "").body; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if fixed := a.Add(Destination{ID: "fixed", Type: "webhook"}); fixed != "fixed" {
		t.Errorf("id is %s", fixed)
	}
	if got := show(a.ok("GET", destinationsPath+"/fixed", ""), "config"); got != "null" {
		t.Errorf("no config is answered as %s", got)
	}
}

func TestEdit(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	path := a.create(`{"name":"w","type":"webhook","config":{"url":"https://example.com"},"auth_config":{"type":"bearer","token":"fake","signing_secret":"fake"}}`)
	if !a.Edit(id(path), func(d *Destination) {
		d.ID = "ignored"
		d.Type = "ftp_push"
		d.Config["port"] = 21
		d.HasSigningSecret = false
	}) {
		t.Fatal("not found")
	}
	got := a.ok("GET", path, "")
	if show(got, "type") != `"ftp_push"` || show(got, "config.port") != "21" || flags(got) != "auth true, secret false" {
		t.Errorf("got %v", got)
	}
	if show(got, "updated_at") != `"2024-09-01T10:00:00.001Z"` {
		t.Errorf("updated_at is %s", show(got, "updated_at"))
	}
	if stored, _ := a.Stored(id(path)); stored.SigningSecret != "" || stored.AuthConfig["token"] != "fake" {
		t.Errorf("stored %v", stored)
	}
	a.ok("PUT", path, `{"config":{"anything":1}}`) // nothing is documented about the new type
	if a.Edit("unknown", func(*Destination) {}) || a.Remove("unknown") {
		t.Error("an unknown destination was found")
	}
	if !a.Remove(id(path)) || a.do("GET", path, "").status != 404 {
		t.Error("not removed")
	}
	if _, ok := a.Stored(id(path)); ok {
		t.Error("still stored")
	}
}

func TestSnapshotsAreCopies(t *testing.T) {
	t.Parallel()
	a := start(t)
	path := a.create(`{"name":"w","type":"webhook","config":{"url":"https://example.com","headers":{"A":"b"}},"auth_config":` + bearerAuth + `}`)
	a.Destinations()[0].Config["headers"].(map[string]any)["A"] = "changed"
	stored, _ := a.Stored(id(path))
	stored.AuthConfig["token"] = "changed"
	requests := a.Requests()
	requests[0].Body[0] = 'x'
	requests[0].Header.Set("Authorization", "changed")

	if got := show(a.ok("GET", path, ""), "config.headers.A"); got != `"b"` {
		t.Errorf("config: %s", got)
	}
	if again, _ := a.Stored(id(path)); again.AuthConfig["token"] != "fake-token" {
		t.Errorf("credentials: %v", again)
	}
	if again := a.Requests()[0]; again.Body[0] != '{' || again.Header.Get("Authorization") == "changed" {
		t.Errorf("request: %v", again)
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	a := start(t)
	now := time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC)
	a.at(now)
	a.do("GET", destinationsPath+"?cursor=", "")
	a.ResetRequests()
	a.do("POST", destinationsPath+"?a=b", `{"type":"webhook"}`)
	a.do("GET", "/nothing", "", "Authorization", "")

	requests := a.Requests()
	if len(requests) != 2 {
		t.Fatalf("%d requests", len(requests))
	}
	first := requests[0]
	first.Header, first.ID = nil, ""
	want := Request{Executed: true, Operation: opCreate, Method: "POST", Path: destinationsPath, Query: map[string][]string{"a": {"b"}}, Body: []byte(`{"type":"webhook"}`), Status: 400, Time: now}
	if !reflect.DeepEqual(first, want) {
		t.Errorf("got %+v, want %+v", first, want)
	}
	if requests[1].Status != 401 {
		t.Errorf("the second: %+v", requests[1])
	}
}
