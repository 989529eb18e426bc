package secrets

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// writtenBy returns the emulator's response, changed by a function and encoded as JSON by the rules of a different language.
func writtenBy(e secretscan.Encoder, name string, change func(d object, r *request)) answer {
	return answer{e.Name + ", " + name, func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder) {
		own := pass()
		var d object
		if err := json.Unmarshal(own.Body.Bytes(), &d); err != nil {
			panic(err) // the emulator answers with JSON
		}
		change(d, r)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(own.Code)
		_, _ = w.Write([]byte(secretscan.JSON(plain(d), e.Text)))
	}}
}

// plain converts a value to decoded JSON.
func plain(value any) (decoded any) {
	encoded, _ := json.Marshal(value) // it came from JSON
	_ = json.Unmarshal(encoded, &decoded)
	return decoded
}

// refusedBy returns an error whose message is encoded by the rules of a different language.
func refusedBy(e secretscan.Encoder) answer {
	return answer{e.Name + ", a message", func(w http.ResponseWriter, r *request, _ func() *httptest.ResponseRecorder) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		text := e.Text
		message := "cannot accept " + strings.Join(sentSecrets(r), " ")
		if !e.Quoted {
			message, text = e.Text(message), javaScript
		}
		_, _ = w.Write([]byte(secretscan.JSON(object{"statusCode": float64(400), "code": "bad_request", "message": message}, text)))
	}}
}

// jsonOf encodes a value as JSON.
func jsonOf(value any) string { return secretscan.JSON(plain(value), javaScript) }

// javaScript encodes JSON strings as the published API does.
func javaScript(text string) string {
	encoded, _ := json.Marshal(text) // any text can be encoded
	return strings.TrimSuffix(strings.TrimPrefix(string(encoded), `"`), `"`)
}

// echoPlaces lists places of a successful response whose values reach the state.
var echoPlaces = map[string]func(d object, r *request, text func(string) string){
	"a setting": func(d object, r *request, text func(string) string) { configOf(d)["debug"] = text(plainEcho.of(r)) },
	"a setting inside": func(d object, r *request, text func(string) string) {
		configOf(d)["debug"] = object{"a": []any{text(plainEcho.of(r))}}
	},
	"a key": func(d object, r *request, text func(string) string) { configOf(d)[text(plainEcho.of(r))] = true },
	"the headers": func(d object, r *request, text func(string) string) {
		configOf(d)["headers"] = object{"X-Echo": text(plainEcho.of(r))}
	},
	"the name": func(d object, r *request, text func(string) string) { d["name"] = text(plainEcho.of(r)) },
	"the status": func(d object, r *request, text func(string) string) {
		d["last_delivery_status"] = text(plainEcho.of(r))
	},
	"the last delivery": func(d object, r *request, text func(string) string) { d["last_delivery_at"] = text(plainEcho.of(r)) },
	"the update":        func(d object, r *request, text func(string) string) { d["updated_at"] = text(plainEcho.of(r)) },
}

// The API may be written in any language, so the provider must find secrets in the encoding of each language.
func TestOtherLanguages(t *testing.T) {
	t.Parallel()
	same := func(s string) string { return s }
	var answers []answer
	for _, e := range secretscan.Encoders {
		answers = append(answers, refusedBy(e))
		for name, place := range echoPlaces {
			switch {
			case e.Quoted:
				answers = append(answers, writtenBy(e, name, func(d object, r *request) { place(d, r, same) }))
			case name == "a setting" || name == "the status":
				answers = append(answers, writtenBy(secretscan.Encoder{Name: e.Name, Text: javaScript}, name, func(d object, r *request) { place(d, r, e.Text) }))
			}
		}
	}
	w := newWorkspace(t, emulator.Behavior{})
	w.logLess()
	all := destinations(batch, 0)
	w.configure(all, quickProvider)
	w.give(all, "")
	w.eachBatch(all, answers, http.MethodPost, func() {
		w.Write("terraform.tfstate", "")
		w.Write("terraform.tfstate.backup", "")
		w.run("apply", "-auto-approve", "-parallelism=1", "-refresh=false")
	})
	w.wereSent()
	w.wasSeen(secretscan.State, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}

// Other requests of a run may return values that one request has sent: the list after a lost create, the correction of is_active, the read
// after an update without a body, and a test.
func TestOtherRequestsOfARun(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	all := []destination{
		{name: "d000", sample: samples[0], more: "is_active = false"}, {name: "d001", sample: samples[1]}, {name: "d002", sample: samples[4]},
	}
	w.configure(all, quickProvider, `
data "talonic_delivery_destination_test" "d001" {
  destination_id = talonic_delivery_destination.d001.id
}

output "message" {
  value = data.talonic_delivery_destination_test.d001.message
}
`)
	w.give(all, "")
	secretsOfAll := func() string {
		var found []string
		for _, d := range w.api.Destinations() {
			credentials, _ := w.api.Stored(d.ID)
			found = append(found, secretsOf(plain(object{"a": credentials.AuthConfig, "s": credentials.SigningSecret}))...)
		}
		return strings.Join(found, "\n")
	}
	echoAll := func(d object, _ *request) {
		list, _ := d["data"].([]any)
		for _, item := range append(list, d) {
			if shown, ok := item.(object); ok {
				configOf(shown)["debug"], shown["last_delivery_status"] = secretsOfAll(), secretsOfAll()
			}
		}
	}
	lost := answer{"a lost create", func(_ http.ResponseWriter, _ *request, pass func() *httptest.ResponseRecorder) {
		pass()
		panic(http.ErrAbortHandler)
	}}
	read, write := success("a read", echoAll), success("a write", echoAll)
	tested := success("a test", func(d object, _ *request) { d["success"], d["message"] = false, secretsOfAll() })
	empty := answer{"an update without a body", func(w http.ResponseWriter, _ *request, pass func() *httptest.ResponseRecorder) {
		pass()
		w.WriteHeader(http.StatusNoContent)
	}}
	put := &write
	w.suspect = func(string) string { return "one of several answers" }
	w.api.answerWith(func(r *request) *answer {
		switch {
		case strings.HasSuffix(r.URL.Path, "/test"):
			return &tested
		case r.Method == http.MethodPost && r.destination == "d002":
			return &lost
		case r.Method == http.MethodPut:
			return put
		case r.Method == http.MethodGet:
			return &read
		}
		return nil
	})
	w.run("apply", "-auto-approve")
	w.api.wereGiven(t, []answer{read, write, tested, lost})
	put = &empty
	w.give(all, " rotated")
	w.run("apply", "-auto-approve")
	w.run("plan", "-out="+planFile)
	w.run("show", "-json", planFile)
	w.api.wereGiven(t, []answer{empty})
	w.wasSeen(secretscan.State, secretscan.Plan, secretscan.PlanJSON, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}

// A cursor is a text from the API, too, so a cursor that contains the API key must not reach any text.
func TestCursorThatSpellsTheKey(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	w.configure(nil, quickProvider, "data \"talonic_delivery_destinations\" \"all\" {}\n")
	w.give(nil, "")
	first := garbage("a cursor", "application/json", func(*request) string {
		return fmt.Sprintf(`{"data":[{"id":"d1","name":"n","type":"webhook"}],"pagination":{"has_more":true,"next_cursor":%q}}`, w.apiKey)
	})
	second := placements[0].answer(http.StatusBadRequest, plainEcho)
	w.api.answerWith(func(r *request) *answer {
		if r.URL.RawQuery == "" {
			return &first
		}
		return &second
	})
	w.run("plan")
	w.api.wereGiven(t, []answer{first, second})
	w.wasSeen(secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}
