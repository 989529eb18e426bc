package secrets

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// workspace is a workspace in which the test searches every run of the CLI for secrets.
type workspace struct {
	*acctest.Workspace
	t       *testing.T
	api     *api
	apiKey  string
	secrets map[string]string // all secrets so far, by name
	finder  *secretscan.Finder
	inputs  []string // files that the test wrote
	seen    map[string]int
	last    acctest.Result
	// reported lists leaks that were already reported, because a secret in state stays there.
	reported map[string]bool
	// mayBeIn lists places that may contain the secrets.
	mayBeIn []string
	// suspect returns the probable cause of a leak for the report; it may be nil.
	suspect func(secret string) string
}

const (
	apiKeyName = "the API key"
	logFile    = "trace.log"
	planFile   = "tfplan"
)

const requiredProvider = `terraform {
  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}
`

// newWorkspace returns a workspace with its own API. The API key comes from the environment.
func newWorkspace(t *testing.T, b emulator.Behavior) *workspace {
	t.Helper()
	w := &workspace{
		Workspace: acctest.NewWorkspace(t, nil),
		t:         t,
		apiKey:    apiKeyOf(t.Name()),
		secrets:   map[string]string{},
		seen:      map[string]int{},
		reported:  map[string]bool{},
	}
	w.LaunchProviders() // the test searches the files of provider processes
	w.api = newAPI(t, b, w.apiKey)
	w.plant(map[string]string{apiKeyName: w.apiKey})
	w.Setenv("TALONIC_BASE_URL", w.api.url)
	w.Setenv("TALONIC_API_KEY", w.apiKey)
	w.Setenv("TF_LOG", "TRACE")
	w.Setenv("TF_LOG_PROVIDER", "TRACE")
	w.Setenv("TF_LOG_PATH", filepath.Join(w.Dir, logFile))
	w.Setenv("TF_LOG_SDK_PROTO_DATA_DIR", w.Dir) // makes the protocol library write all received data, unless the provider prevents that
	return w
}

// logLess leaves out the framework's own log, which is nine tenths of all for many destinations, and names arguments without values.
func (w *workspace) logLess() { w.Setenv("TF_LOG_SDK_FRAMEWORK", "WARN") }

// plant registers secrets to search for until the end of the test.
func (w *workspace) plant(secrets map[string]string) {
	maps.Copy(w.secrets, secrets)
	w.finder = secretscan.NewFinder(w.secrets)
}

// write writes the configuration, which may contain secrets.
func (w *workspace) write(content string) { w.writeFile("main.tf", content) }

// writeFile writes a part of the configuration into a separate file.
func (w *workspace) writeFile(name, content string) {
	w.inputs = append(w.inputs, name)
	w.Write(name, content)
}

// crashed matches the output of a CLI after a crash of the provider or of the CLI.
var crashed = regexp.MustCompile(`panic:|Plugin did not respond|plugin crashed|TERRAFORM CRASH|OPENTOFU CRASH`)

// run runs the CLI, and fails the test if a secret leaks.
func (w *workspace) run(args ...string) acctest.Result {
	w.t.Helper()
	r := w.Run(args...)
	w.last = r
	if crashed.MatchString(r.Output()) {
		w.t.Errorf("a crash:\n%s", r)
	}
	gathered := secretscan.Contents{}
	gathered.Add(secretscan.Stdout, []byte(r.Stdout))
	gathered.Add(secretscan.Stderr, []byte(r.Stderr))
	if args[0] == "show" && args[len(args)-1] == planFile {
		gathered.Add(secretscan.PlanJSON, []byte(r.Stdout))
	}
	if err := gathered.AddFiles(w.Dir, func(name string) bool { return slices.Contains(w.inputs, name) }); err != nil {
		w.t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(w.Dir, logFile)); err != nil { // otherwise the log would grow, and every run would search it again
		w.t.Fatal(err)
	}
	for place, contents := range gathered {
		if slices.Contains(w.mayBeIn, place) {
			continue
		}
		for _, content := range contents {
			w.seen[place] += len(content)
			w.search(args, place, content)
		}
	}
	return r
}

func (w *workspace) search(args []string, place string, content []byte) {
	w.t.Helper()
	for _, found := range w.finder.In(content) {
		suspect := ""
		if w.suspect != nil {
			suspect = w.suspect(found.Name)
		}
		key := fmt.Sprint(place, found.Name, suspect)
		if w.reported[key] {
			continue
		}
		w.reported[key] = true
		w.t.Errorf("%s of %q: %s\n\tsuspect: %s\n\t%s", place, strings.Join(args, " "), found.Name, suspect, found.Excerpt)
	}
}

func (w *workspace) mustRun(args ...string) {
	w.t.Helper()
	if r := w.run(args...); r.ExitCode != 0 {
		w.t.Fatal(r)
	}
}

func (w *workspace) mustFail(args ...string) {
	w.t.Helper()
	if r := w.run(args...); r.ExitCode != 1 {
		w.t.Errorf("%s, not 1", r)
	}
}

// wasSeen fails the test unless each of these places had content to search.
func (w *workspace) wasSeen(places ...string) {
	w.t.Helper()
	for _, place := range places {
		if w.seen[place] == 0 {
			w.t.Errorf("nothing was searched in: %s; the last run was\n%s", place, w.last)
		}
	}
}

// destination is a destination in a configuration.
type destination struct {
	name   string
	sample sample
	more   string // additional arguments
}

// destinations returns n destinations, which use the samples in turn from index first.
func destinations(n, first int) []destination {
	all := make([]destination, n)
	for i := range all {
		all[i] = destination{name: fmt.Sprintf("d%03d", i), sample: samples[(first+i)%len(samples)]}
	}
	return all
}

// configure writes a configuration with these destinations. Their secrets come from an ephemeral variable.
func (w *workspace) configure(all []destination, more ...string) {
	var hcl strings.Builder
	hcl.WriteString(requiredProvider)
	hcl.WriteString(`
variable "secrets" {
  type      = map(string)
  ephemeral = true
}
`)
	for _, d := range all {
		hcl.WriteString(d.sample.hcl(d.name, d.more, func(path string) string { return fmt.Sprintf("var.secrets[%q]", d.name+" "+path) }))
	}
	for _, text := range more {
		hcl.WriteString(text)
	}
	w.write(hcl.String())
}

// quickProvider is a provider block that retries without waiting.
const quickProvider = `
provider "talonic" {
  max_retries    = 1
  max_retry_wait = "1ms"
}
`

// give sets a new value for every secret of the destinations in each generation.
func (w *workspace) give(all []destination, generation string) {
	w.t.Helper()
	values, planted := map[string]string{"api_key": w.apiKey}, map[string]string{}
	for _, d := range all {
		for _, path := range d.sample.writeOnly() {
			name := d.name + " " + path
			values[name] = valueOf(w.t.Name()+name+generation, path[strings.LastIndex(path, ".")+1:])
			planted[name+generation] = values[name]
		}
	}
	w.plant(planted)
	encoded, err := json.Marshal(values)
	if err != nil {
		w.t.Fatal(err)
	}
	w.Setenv("TF_VAR_secrets", string(encoded))
}

// wereSent fails the test unless the API received the secrets, because unsent secrets could not leak.
func (w *workspace) wereSent() {
	w.t.Helper()
	w.api.mu.Lock()
	defer w.api.mu.Unlock()
	sent := map[string]bool{apiKeyName: true}
	for _, found := range w.finder.In(bytes.Clone(w.api.bodies)) {
		sent[found.Name] = true
	}
	for name := range w.secrets {
		if !sent[name] {
			w.t.Errorf("%s was never sent", name)
		}
	}
}
