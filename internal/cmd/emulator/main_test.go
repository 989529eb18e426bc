package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

func TestRunServesAndLogs(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-addr", "127.0.0.1:0", "-api-key", "tlnc_fake", "-read-only-api-key", "tlnc_reader", "-with", "ListBareArray,errors=ErrorEmpty",
			"-fault", "lost-response:operation=catalog"}, writer, io.Discard)
		writer.Close()
	}()
	lines := make(chan string, 16) // A response may wait for its line, so the lines are read all the time.
	go func() {
		defer close(lines)
		for scanner := bufio.NewScanner(reader); scanner.Scan(); {
			lines <- scanner.Text()
		}
	}()
	next := func() string {
		t.Helper()
		line, more := <-lines
		if !more {
			t.Fatalf("no more output: %v", <-ended)
		}
		return line
	}

	base, ok := strings.CutPrefix(next(), "export TALONIC_BASE_URL=")
	if key := next(); !ok || key != "export TALONIC_API_KEY=tlnc_fake" {
		t.Fatalf("base URL %q, then %q", base, key)
	}
	get := func(path, key string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+key)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		return response.StatusCode, string(body)
	}

	if status, body := get("/v1/delivery/destinations?q=hidden", "tlnc_fake"); status != 200 || body != "[]" {
		t.Errorf("list: %d %s", status, body)
	}
	if line := next(); line != "GET    /v1/delivery/destinations 200" {
		t.Errorf("logged %q", line)
	}
	if status, body := get("/v1/delivery/destinations", emulator.DefaultAPIKey); status != 401 || body != "" {
		t.Errorf("wrong key: %d %s", status, body)
	}
	if line := next(); line != "GET    /v1/delivery/destinations 401" {
		t.Errorf("logged %q", line)
	}

	if response, err := http.Get(base + "/v1/delivery/catalog/connectors"); err == nil {
		response.Body.Close()
		t.Errorf("the fault did not happen: %s", response.Status)
	}
	if line := next(); line != "GET    /v1/delivery/catalog/connectors no response" {
		t.Errorf("logged %q", line)
	}

	if status, body := get("/v1/delivery/destinations", "tlnc_reader"); status != 200 || body != "[]" {
		t.Errorf("read-only key: %d %s", status, body)
	}
	next()

	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(2 * shutdownGrace):
		t.Error("did not end")
	}
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
