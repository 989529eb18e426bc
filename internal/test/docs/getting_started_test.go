package docs_test

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const gettingStarted = "docs/guides/getting-started.md"

// TestGettingStarted follows the guide in an empty directory. It writes the files, runs the commands, and compares each quote with the output
// of the commands before the quote.
func TestGettingStarted(t *testing.T) {
	t.Parallel()
	s := newStarter(t)
	then := map[string]func(){
		"Prerequisites":              nil,
		"Without an account":         s.preparedAsInREADME,
		"With an account":            nil,
		"1. Write the configuration": s.valid,
		"2. Create the destination":  s.created,
		"3. Change the destination":  s.changed,
		"4. Rotate the secret":       s.rotated,
		"5. Destroy the destination": s.destroyed,
		"6. Clean up":                nil,
		"Limits":                     nil,
		"Next steps":                 nil,
	}
	content, err := os.ReadFile(filepath.Join(root, gettingStarted))
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range strings.Split(string(content), "\n## ")[1:] {
		title, text, _ := strings.Cut(section, "\n")
		check, ok := then[title]
		if !ok {
			t.Errorf("what is to come of the section %q is not known", title)
		}
		delete(then, title)
		s.prepares = strings.HasSuffix(title, " an account") || title == "6. Clean up"
		s.commands = nil
		s.api.ResetRequests()
		for _, step := range fenced(gettingStarted, text) {
			s.take(step)
		}
		if check != nil {
			check()
		}
	}
	for title := range then {
		t.Errorf("there is no section %q", title)
	}
}

// starter follows the guide.
type starter struct {
	t        *testing.T
	api      *emulator.Emulator
	w        *acctest.Workspace
	secrets  []string // all values that the variable has had, in order
	prepares bool     // the section prepares or cleans up a machine, so the test skips it
	commands []string // in the section
	printed  string   // by the previous commands
}

func newStarter(t *testing.T) *starter {
	t.Helper()
	s := &starter{t: t, api: emulator.New(emulator.Behavior{}), w: acctest.NewWorkspace(t, nil)}
	server := httptest.NewServer(s.api)
	t.Cleanup(server.Close)
	s.w.Setenv("TALONIC_BASE_URL", server.URL)
	s.w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	return s
}

// take performs the step of a block.
func (s *starter) take(step block) {
	s.t.Helper()
	switch step.language {
	case "terraform":
		name, _, ok := strings.Cut(strings.TrimPrefix(step.text, "# "), "\n")
		if !ok || filepath.Ext(name) != ".tf" {
			s.t.Fatalf("%s: which file is this?", step)
		}
		s.w.Write(name, step.text)
	case "text":
		if !quoted(normalized(step.text), []string{s.printed}) {
			s.t.Errorf("%s: the commands before it did not print this, but:\n%s", step, s.printed)
		}
	case "sh":
		s.printed = ""
		for line := range strings.Lines(step.text) {
			s.commands = append(s.commands, strings.TrimSpace(line))
			if !s.prepares {
				s.run(step, strings.TrimSpace(line))
			}
		}
	}
}

var export = regexp.MustCompile(`^export (TF_VAR_\w+)="\$\(openssl rand -hex 32\)"$`)

// run runs a command, and answers every question with yes.
func (s *starter) run(step block, line string) {
	s.t.Helper()
	if variable := export.FindStringSubmatch(line); variable != nil {
		s.secrets = append(s.secrets, rand.Text())
		s.w.Setenv(variable[1], s.secrets[len(s.secrets)-1])
		return
	}
	words := strings.Fields(line)
	if len(words) != 2 || words[0] != "terraform" {
		s.t.Fatalf("%s: a command that is not known here: %s", step, line)
	}
	args := words[1:]
	if slices.Contains([]string{"apply", "destroy"}, args[0]) {
		args = append(args, "-auto-approve")
	}
	s.printed += normalized(s.w.Normalize(s.w.MustRun(args...).Output()))
}

// preparedAsInREADME checks that the guide and the README prepare a machine with the same commands.
func (s *starter) preparedAsInREADME() {
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		s.t.Fatal(err)
	}
	known := strings.Split(string(readme), "\n")
	for _, command := range s.commands {
		isThere := slices.ContainsFunc(known, func(line string) bool { return strings.TrimSpace(line) == command })
		if !isThere && !regexp.MustCompile(`^(git clone|cd|mkdir) `).MatchString(command) {
			s.t.Errorf("the README does not have: %s", command)
		}
	}
}

func (s *starter) valid() {
	for _, d := range s.w.Validate() {
		s.t.Errorf("%s: %s", d.Severity, d.Summary)
	}
}

func (s *starter) created() {
	s.has("https://erp.example.com/hooks/talonic", "POST")
}

func (s *starter) changed() {
	s.has("https://erp.example.com/hooks/v2", "PUT")
	if strings.Contains(s.printed, "credentials_updated_at") {
		s.t.Errorf("the plan says that credentials are sent:\n%s", s.printed)
	}
}

func (s *starter) rotated() {
	s.has("https://erp.example.com/hooks/v2", "PUT")
	s.w.PlanEmpty()
}

func (s *starter) destroyed() {
	if left := s.api.Destinations(); len(left) > 0 {
		s.t.Errorf("left at the API: %+v", left)
	}
	s.keptNowhere()
}

// has checks that one write in the section produced the destination in the guide, with the last secret, and that no file contains the secret.
func (s *starter) has(url, method string) {
	s.t.Helper()
	all := s.api.Destinations()
	if len(all) != 1 {
		s.t.Fatalf("at the API: %+v", all)
	}
	stored, _ := s.api.Stored(all[0].ID)
	if d := all[0]; d.Config["url"] != url || stored.SigningSecret != s.secrets[len(s.secrets)-1] {
		s.t.Errorf("at the API: %+v %+v", d, stored)
	}
	var writes []string
	for _, r := range s.api.Requests() {
		if r.Method != http.MethodGet {
			writes = append(writes, r.Method)
		}
	}
	if !slices.Equal(writes, []string{method}) {
		s.t.Errorf("writes: %v, not one %s", writes, method)
	}
	s.keptNowhere()
}

func (s *starter) keptNowhere() {
	s.t.Helper()
	for _, secret := range s.secrets {
		if bytes.Contains(s.w.State(), []byte(secret)) || strings.Contains(s.printed, secret) {
			s.t.Error("the secret is in the state, or was printed")
		}
	}
}
