package emulator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// virtualReceiver answers deliveries without a network, so that time can be virtual.
type virtualReceiver struct {
	answer func(*http.Request) (*http.Response, error)
	mu     sync.Mutex
	got    []received
}

type received struct {
	at     time.Time
	header http.Header
	body   string
}

func (r *virtualReceiver) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.got = append(r.got, received{time.Now(), request.Header.Clone(), string(body)})
	r.mu.Unlock()
	return r.answer(request)
}

func answering(status int, body string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		w.WriteHeader(status)
		w.Body = bytes.NewBufferString(body)
		return w.Result(), nil
	}
}

// waits are the times between the requests.
func (r *virtualReceiver) waits() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []string
	for i := 1; i < len(r.got); i++ {
		list = append(list, r.got[i].at.Sub(r.got[i-1].at).String())
	}
	return strings.Join(list, " ")
}

// delivering starts the deliveries of an emulator with one webhook, "destination-a", and one binding of it, "binding-a".
func delivering(t *testing.T, answer func(*http.Request) (*http.Response, error), settings ...string) (api, *virtualReceiver) {
	t.Helper()
	a := start(t, settings...)
	r := &virtualReceiver{answer: answer}
	a.receivers = &http.Client{Transport: r}
	a.bound("a")
	a.StartDeliveries(Deliveries{})
	t.Cleanup(a.StopDeliveries)
	return a, r
}

// emit emits an event that every binding of [api.bound] delivers, and waits until nothing is left to do.
func (a api) emit(payload fields) Emission {
	a.t.Helper()
	emission, err := a.Emit(Signal{EventType: "document.extracted", Payload: payload})
	if err != nil {
		a.t.Fatal(err)
	}
	a.settled()
	return emission
}

func (a api) settled() {
	a.t.Helper()
	if err := a.WaitForDeliveries(a.t.Context()); err != nil {
		a.t.Fatal(err)
	}
}

// outcomes are the attempts in short, oldest first.
func (a api) outcomes() string {
	var list []string
	for _, made := range a.Attempts() {
		list = append(list, strings.TrimSuffix(fmt.Sprintf("%d:%s:%s", made.Attempt, made.Status, made.ErrorCode), ":"))
	}
	return strings.Join(list, " ")
}

// The ladder of the SDK (U-19), that of a policy, and both sped up.
func TestRetryLadder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		policy fields
		speed  float64
		want   string
	}{
		{"default", nil, 0, "5s 30s 2m0s 10m0s 1h0m0s"},
		{"sped up", nil, 60, "83.333333ms 500ms 2s 10s 1m0s"},
		{"policy", fields{"max_attempts": 4, "backoff_schedule": []int{1000, 3000}}, 0, "1s 3s 3s"},
		{"no waits", fields{"max_attempts": 3, "backoff_schedule": []int{}}, 0, "0s 0s"},
		{"fewer attempts", fields{"max_attempts": 2}, 0, "5s"},
		{"one attempt", fields{"max_attempts": 1}, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, r := delivering(t, answering(503, "no"))
				a.StopDeliveries()
				a.StartDeliveries(Deliveries{Speed: c.speed})
				a.EditBinding("binding-a", func(b *Binding) { b.DeliveryPolicy = c.policy })
				a.emit(nil)
				if got := r.waits(); got != c.want {
					t.Errorf("waits %s, want %s", got, c.want)
				}
				attempts, letters := a.Attempts(), a.DeadLetters()
				if len(letters) != 1 || letters[0].Attempts != len(attempts) || letters[0].LastItemID != attempts[len(attempts)-1].ID {
					t.Errorf("%d attempts, dead letters %+v", len(attempts), letters)
				}
			})
		})
	}
}

// What becomes of a delivery by what the receiver does.
func TestDeliveryOutcomes(t *testing.T) {
	t.Parallel()
	hangs := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	fails := func(*http.Request) (*http.Response, error) {
		return nil, errors.New("no route to https://hooks.example.com/secret")
	}
	for _, c := range []struct {
		name     string
		answer   func(*http.Request) (*http.Response, error)
		status   int
		code     string
		message  string
		attempts int
		disabled bool
	}{
		{"success", answering(204, ""), 204, "", "", 1, false},
		{"redirect", answering(302, ""), 302, codeRefused, "endpoint answered 302 Found", 2, false},
		{"not found", answering(404, ""), 404, codeRefused, "endpoint answered 404 Not Found", 2, false},
		{"server error", answering(500, ""), 500, "connector_5xx", "endpoint answered 500 Internal Server Error", 2, false},
		{"unauthorized", answering(401, ""), 401, "auth_failed", "endpoint refused the credentials", 1, true},
		{"forbidden", answering(403, ""), 403, "auth_failed", "endpoint refused the credentials", 1, true},
		{"timeout", hangs, 0, "delivery_timeout", "no answer within 15s", 2, false},
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

// Everything that a receiver gets (section 8.1).
func TestDeliveryMessage(t *testing.T) {
	t.Parallel()
	const begin = `{"event":{"event_type":"document.extracted","event_id":"1","binding_id":"binding-a","idempotency_key":"KEY","attempt":1,` +
		`"delivered_at":"2000-01-01T00:00:00.000Z"},`
	payload := fields{"total": 12.5, "debug": true, "id": "x, y", "none": nil}
	fieldMap := fields{"drop": []any{"debug", "missing"}, "rules": []any{fields{"source": "total", "target": "amount"}, fields{"source": "missing", "target": "b"}},
		"static": fields{"amount": 1, "origin": "talonic"}}
	for _, c := range []struct {
		name, format string
		payload      fields
		fieldMap     fields
		want         string
	}{
		{"json", "json", payload, nil, `"payload":{"debug":true,"id":"x, y","none":null,"total":12.5},"content":null}`},
		{"nothing", "json", nil, fieldMap, `"payload":null,"content":null}`},
		{"field_map", "json", payload, fieldMap, `"payload":{"amount":1,"id":"x, y","none":null,"origin":"talonic"},"content":null}`},
		{"ndjson", "ndjson", fields{"a": 1}, nil, `"payload":null,"content":{"mime":"application/x-ndjson","encoding":"utf-8","data":"{\"a\":1}\n"}}`},
		{"csv", "csv", payload, nil, `"payload":null,"content":{"mime":"text/csv","encoding":"utf-8","data":"true,\"x, y\",,12.5\n"}}`},
		{"csv_file", "csv_file", fields{"b": 1, "a": "x"}, nil, `"payload":null,"content":{"mime":"text/csv","encoding":"utf-8","data":"a,b\nx,1\n"}}`},
		{"txt", "txt", fields{"a": 1}, nil, `"payload":null,"content":{"mime":"text/plain","encoding":"utf-8","data":"{\"a\":1}\n"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, r := delivering(t, answering(200, "thanks"))
				a.EditBinding("binding-a", func(b *Binding) { b.SerializerFormat, b.FieldMap = c.format, c.fieldMap })
				a.emit(c.payload)
				want := strings.Replace(begin, "KEY", deliveryKey("binding-a", "1"), 1) + c.want
				if len(r.got) != 1 || r.got[0].body != want {
					t.Errorf("\n got %v\nwant %s", r.got, want)
				}
				if made := a.Attempts()[0]; made.RequestBody != want || made.ResponseBody != "thanks" {
					t.Errorf("recorded %+v", made)
				}
			})
		})
	}
}

// Every attempt is signed anew, and a replay has the same idempotency key.
func TestDeliveryHeaders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, r := delivering(t, answering(500, ""))
		signed := a.AddWith(Destination{Name: "s", Type: "webhook", IsActive: true, Config: fields{"url": "https://hooks.example.com", "headers": fields{"X-A": "b"}}},
			Credentials{AuthConfig: fields{"type": "bearer", "token": "fake-token"}, SigningSecret: "fake-secret"})
		a.EditBinding("binding-a", func(b *Binding) { b.DestinationID, b.DeliveryPolicy = signed, fields{"max_attempts": 2} })
		emission := a.emit(fields{"a": 1})
		a.ok("POST", dlqPath+"/"+a.DeadLetters()[0].ID+"/replay", "")
		a.settled()
		if len(r.got) != 4 {
			t.Fatalf("%d requests", len(r.got))
		}
		var signatures []string
		for _, got := range r.got {
			signature := got.header.Get("X-Talonic-Signature")
			if signature != Sign("fake-secret", got.at, []byte(got.body)) || slices.Contains(signatures, signature) {
				t.Errorf("signature %s", signature)
			}
			signatures = append(signatures, signature)
			if got.header.Get("Authorization") != "Bearer fake-token" || got.header.Get("X-A") != "b" || got.header.Get("Content-Type") != "application/json" ||
				got.header.Get("X-Talonic-Event") != "document.extracted" || got.header.Get("X-Talonic-Delivery-Id") != deliveryKey("binding-a", emission.EventID) {
				t.Errorf("headers %v", got.header)
			}
		}
	})
}

func TestSignalsAreRouted(t *testing.T) {
	t.Parallel()
	edit := func(change func(*Binding)) func(api) {
		return func(a api) { a.EditBinding("binding-a", change) }
	}
	matching := edit(func(b *Binding) { b.SignalFilter["match"] = fields{"source": "x", "pages": 2} })
	for _, c := range []struct {
		name    string
		arrange func(api)
		signal  Signal
		want    []string
	}{
		{"event type", func(api) {}, Signal{EventType: "document.extracted"}, []string{"binding-a", "binding-b"}},
		{"other event type", func(api) {}, Signal{EventType: "result.flagged"}, []string{}},
		{"match", matching, Signal{EventType: "document.extracted", Payload: fields{"source": "x", "pages": 2, "more": fields{}}}, []string{"binding-a", "binding-b"}},
		{"no match", matching, Signal{EventType: "document.extracted", Payload: fields{"source": "x", "pages": "2"}}, []string{"binding-b"}},
		{"nothing to match", matching, Signal{EventType: "document.extracted"}, []string{"binding-b"}},
		{"deliverable", edit(func(b *Binding) { b.DeliverableType = "markdown" }), Signal{EventType: "document.extracted", DeliverableType: "markdown"}, []string{"binding-a"}},
		{"paused binding", edit(func(b *Binding) { b.IsActive = false }), Signal{EventType: "document.extracted"}, []string{"binding-b"}},
		{"paused destination", func(a api) { a.Edit("destination-a", func(d *Destination) { d.IsActive = false }) },
			Signal{EventType: "document.extracted"}, []string{"binding-b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, r := delivering(t, answering(200, ""))
				a.bound("b")
				c.arrange(a)
				emission, err := a.Emit(c.signal)
				a.settled()
				if err != nil || !slices.Equal(emission.BindingIDs, c.want) || len(r.got) != len(c.want) || len(a.Attempts()) != len(c.want) {
					t.Errorf("%v, %v, %d requests", emission, err, len(r.got))
				}
			})
		})
	}
}

func TestSignalsThatAreRefused(t *testing.T) {
	t.Parallel()
	a := start(t)
	if _, err := a.Emit(Signal{EventType: "document.extracted"}); err == nil || !strings.Contains(err.Error(), "not started") {
		t.Error(err)
	}
	a, _ = delivering(t, answering(200, ""))
	for want, s := range map[string]Signal{
		"event_type must be one of document.extracted,": {EventType: "odd"},
		"deliverable_type must be one of markdown,":     {EventType: "document.extracted", DeliverableType: "odd"},
		"payload must have at most 1048576 bytes":       {EventType: "document.extracted", Payload: fields{"a": strings.Repeat("x", maxBodyBytes)}},
	} {
		if _, err := a.Emit(s); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	a.dispatcher.queued = maxQueued
	if _, err := a.Emit(Signal{EventType: "document.extracted"}); err == nil || err.Error() != "more than 10000 deliveries are queued" {
		t.Error(err)
	}
	a.dispatcher.queued = 0
}

// A replay delivers the same event under the same key, with all the retries again.
func TestReplayDelivers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := true
		a, r := delivering(t, func(request *http.Request) (*http.Response, error) {
			if broken {
				return answering(500, "")(request)
			}
			return answering(200, "")(request)
		})
		a.EditBinding("binding-a", func(b *Binding) { b.DeliveryPolicy = fields{"max_attempts": 2} })
		a.emit(fields{"a": 1})
		a.ok("POST", dlqPath+"/"+a.DeadLetters()[0].ID+"/replay", "")
		if got := a.outcomes(); got != "1:failed:connector_5xx 2:failed:connector_5xx 3:in_flight" {
			t.Errorf("after the replay: %s", got)
		}
		a.settled()
		if letters := a.DeadLetters(); len(letters) != 1 || letters[0].Attempts != 4 {
			t.Fatalf("dead letters %+v", letters)
		}
		broken = false
		a.ok("POST", dlqPath+"/"+a.DeadLetters()[0].ID+"/replay", "")
		a.settled()
		last := a.Attempts()[4]
		a.ok("POST", itemsPath+"/"+last.ID+"/replay", "")
		a.settled()
		if got := a.outcomes(); !strings.HasSuffix(got, " 4:failed:connector_5xx 5:succeeded 6:succeeded") || len(a.DeadLetters()) != 0 {
			t.Errorf("%s, %d dead letters", got, len(a.DeadLetters()))
		}
		for _, got := range r.got {
			if !strings.HasSuffix(got.body, `"payload":{"a":1},"content":null}`) {
				t.Errorf("body %s", got.body)
			}
		}
		if d := a.Destinations()[0]; d.LastDeliveryStatus != StatusSucceeded || a.Bindings()[0].LastStatus != StatusSucceeded {
			t.Errorf("%+v", d)
		}
	})
}

// What a test has put there is delivered without a payload.
func TestReplayOfAnUnknownEvent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, r := delivering(t, answering(200, ""))
		a.AddDeadLetter(DeadLetter{ID: "dead", BindingID: "binding-a", EventID: "77"})
		a.ok("POST", dlqPath+"/dead/replay", "")
		a.settled()
		if len(r.got) != 1 || !strings.Contains(r.got[0].body, `"event_type":"document.extracted","event_id":"77"`) ||
			!strings.HasSuffix(r.got[0].body, `"payload":null,"content":null}`) {
			t.Errorf("%+v", r.got)
		}
	})
}

// What happens between two attempts.
func TestRetriesOfWhatChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		change  func(api)
		want    string
		letters int
	}{
		{"nothing", func(api) {}, "1:failed:connector_5xx 2:failed:connector_5xx", 1},
		{"binding deleted", func(a api) { a.RemoveBinding("binding-a") }, "1:failed:connector_5xx 2:failed:connector_5xx", 1},
		{"destination deleted", func(a api) { a.Remove("destination-a") }, "", 0},
		{"destination paused", func(a api) { a.Edit("destination-a", func(d *Destination) { d.IsActive = false }) },
			"1:failed:connector_5xx 2:failed:destination_inactive", 1},
		{"stopped", func(a api) { a.StopDeliveries() }, "1:failed:connector_5xx", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, _ := delivering(t, answering(500, ""))
				a.EditBinding("binding-a", func(b *Binding) { b.DeliveryPolicy = fields{"max_attempts": 2} })
				if _, err := a.Emit(Signal{EventType: "document.extracted"}); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				c.change(a)
				a.settled()
				if got := a.outcomes(); got != c.want || len(a.DeadLetters()) != c.letters {
					t.Errorf("%s, %d dead letters", got, len(a.DeadLetters()))
				}
			})
		})
	}
}

// A destination that is deleted while it is called leaves nothing behind, and the bodies are counted right.
func TestDestinationIsDeletedDuringADelivery(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a api
		a, _ = delivering(t, func(r *http.Request) (*http.Response, error) {
			a.Remove("destination-a")
			return answering(500, "oops")(r)
		})
		a.emit(fields{"a": 1})
		if len(a.Attempts()) != 0 || len(a.DeadLetters()) != 0 || a.history.bodyBytes != 0 {
			t.Errorf("%s, %d dead letters, %d bytes", a.outcomes(), len(a.DeadLetters()), a.history.bodyBytes)
		}
	})
}

func TestStopEndsADelivery(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, _ := delivering(t, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		if _, err := a.Emit(Signal{EventType: "document.extracted"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		a.StopDeliveries()
		if got := a.outcomes(); got != "1:in_flight" {
			t.Error(got)
		}
		if _, err := a.Emit(Signal{EventType: "document.extracted"}); err == nil {
			t.Error("emitted without deliveries")
		}
	})
}

// At most ten deliveries are under way at once, and each that ends is told.
func TestDeliveryWorkers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, r := delivering(t, func(request *http.Request) (*http.Response, error) {
			time.Sleep(time.Second)
			return answering(200, "")(request)
		})
		a.StopDeliveries()
		var told sync.Map
		a.StartDeliveries(Deliveries{OnAttempt: func(made Attempt) { told.Store(made.ID, a.Destinations()[0].LastDeliveryStatus) }})
		for range 25 {
			if _, err := a.Emit(Signal{EventType: "document.extracted"}); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		a.settled()
		if took := time.Since(began); took != 3*time.Second || len(r.got) != 25 {
			t.Errorf("%d deliveries took %s", len(r.got), took)
		}
		count := 0
		told.Range(func(_, status any) bool { count++; return status == StatusSucceeded })
		if count != 25 {
			t.Errorf("%d were told", count)
		}
	})
}

func TestEventsAreBounded(t *testing.T) {
	t.Parallel()
	var h history
	for i := range maxAttempts + 1 {
		h.keepEvent(event{id: fmt.Sprint(i), size: 1})
	}
	if len(h.events) != maxAttempts || h.events[0].id != "1" || h.eventBytes != maxAttempts {
		t.Errorf("%d events, %d bytes", len(h.events), h.eventBytes)
	}
	h.keepEvent(event{id: "large", size: maxPayloads})
	if len(h.events) != 1 || h.eventBytes != maxPayloads {
		t.Errorf("%d events, %d bytes", len(h.events), h.eventBytes)
	}
}

// A delivery by the network, from the emission to the history that the API shows.
func TestDeliveryOverHTTP(t *testing.T) {
	t.Parallel()
	var got sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got.Store(r.Header.Get("X-Talonic-Delivery-Id"), r.Method)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()
	a := start(t)
	a.bound("a")
	a.Edit("destination-a", func(d *Destination) { d.Config["url"] = server.URL })
	a.StartDeliveries(Deliveries{Speed: 1000})
	defer a.StopDeliveries()
	a.emit(nil)
	item := a.ok("GET", itemsPath, "")["items"].([]any)[0].(fields)
	if method, _ := got.Load(item["idempotency_key"]); method != "POST" || item["http_status"] != 202.0 || item["status"] != StatusSucceeded {
		t.Errorf("%v, %v", method, item)
	}
}
