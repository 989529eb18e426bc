package emulator

import (
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

// virtualReceiver responds to deliveries without a network, so that simulated time works.
type virtualReceiver struct {
	answer receives
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
	status, answer, err := r.answer(request)
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(answer))}, nil
}

// receives returns a receiver's response to a request.
type receives func(*http.Request) (status int, body string, err error)

func answering(status int, body string) receives {
	return func(*http.Request) (int, string, error) { return status, body, nil }
}

// waits returns the times between the requests.
func (r *virtualReceiver) waits() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []string
	for i := 1; i < len(r.got); i++ {
		list = append(list, r.got[i].at.Sub(r.got[i-1].at).String())
	}
	return strings.Join(list, " ")
}

// delivering starts the deliveries of an emulator with one webhook, "destination-a", and one binding for it, "binding-a".
func delivering(t *testing.T, answer receives, settings ...string) (api, *virtualReceiver) {
	t.Helper()
	a := start(t, settings...)
	r := &virtualReceiver{answer: answer}
	a.receivers = &http.Client{Transport: r}
	a.bound("a")
	a.StartDeliveries(Deliveries{})
	t.Cleanup(a.StopDeliveries)
	return a, r
}

// emit emits an event that every binding of [api.bound] delivers, and waits until all deliveries have ended.
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

// outcomes returns the attempts in short form, oldest first.
func (a api) outcomes() string {
	var list []string
	for _, made := range a.Attempts() {
		list = append(list, strings.TrimSuffix(fmt.Sprintf("%d:%s:%s", made.Attempt, made.Status, made.ErrorCode), ":"))
	}
	return strings.Join(list, " ")
}

// The retry schedule comes from the SDK or from a policy, and both can be sped up.
func TestRetrySchedule(t *testing.T) {
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

// Changes between two attempts affect the second attempt.
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

// A destination that is deleted during a delivery leaves nothing in the history, and the total size of bodies stays correct.
func TestDestinationIsDeletedDuringADelivery(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a api
		a, _ = delivering(t, func(r *http.Request) (int, string, error) {
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
		a, _ := delivering(t, func(r *http.Request) (int, string, error) {
			<-r.Context().Done()
			return 0, "", r.Context().Err()
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

// At most ten deliveries run at once, and the end of each delivery is reported.
func TestDeliveryWorkers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, r := delivering(t, func(request *http.Request) (int, string, error) {
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

// This is a delivery over the network, from the emission to the history in the API.
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
