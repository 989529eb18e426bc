package docs_test

import (
	"context"
	"crypto/rand"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const watchingDeliveries = "docs/guides/watching-deliveries.md"

// TestWatchingDeliveries follows the guide. It writes the files, breaks and fixes the receiver, replays, and compares each quote with the
// output of the commands before the quote.
func TestWatchingDeliveries(t *testing.T) {
	t.Parallel()
	w := newWatcher(t)
	content, err := os.ReadFile(filepath.Join(root, watchingDeliveries))
	if err != nil {
		t.Fatal(err)
	}
	page := string(content)
	example, err := os.ReadFile(filepath.Join(root, "examples", "watching_deliveries", "checks.tf"))
	if err != nil || !strings.Contains(page, "# checks.tf\n"+string(example)) {
		t.Error("the checks of the guide are not those of the example: ", err)
	}
	then := map[string]func(){
		"1. Configure the checks":            nil,
		"2. Deliver something":               func() { w.jobFinds(page, false) },
		"3. Break the receiver":              func() { w.jobFinds(page, true); w.has(1, 1) },
		"4. Replay dead letters":             func() { w.has(102, 0) },
		"Recover from a rejected credential": func() { w.jobFinds(page, false); w.has(103, 0) },
	}
	for _, section := range strings.Split(page, "\n## ")[1:] {
		title, text, _ := strings.Cut(section, "\n")
		check, ok := then[title]
		if !ok {
			continue // the block contains no step
		}
		delete(then, title)
		for _, step := range fenced(watchingDeliveries, text) {
			w.take(step)
		}
		if check != nil {
			check()
		}
	}
	for title := range then {
		t.Errorf("there is no section %q", title)
	}
}

// watcher follows the guide.
type watcher struct {
	*acctest.Workspace
	t          *testing.T
	api        *emulator.Emulator
	url        string // of the API
	receiver   string // the program
	address    string // of the receiver
	secret     string // SIGNING_SECRET
	running    *exec.Cmd
	hasActions bool
	printed    string // by the previous commands
	isReplayed bool   // the test replayed without the CLI, so there is no output
}

func newWatcher(t *testing.T) *watcher {
	t.Helper()
	w := &watcher{Workspace: acctest.NewWorkspace(t, nil), t: t, api: emulator.New(emulator.Behavior{}), receiver: filepath.Join(t.TempDir(), "receiver")}
	w.hasActions = acctest.TestedCLI(t).Knows("action \"talonic_delivery_dead_letter_replay\" \"erp\" {\n")
	w.api.EnableAdmin()
	w.api.StartDeliveries(emulator.Deliveries{Speed: 1e6})
	t.Cleanup(w.api.StopDeliveries)
	server := httptest.NewServer(w.api)
	t.Cleanup(server.Close)
	w.url = server.URL
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	build := exec.CommandContext(t.Context(), "go", "build", "-o", w.receiver, "./examples/receiver")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.address = free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.stop)
	return w
}

// take performs the step of a block.
func (w *watcher) take(step block) {
	w.t.Helper()
	switch step.language {
	case "terraform":
		name, _, _ := strings.Cut(strings.TrimPrefix(step.text, "# "), "\n")
		if filepath.Ext(name) != ".tf" {
			w.t.Fatalf("%s: which file is this?", step)
		}
		if name != "replay.tf" || w.hasActions {
			w.Write(name, step.text)
		}
	case "text":
		if !w.isReplayed && !quoted(normalized(step.text), []string{w.printed}) {
			w.t.Errorf("%s: the commands before it did not print this, but:\n%s", step, w.printed)
		}
	case "sh":
		w.printed, w.isReplayed = "", false
		for line := range strings.Lines(step.text) {
			w.run(step, strings.TrimSpace(line))
		}
	}
}

const (
	emits    = `curl --json '{"event_type":"document.extracted"}' $TALONIC_BASE_URL/emulator/signals`
	emitsAll = `for i in $(seq 100); do ` + emits + `; done`
)

// run runs a command, and answers every question with yes.
func (w *watcher) run(step block, line string) {
	w.t.Helper()
	args, isCLI := strings.CutPrefix(line, "terraform ")
	switch {
	case line == "export SIGNING_SECRET=$(openssl rand -hex 32)":
		w.secret = rand.Text()
	case line == "export TF_VAR_signing_secret=$SIGNING_SECRET":
		w.Setenv("TF_VAR_signing_secret", w.secret)
	case line == "export TF_VAR_signing_secret=$SIGNING_SECRET TF_VAR_url=http://127.0.0.1:8080/":
		w.Setenv("TF_VAR_signing_secret", w.secret)
		w.Setenv("TF_VAR_url", "http://"+w.address+"/")
	case line == "receiver &":
		w.start()
	case line == "kill $!":
		w.stop()
	case line == emits:
		w.emit()
	case line == emitsAll:
		for range 100 {
			w.emit()
		}
	case strings.HasPrefix(line, "sleep "): // each command waits until all events are delivered
	case strings.HasPrefix(args, "apply -invoke=") && !w.hasActions:
		w.replay()
	case isCLI:
		words := strings.Fields(args)
		if words[0] == "apply" {
			words = append(words, "-auto-approve")
		}
		w.printed += normalized(w.Normalize(w.MustRun(words...).Output()))
		w.settle()
	default:
		w.t.Fatalf("%s: a command that is not known here: %s", step, line)
	}
}

// start starts the receiver, and waits until it listens.
func (w *watcher) start() {
	w.t.Helper()
	w.running = exec.Command(w.receiver, "-addr", w.address)
	w.running.Env = append(os.Environ(), "SIGNING_SECRET="+w.secret)
	if err := w.running.Start(); err != nil {
		w.t.Fatal(err)
	}
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if connection, err := net.Dial("tcp", w.address); err == nil {
			_ = connection.Close()
			return
		}
	}
	w.t.Fatal("the receiver does not listen")
}

func (w *watcher) stop() {
	if w.running != nil {
		_ = w.running.Process.Kill()
		_ = w.running.Wait() // it was killed
		w.running = nil
	}
}

// emit emits a signal, and waits until the API has delivered it or given up.
func (w *watcher) emit() {
	w.t.Helper()
	w.post("/emulator/signals", `{"event_type":"document.extracted"}`, http.StatusAccepted)
	w.settle()
}

func (w *watcher) settle() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	if err := w.api.WaitForDeliveries(ctx); err != nil {
		w.t.Fatal(err)
	}
}

// replay performs the action's requests without the CLI.
func (w *watcher) replay() {
	w.t.Helper()
	for _, letter := range w.api.DeadLetters() {
		w.post("/v1/delivery/dlq/"+letter.ID+"/replay", `{}`, http.StatusOK)
	}
	w.settle()
	w.isReplayed = true
}

func (w *watcher) post(path, body string, want int) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.url+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+emulator.DefaultAPIKey)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	if answer, err := io.ReadAll(response.Body); err != nil || response.StatusCode != want {
		w.t.Fatalf("%s: %d, not %d: %s %v", path, response.StatusCode, want, answer, err)
	}
}

// has checks the numbers of delivered events and of dead letters.
func (w *watcher) has(delivered, dead int) {
	w.t.Helper()
	events := map[string]bool{}
	for _, a := range w.api.Attempts() {
		if a.Status == emulator.StatusSucceeded {
			events[a.EventID] = true
		}
	}
	if len(events) != delivered || len(w.api.DeadLetters()) != dead {
		w.t.Errorf("%d events were delivered, not %d; %d are dead letters, not %d", len(events), delivered, len(w.api.DeadLetters()), dead)
	}
}

var pipedToGrep = regexp.MustCompile(`^terraform (show .*) \| grep -qE? '(.*)'$`)

// jobFinds runs the guide's nightly job, which finds no drift, and checks whether the job reports a failed check.
func (w *watcher) jobFinds(page string, fails bool) {
	w.t.Helper()
	steps := fenced(watchingDeliveries, sectionOf(w.t, page, "## Run the job every night"))
	if len(steps) != 1 {
		w.t.Fatalf("%d blocks", len(steps))
	}
	var found []bool
	for i, line := range strings.Split(strings.TrimSpace(steps[0].text), "\n") {
		piped := pipedToGrep.FindStringSubmatch(line)
		switch args, isCLI := strings.CutPrefix(line, "terraform "); {
		case i == 0 && isCLI:
			w.MustRun(strings.Fields(args)...)
		case piped != nil:
			shown := w.MustRun(strings.Fields(piped[1])...).Stdout
			found = append(found, regexp.MustCompile(piped[2]).MatchString(shown))
		default:
			w.t.Fatalf("%s: a command that is not known here: %s", steps[0], line)
		}
	}
	if !slices.Equal(found, []bool{fails, false}) {
		w.t.Errorf("the job finds failed checks and drift: %t, not %t and none", found, fails)
	}
}
