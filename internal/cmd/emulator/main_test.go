package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// running is the program under test.
type running struct {
	t     *testing.T
	base  string
	lines chan string
	stop  context.CancelFunc
	ended chan error
}

// start runs the program with a key and more arguments, and reads its first two lines.
func start(t *testing.T, args ...string) running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	r := running{
		t: t, stop: cancel, ended: make(chan error, 1),
		lines: make(chan string, 16), // Lines are read continuously, because a response may wait until its line is written.
	}
	go func() {
		r.ended <- run(ctx, append([]string{"-addr", "127.0.0.1:0", "-api-key", "tlnc_fake"}, args...), writer, io.Discard)
		writer.Close()
	}()
	go func() {
		defer close(r.lines)
		for scanner := bufio.NewScanner(reader); scanner.Scan(); {
			r.lines <- scanner.Text()
		}
	}()
	base, ok := strings.CutPrefix(r.next(), "export TALONIC_BASE_URL=")
	if key := r.next(); !ok || key != "export TALONIC_API_KEY=tlnc_fake" {
		t.Fatalf("base URL %q, then %q", base, key)
	}
	r.base = base
	return r
}

// next returns the next line of the output.
func (r running) next() string {
	r.t.Helper()
	line, more := <-r.lines
	if !more {
		r.t.Fatalf("no more output: %v", <-r.ended)
	}
	return line
}

// call sends a request and returns the status and the body of its response.
func (r running) call(method, path, key, body string) (int, string) {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), method, r.base+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(answer)
}

// end stops the program and checks that it succeeds.
func (r running) end() {
	r.t.Helper()
	r.stop()
	select {
	case err := <-r.ended:
		if err != nil {
			r.t.Errorf("ended with %v", err)
		}
	case <-time.After(2 * shutdownGrace):
		r.t.Error("did not end")
	}
}

func TestRunServesAndLogs(t *testing.T) {
	t.Parallel()
	r := start(t, "-read-only-api-key", "tlnc_reader", "-with", "ListBareArray,errors=ErrorEmpty", "-fault", "lost-response:operation=catalog")
	if status, body := r.call("GET", "/v1/delivery/destinations?q=hidden", "tlnc_fake", ""); status != 200 || body != "[]" {
		t.Errorf("list: %d %s", status, body)
	}
	if line := r.next(); line != "GET    /v1/delivery/destinations 200" {
		t.Errorf("logged %q", line)
	}
	if status, body := r.call("GET", "/v1/delivery/destinations", emulator.DefaultAPIKey, ""); status != 401 || body != "" {
		t.Errorf("wrong key: %d %s", status, body)
	}
	if line := r.next(); line != "GET    /v1/delivery/destinations 401" {
		t.Errorf("logged %q", line)
	}

	if response, err := http.Get(r.base + "/v1/delivery/catalog/connectors"); err == nil {
		response.Body.Close()
		t.Errorf("the fault did not happen: %s", response.Status)
	}
	if line := r.next(); line != "GET    /v1/delivery/catalog/connectors no response" {
		t.Errorf("logged %q", line)
	}

	if status, body := r.call("GET", "/v1/delivery/destinations", "tlnc_reader", ""); status != 200 || body != "[]" {
		t.Errorf("read-only key: %d %s", status, body)
	}
	r.next()
	if status, _ := r.call("POST", "/v1/delivery/destinations", "tlnc_reader", "{}"); status != 403 {
		t.Errorf("the read-only key writes: %d", status)
	}
	r.next()

	r.end()
}

// A signal is delivered, retried and dead-lettered. The log contains a line for each attempt, and no body or URL.
func TestRunDelivers(t *testing.T) {
	t.Parallel()
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	defer receiver.Close()
	r := start(t, "-admin", "-speed", "1e6")
	created := func(path, body string) string {
		status, answer := r.call("POST", path, "tlnc_fake", body)
		var object struct{ ID string }
		if err := json.Unmarshal([]byte(answer), &object); err != nil || status != http.StatusCreated {
			t.Fatalf("%d %s", status, answer)
		}
		r.next()
		return object.ID
	}
	destination := created("/v1/delivery/destinations", `{"name":"w","type":"webhook","config":{"url":"`+receiver.URL+`/hidden"}}`)
	binding := created("/v1/delivery/bindings", `{"name":"b","signal_filter":{"event_type":"document.extracted"},"deliverable_type":"pipeline.capture",`+
		`"destination_id":"`+destination+`","serializer_format":"json","delivery_policy":{"max_attempts":2}}`)

	status, answer := r.call("POST", "/emulator/signals", "", `{"event_type":"document.extracted","payload":{"a":"hidden"}}`)
	if want := `{"event_id":"1","binding_ids":["` + binding + `"]}`; status != http.StatusAccepted || answer != want {
		t.Fatalf("%d %s", status, answer)
	}
	want := []string{"POST   /emulator/signals 202"}
	for attempt := range 2 {
		want = append(want, fmt.Sprintf("delivery by binding %s, attempt %d: failed, connector_5xx (endpoint responded with 503 Service Unavailable)", binding, attempt+1))
	}
	got := []string{r.next(), r.next(), r.next()}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("logged %q", got)
	}
	if _, letters := r.call("GET", "/v1/delivery/dlq", "tlnc_fake", ""); !strings.Contains(letters, `"binding_id":"`+binding+`"`) {
		t.Errorf("dead letters %s", letters)
	}
	r.end()
}

func TestAdminEndpointIsOffByDefault(t *testing.T) {
	t.Parallel()
	r := start(t)
	if status, answer := r.call("POST", "/emulator/signals", "tlnc_fake", `{"event_type":"document.extracted"}`); status != http.StatusNotFound {
		t.Errorf("%d %s", status, answer)
	}
	r.end()
}

func TestRunRefusesWrongArguments(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-with", "Nonsense"}, {"-fault", "nonsense"}, {"extra"}, {"-addr", "nowhere"}, {"-speed", "0"}, {"-speed", "NaN"}, {"-unknown"}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%v was accepted", args)
		}
	}
}

func TestHelpListsEverySwitchAndFault(t *testing.T) {
	t.Parallel()
	var help bytes.Buffer
	_ = run(t.Context(), []string{"-help"}, io.Discard, &help)
	words := strings.Join(strings.Fields(help.String()), " ")
	for _, s := range emulator.Switches() {
		if !strings.Contains(words, s.Name+" "+s.Doc) {
			t.Errorf("%s is missing", s.Name)
		}
		for _, v := range s.Values {
			if !strings.Contains(words, s.Name+"="+v.Name+" "+v.Doc) {
				t.Errorf("%s=%s is missing", s.Name, v.Name)
			}
		}
	}
	for _, f := range slices.Concat(emulator.AdminCommands(), emulator.FaultKinds(), emulator.FaultKeys()) {
		if !strings.Contains(words, f.Name+" "+f.Doc) {
			t.Errorf("%s is missing", f.Name)
		}
	}
}
