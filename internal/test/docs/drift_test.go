package docs_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const detectingDrift = "docs/guides/detecting-drift.md"

// TestDetectingDrift follows the guide. It uses the guide's configuration and check, and compares the output of the check and the plan for
// each kind of drift.
func TestDetectingDrift(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(filepath.Join("..", "..", "..", detectingDrift))
	if err != nil {
		t.Fatal(err)
	}
	page := string(content)
	configuration := sectionOf(t, page, "## Prerequisites")
	check := commandsOf(sectionOf(t, page, "## Run the job"))
	saved := commandsOf(sectionOf(t, page, "## Exit code 2 without drift"))
	if len(check) != 1 || len(saved) != 2 {
		t.Fatalf("commands: %q, %q", check, saved)
	}
	for heading, happens := range map[string]func(*emulator.Emulator, string){
		"### An edit in the dashboard": func(api *emulator.Emulator, id string) {
			api.Edit(id, func(d *emulator.Destination) { d.Config["url"] = "https://elsewhere.example.com" })
		},
		"### A disabled destination": func(api *emulator.Emulator, id string) {
			api.Edit(id, func(d *emulator.Destination) { d.IsActive = false })
		},
		"### Lost credentials": func(api *emulator.Emulator, id string) {
			api.Edit(id, func(d *emulator.Destination) { d.HasSigningSecret = false })
		},
		"### A key that was added to config": func(api *emulator.Emulator, id string) {
			api.Edit(id, func(d *emulator.Destination) { d.Config["retries"] = 3 })
		},
		"### A deleted destination": func(api *emulator.Emulator, id string) { api.Remove(id) },
	} {
		t.Run(strings.Trim(heading, "# "), func(t *testing.T) {
			t.Parallel()
			quotes := fenced(detectingDrift, sectionOf(t, page, heading))
			api := emulator.New(emulator.Behavior{})
			server := httptest.NewServer(api)
			defer server.Close()
			text := fenced(detectingDrift, configuration)[0].text
			w := acctest.NewWorkspace(t, map[string]string{"main.tf": text, "rest.tf": rest(text)})
			w.Setenv("TALONIC_BASE_URL", server.URL)
			w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
			secret := []string{"-var", "signing_secret=whsec_one"}
			w.Apply(secret...)
			id := api.Destinations()[0].ID
			drifts := func(want bool) string {
				t.Helper()
				r := w.Run(check[0]...)
				if code := map[bool]int{false: 0, true: 2}[want]; r.ExitCode != code {
					t.Errorf("%s, not %d", r, code)
				}
				w.MustRun(saved[0]...)
				pattern := saved[1][len(saved[1])-1]
				if found := strings.Contains(w.MustRun(saved[1][:3]...).Stdout, strings.Trim(pattern, "'")); found != want {
					t.Errorf("drift in the saved plan: %t", found)
				}
				return w.Normalize(r.Output())
			}
			api.Edit(id, func(d *emulator.Destination) { d.LastDeliveryAt, d.LastDeliveryStatus = time.Now(), "succeeded" })
			drifts(false)
			happens(api, id)
			printed := []string{drifts(true), w.Normalize(w.MustRun(append([]string{"plan"}, secret...)...).Output())}
			for _, b := range quotes {
				if b.language == "text" && !quoted(b.text, []string{withoutWriteOnly(printed[0]), withoutWriteOnly(printed[1])}) {
					t.Errorf("%s: not printed:\n%s\n%s", b, b.text, strings.Join(printed, "\n"))
				}
			}
			w.Apply(secret...)
			w.Apply("-refresh-only")
			drifts(false)
		})
	}
}

// withoutWriteOnly removes the lines that only OpenTofu prints in a changed block.
func withoutWriteOnly(text string) string { return writeOnly.ReplaceAllString(text, "") }

var writeOnly = regexp.MustCompile(`(?m)^ +[~ ] \w+_wo += \(write-only attribute\)\n`)

// sectionOf returns the part of a page from a heading to the next heading.
func sectionOf(t *testing.T, page, heading string) string {
	t.Helper()
	_, text, ok := strings.Cut(page, "\n"+heading+"\n")
	if !ok {
		t.Fatalf("there is no section %q", heading)
	}
	for _, next := range []string{"\n## ", "\n### "} {
		text, _, _ = strings.Cut(text, next)
	}
	return text
}

// commandsOf returns the arguments of the CLI commands in a section, including commands in lists.
func commandsOf(section string) [][]string {
	var all [][]string
	for line := range strings.Lines(section) {
		if args, ok := strings.CutPrefix(strings.TrimSpace(line), "$ terraform "); ok {
			all = append(all, strings.Fields(args))
		}
	}
	return all
}
