package emulator

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

// A replay delivers the same event with the same key, and again with all retries.
func TestReplayDelivers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := true
		a, r := delivering(t, func(request *http.Request) (int, string, error) {
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

// An event that a test has added is delivered without a payload.
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
