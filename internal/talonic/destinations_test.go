package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const webhookBody = `{
  "id": "d1",
  "customer_id": "c1",
  "name": "ledger-intake",
  "type": "webhook",
  "config": { "url": "https://hooks.example.com/in", "headers": { "X-Env": "prod" }, "new": 1.10 },
  "has_auth_config": true,
  "has_signing_secret": true,
  "payload_cap_bytes": 1048576,
  "is_active": true,
  "last_delivery_at": "2026-08-14T10:00:00.000Z",
  "last_delivery_status": "succeeded",
  "created_at": "2026-08-14T09:30:00.000Z",
  "updated_at": "2026-08-14T09:31:00.000Z"
}`

// minimal returns a destination with only the required fields.
func minimal(id string) string { return `{"id":"` + id + `","name":"n","type":"webhook"}` }

func TestGetDestination(t *testing.T) {
	t.Parallel()
	server := record(always(200, webhookBody))
	c := newTestClient(t, server.ServeHTTP)
	got, err := c.GetDestination(t.Context(), "d1")
	if err != nil {
		t.Fatal(err)
	}
	want := &Destination{
		ID: "d1", CustomerID: "c1", Name: "ledger-intake", Type: "webhook",
		Config: map[string]any{
			"url": "https://hooks.example.com/in", "headers": map[string]any{"X-Env": "prod"}, "new": json.Number("1.10"),
		},
		HasAuthConfig: new(true), HasSigningSecret: new(true), PayloadCapBytes: new(int64(1048576)), IsActive: true,
		LastDeliveryAt: new("2026-08-14T10:00:00.000Z"), LastDeliveryStatus: new("succeeded"),
		CreatedAt: "2026-08-14T09:30:00.000Z", UpdatedAt: "2026-08-14T09:31:00.000Z",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r := server.only(t); r.method != "GET" || r.uri != "/v1/delivery/destinations/d1" || r.body != "" {
		t.Errorf("requested %s %s %s", r.method, r.uri, r.body)
	}
}

// Optional keys may be absent or null.
func TestGetDestinationWithLittle(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		minimal("d1"),
		`{"id":"d1","name":"n","type":"webhook","config":null,"payload_cap_bytes":null,"last_delivery_at":null,"last_delivery_status":null}`,
	} {
		got, err := newTestClient(t, always(200, body)).GetDestination(t.Context(), "d1")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&Destination{ID: "d1", Name: "n", Type: "webhook"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

// The API may return an integer in any notation, or as a string, like a database driver returns a 64-bit integer.
func TestGetDestinationWithCap(t *testing.T) {
	t.Parallel()
	shown := func(value string) string {
		return strings.Replace(minimal("d1"), `"name"`, `"payload_cap_bytes":`+value+`,"name"`, 1)
	}
	for _, value := range []string{`1000`, `1000.0`, `1e3`, `"1000"`} {
		got, err := newTestClient(t, always(200, shown(value))).GetDestination(t.Context(), "d1")
		if err != nil {
			t.Errorf("%s: %v", value, err)
		} else if got.PayloadCapBytes == nil || *got.PayloadCapBytes != 1000 {
			t.Errorf("%s: payload_cap_bytes = %v", value, got.PayloadCapBytes)
		}
	}
	for value, want := range map[string]string{
		`1000.5`: `its "payload_cap_bytes" is a JSON number 1000.5`,
		`1e30`:   `its "payload_cap_bytes" is a JSON number 1e30`,
		`"1 kB"`: `its "payload_cap_bytes" is a JSON string`,
		`""`:     `its "payload_cap_bytes" is a JSON string`,
		`"0x10"`: `its "payload_cap_bytes" is a JSON string`,
		`[1000]`: `its "payload_cap_bytes" is a JSON array`,
	} {
		_, err := newTestClient(t, always(200, shown(value))).GetDestination(t.Context(), "d1")
		if !isUnexpectedBody(err) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error = %v, want one with %s", value, err, want)
		}
	}
}

func TestCreateDestinationRequest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		d    NewDestination
		want string
	}{
		{
			"everything",
			NewDestination{
				Name: "n", Type: "webhook", Config: map[string]any{"url": "https://x"},
				PayloadCapBytes: new(int64(5)), IsActive: new(false),
				Credentials: Credentials{
					AuthConfig:    map[string]any{"type": "bearer", "token": "fake"},
					SigningSecret: Value("fake-signing"),
				},
			},
			`{"name":"n","type":"webhook","config":{"url":"https://x"},"payload_cap_bytes":5,"is_active":false,` +
				`"auth_config":{"token":"fake","type":"bearer"},"signing_secret":"fake-signing"}`,
		},
		{
			"the least",
			NewDestination{Name: "n", Type: "google_drive", Config: map[string]any{}},
			`{"name":"n","type":"google_drive","config":{}}`,
		},
		{"no config", NewDestination{Name: "n", Type: "custom"}, `{"name":"n","type":"custom"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := record(created("d1"))
			got, err := newTestClient(t, server.ServeHTTP).CreateDestination(t.Context(), tt.d)
			if err != nil || got.Object.ID != "d1" {
				t.Errorf("CreateDestination = %v, %v, want d1", got, err)
			}
			r := server.only(t)
			if r.method != "POST" || r.uri != "/v1/delivery/destinations" {
				t.Errorf("requested %s %s", r.method, r.uri)
			}
			if diff := cmp.Diff(tt.want, r.body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUpdateDestinationRequest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change DestinationChange
		want   string
	}{
		{"nothing", DestinationChange{}, `{}`},
		{"name", DestinationChange{Name: "m"}, `{"name":"m"}`},
		{"config", DestinationChange{Config: map[string]any{"port": json.Number("22.0")}}, `{"config":{"port":22.0}}`},
		{"config becomes empty", DestinationChange{Config: map[string]any{}}, `{"config":{}}`},
		{"pause", DestinationChange{IsActive: new(false)}, `{"is_active":false}`},
		{"cap", DestinationChange{PayloadCapBytes: Value[int64](7)}, `{"payload_cap_bytes":7}`},
		{"cap of zero", DestinationChange{PayloadCapBytes: Value[int64](0)}, `{"payload_cap_bytes":0}`},
		{"no cap", DestinationChange{PayloadCapBytes: Null[int64]()}, `{"payload_cap_bytes":null}`},
		{
			"credentials",
			DestinationChange{Credentials: Credentials{AuthConfig: map[string]any{"type": "none"}, SigningSecret: Value("")}},
			`{"auth_config":{"type":"none"},"signing_secret":""}`,
		},
		{"no signing secret", DestinationChange{Credentials: Credentials{SigningSecret: Null[string]()}}, `{"signing_secret":null}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := record(always(200, minimal("d1")))
			got, err := newTestClient(t, server.ServeHTTP).UpdateDestination(t.Context(), "d1", tt.change)
			if err != nil || got.ID != "d1" {
				t.Errorf("UpdateDestination = %v, %v, want d1", got, err)
			}
			r := server.only(t)
			if r.method != "PUT" || r.uri != "/v1/delivery/destinations/d1" {
				t.Errorf("requested %s %s", r.method, r.uri)
			}
			if diff := cmp.Diff(tt.want, r.body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

// If the API responds to an update without a body, the destination is read.
func TestUpdateDestinationWithoutBody(t *testing.T) {
	t.Parallel()
	server := record(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		answer(w, 200, webhookBody)
	})
	got, err := newTestClient(t, server.ServeHTTP).UpdateDestination(t.Context(), "d1", DestinationChange{Name: "ledger-intake"})
	if err != nil || got.Name != "ledger-intake" {
		t.Errorf("UpdateDestination = %v, %v", got, err)
	}
	all := server.all()
	if len(all) != 2 || all[1].method != "GET" || all[1].uri != "/v1/delivery/destinations/d1" {
		t.Errorf("requests = %v, want PUT and GET", all)
	}
}

// If a write was accepted but the destination cannot be read, the error is an [*AcceptedError], and has no status.
func TestAcceptedWrites(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*Client) error{
		"PUT": func(c *Client) error {
			_, err := c.UpdateDestination(context.Background(), "d1", DestinationChange{Name: "n"})
			return err
		},
		"DELETE": func(c *Client) error { return c.DeleteDestination(context.Background(), "d1") },
	} {
		for _, status := range []int{400, 403, 404, 422, 503} {
			client := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == name {
					answer(w, 200, map[string]string{"PUT": "", "DELETE": "ok"}[name])
					return
				}
				answer(w, status, "<html>")
			}, WithMaxRetries(0))
			err := write(client)
			var (
				accepted *AcceptedError
				said     *Error
			)
			if !errors.As(err, &accepted) || accepted.Method != name || !errors.As(err, &said) || said.Method != "GET" || HasStatus(err, status) || IsNotFound(err) {
				t.Errorf("%s, %d: %v", name, status, err)
			}
		}
		unreachable := newTestClient(t, http.NotFound, WithMaxRetries(0), WithTransport(steps(
			respond(200, map[string]string{"PUT": "", "DELETE": "ok"}[name]), breakOff(&net.OpError{Op: "dial", Err: errors.New("refused")}))))
		if err := write(unreachable); err == nil || NothingSent(err) {
			t.Errorf("%s, unreachable: %v", name, err)
		}
	}
	gone := newTestClient(t, http.NotFound, WithTransport(steps(respond(204, ""), respond(404, ownNotFound), respond(200, `{"data":[]}`))))
	var accepted *AcceptedError
	if _, err := gone.UpdateDestination(t.Context(), "d1", DestinationChange{Name: "n"}); !IsNotFound(err) || errors.As(err, &accepted) {
		t.Errorf("gone: %v", err)
	}
	still := newTestClient(t, http.NotFound, WithTransport(steps(respond(200, "ok"), respond(200, complete("d1")))))
	var exists *StillExistsError
	if err := still.DeleteDestination(t.Context(), "d1"); !errors.As(err, &exists) {
		t.Errorf("still there: %v", err)
	}
}

func TestDeleteDestination(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"no content":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"deleted":      always(200, `{"deleted":true,"id":"d1"}`),
		"accepted":     always(202, ""),
		"empty":        always(200, "{}"),
		"null":         always(200, "null"),
		"already gone": nothingThere,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := record(handler)
			if err := newTestClient(t, server.ServeHTTP).DeleteDestination(t.Context(), "d1"); err != nil && (name != "already gone" || !IsNotFound(err)) {
				t.Error(err)
			}
			if requests := len(server.all()); requests > 2 || requests == 2 && name != "already gone" {
				t.Errorf("%d requests", requests)
			}
			if r := server.all()[0]; r.method != "DELETE" || r.uri != "/v1/delivery/destinations/d1" || r.body != "" {
				t.Errorf("requested %s %s %s", r.method, r.uri, r.body)
			}
		})
	}
}

// A success that does not confirm the deletion is an error while the destination still exists.
func TestDeleteNotSaid(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		"error: not deleted", "queued, not JSON", "false", `"no"`, `[{"deleted":false}]`, `{"statusCode":"500"}`, `{"status":"error","message":"busy"}`,
		`{"data":{"deleted":false}}`, `{"Deleted":false}`, `{"code":"INTERNAL_ERROR"}`, `{"message":"Internal error"}`, `{"dismissed":false}`, complete("d1"),
	} {
		for _, there := range []bool{true, false} {
			client := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.Method == http.MethodDelete:
					answer(w, 200, body)
				case there:
					answer(w, 200, complete("d1"))
				default:
					nothingThere(w, r)
				}
			})
			if err := client.DeleteDestination(t.Context(), "d1"); (err != nil) != there || IsNotFound(err) {
				t.Errorf("%s, still there: %t: error = %v", body, there, err)
			}
		}
	}
}

// An invalid ID is never sent, because it might address a different object even if it is escaped.
func TestIDsThatCannotBeSent(t *testing.T) {
	t.Parallel()
	server := record(always(200, minimal("d1")))
	for _, id := range []string{"", ".", "..", "...", "a/b", "../admin", "a?b#c", "a b", `a\\b`, "a%2Fb", "-rf", "a\n", "\u202e", strings.Repeat("a", 129)} {
		for _, m := range append(destinationMethods(id), bindingMethods(id)...) {
			c := newTestClient(t, server.ServeHTTP) // a new client, because a second read may use a list
			if err := m.call(t.Context(), c); err == nil || IsNotFound(err) {
				t.Errorf("%s(%q): error = %v, want one that is not 404", m.name, id, err)
			}
		}
	}
	if all := server.all(); len(all) != 0 {
		t.Errorf("%d requests were sent: %v", len(all), all)
	}
}
