package emulator

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
)

// The receiver's behavior determines the outcome of a delivery.
func TestDeliveryOutcomes(t *testing.T) {
	t.Parallel()
	hangs := func(r *http.Request) (int, string, error) {
		<-r.Context().Done()
		return 0, "", r.Context().Err()
	}
	fails := func(*http.Request) (int, string, error) {
		return 0, "", errors.New("no route to https://hooks.example.com/secret")
	}
	for _, c := range []struct {
		name     string
		answer   receives
		status   int
		code     string
		message  string
		attempts int
		disabled bool
	}{
		{"success", answering(204, ""), 204, "", "", 1, false},
		{"redirect", answering(302, ""), 302, codeRefused, "endpoint responded with 302 Found", 2, false},
		{"not found", answering(404, ""), 404, codeRefused, "endpoint responded with 404 Not Found", 2, false},
		{"server error", answering(500, ""), 500, "connector_5xx", "endpoint responded with 500 Internal Server Error", 2, false},
		{"unauthorized", answering(401, ""), 401, "auth_failed", "endpoint refused the credentials", 1, true},
		{"forbidden", answering(403, ""), 403, "auth_failed", "endpoint refused the credentials", 1, true},
		{"timeout", hangs, 0, "delivery_timeout", "no response within 15s", 2, false},
		{"no connection", fails, 0, codeUnreachable, "the request could not be sent, or its answer not be read", 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, _ := delivering(t, c.answer)
				a.EditBinding("binding-a", func(b *Binding) { b.DeliveryPolicy = fields{"max_attempts": 2, "timeout_ms": 15_000} })
				a.emit(nil)
				attempts, letters := a.Attempts(), a.DeadLetters()
				if len(attempts) != c.attempts || (c.code != "") != (len(letters) == 1) {
					t.Fatalf("attempts %s, %d dead letters", a.outcomes(), len(letters))
				}
				last := attempts[len(attempts)-1]
				if last.HTTPStatus != c.status || last.ErrorCode != c.code || last.ErrorMessage != c.message || last.CompletedAt.IsZero() {
					t.Errorf("%+v", last)
				}
				if c.code != "" && (letters[0].ErrorCode != c.code || letters[0].ErrorMessage != c.message || letters[0].BindingID != "binding-a") {
					t.Errorf("%+v", letters[0])
				}
				d, b := a.Destinations()[0], a.Bindings()[0]
				if d.UpdatedAt.After(d.CreatedAt) != c.disabled {
					t.Errorf("updated at %s", d.UpdatedAt)
				}
				if d.IsActive == c.disabled || d.AutoDisabled != c.disabled || d.LastDeliveryStatus != last.Status || !d.LastDeliveryAt.Equal(last.CompletedAt) {
					t.Errorf("%+v", d)
				}
				if b.LastStatus != last.Status || !b.IsActive {
					t.Errorf("%+v", b)
				}
				if c.code == "delivery_timeout" && last.DurationMs != 15_000 {
					t.Errorf("took %d ms", last.DurationMs)
				}
			})
		})
	}
}

func TestDeliveryIsDecidedBeforehand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		arrange func(api)
		want    string // the attempts
		calls   int
	}{
		{"too large", func(a api) { a.Edit("destination-a", func(d *Destination) { d.PayloadCapBytes = 10 }) }, "1:failed:payload_too_large", 0},
		{"outcome", func(a api) { a.SetDeliveryOutcome("destination-a", &DeliveryOutcome{HTTPStatus: 401}) }, "1:failed:auth_failed", 0},
		{"outcome with code", func(a api) { a.SetDeliveryOutcome("destination-a", &DeliveryOutcome{ErrorCode: "ssrf_blocked"}) }, "1:failed:ssrf_blocked", 0},
		{"outcome taken back", func(a api) {
			a.SetDeliveryOutcome("destination-a", &DeliveryOutcome{HTTPStatus: 401})
			a.SetDeliveryOutcome("destination-a", nil)
		}, "1:succeeded", 1},
		{"no webhook", func(a api) { a.Edit("destination-a", func(d *Destination) { d.Type = "s3" }) }, "1:succeeded", 0},
		{"no URL", func(a api) { a.Edit("destination-a", func(d *Destination) { d.Config = fields{"url": "x"} }) }, "1:failed:connector_error 2:failed:connector_error", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, r := delivering(t, answering(200, ""))
				a.EditBinding("binding-a", func(b *Binding) { b.DeliveryPolicy = fields{"max_attempts": 2} })
				c.arrange(a)
				a.emit(fields{"a": 1})
				if got := a.outcomes(); got != c.want || len(r.got) != c.calls {
					t.Errorf("%s, %d calls", got, len(r.got))
				}
			})
		})
	}
	if start(t).SetDeliveryOutcome("none", nil) {
		t.Error("an outcome for no destination")
	}
}
