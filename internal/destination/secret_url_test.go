package destination_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// The URLs share no text with other output, so that every occurrence is a leak.
const (
	firstSecretURL  = "https://hooks.slack.com/services/T0FAKE000/B0FAKE001/fakeonefakeonefakeone001"
	secondSecretURL = "https://hooks.slack.com/services/T0FAKE000/B0FAKE002/faketwofaketwofaketwo002"
)

// secretHook returns a webhook whose URL comes from an ephemeral variable.
func secretHook(more string) string {
	return fmt.Sprintf("name = \"hook\"\n%s\nwebhook {\n  url_wo = var.url\n}\n", more)
}

// secretWorkspace returns a workspace with an ephemeral variable for a URL.
func (a api) secretWorkspace(t *testing.T, arguments string) *acctest.Workspace {
	t.Helper()
	w := a.workspace(t, arguments)
	w.Write("variables.tf", "variable \"url\" {\n  type      = string\n  ephemeral = true\n  default   = null\n}\n")
	w.Setenv("TF_VAR_url", firstSecretURL)
	return w
}

// keepsSecret fails the test if the state or the output of a run contains a secret part of the URLs.
func keepsSecret(t *testing.T, w *acctest.Workspace, runs ...acctest.Result) {
	t.Helper()
	texts := []string{string(w.State())}
	for _, r := range runs {
		texts = append(texts, r.Output())
	}
	for _, text := range texts {
		for _, part := range []string{"T0FAKE000", "B0FAKE00", "fakeone", "faketwo"} {
			if strings.Contains(text, part) {
				t.Fatalf("%q is in:\n%s", part, text)
			}
		}
	}
}

// expectURL fails the test unless the only destination has that URL.
func (a api) expectURL(t *testing.T, url string) {
	t.Helper()
	if got := a.only(t).Config["url"]; got != url {
		t.Errorf("it delivers to %v, not to %s", got, url)
	}
}

// From create to destroy, the URL is not stored, while its changes, drift and changes of other arguments are detected.
func TestSecretURL(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.secretWorkspace(t, secretHook(""))
	created := w.Apply()
	a.expectURL(t, firstSecretURL)
	id := a.only(t).ID
	noDrift(t, w)

	w.Setenv("TF_VAR_url", secondSecretURL)
	changed := w.Apply()
	a.expectURL(t, secondSecretURL)
	noDrift(t, w)

	a.edit(t, func(d *emulator.Destination) { d.Config["url"] = firstSecretURL })
	check := w.Run(driftCheck...)
	if check.ExitCode != 2 || !strings.Contains(check.Output(), "Write-only argument has drifted") {
		t.Errorf("no drift: %s", check)
	}
	w.Write("main.tf", a.configuration(strings.Replace(secretHook(""), "var.url", "null", 1)))
	if without := w.Run(driftCheck...); without.ExitCode != 2 || !strings.Contains(without.Output(), "Write-only argument has drifted") {
		t.Errorf("the check needs the secret: %s", without)
	}
	w.Write("main.tf", a.configuration(secretHook("")))
	accepted := w.Apply("-refresh-only")
	planned := w.Plan("-refresh=false")
	restored := w.Apply()
	a.expectURL(t, secondSecretURL)
	noDrift(t, w)

	w.Write("main.tf", a.configuration(strings.Replace(secretHook(""), "url_wo", "headers = { \"X-Team\" = \"erp\" }\n  url_wo", 1)))
	other := w.Apply()
	a.expectURL(t, secondSecretURL)
	noDrift(t, w)
	if strings.Contains(other.Output(), "credentials_updated_at = ") {
		t.Errorf("a URL that did not change counts as sent: %s", other)
	}
	if got := a.only(t); got.ID != id || got.Config["headers"] == nil {
		t.Errorf("it is %+v", got)
	}
	keepsSecret(t, w, created, changed, check, accepted, planned, restored, other, w.Destroy())
	if n := len(a.Destinations()); n != 0 {
		t.Errorf("%d destinations are left", n)
	}
}

// Moving the same URL to the other argument is an update in place, which removes it from state or adds it.
func TestSecretURLInPlaceOfPlain(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	plain := strings.Replace(secretHook(""), "url_wo = var.url", fmt.Sprintf("url = %q", firstSecretURL), 1)
	w := a.secretWorkspace(t, plain)
	if r := w.Apply(); strings.Count(r.Output(), "Warning: Argument looks like a secret") != 1 || !strings.Contains(r.Output(), "webhook.url_wo") {
		t.Errorf("one warning was expected: %s", r)
	}
	id := a.only(t).ID
	for _, arguments := range []string{secretHook(""), plain, secretHook("credentials_wo_version = 1")} {
		w.Write("main.tf", a.configuration(arguments))
		if r := w.Apply(); !strings.Contains(r.Output(), "0 added, 1 changed, 0 destroyed") {
			t.Errorf("it is no update in place: %s", r)
		}
		a.expectURL(t, firstSecretURL)
		if got := a.only(t).ID; got != id {
			t.Errorf("%s was replaced by %s", id, got)
		}
		w.PlanEmpty()
	}
	keepsSecret(t, w)
}

// Fifty plain URLs that look like secrets cause one warning, which shows none of them.
func TestPlainSecretURLsWarnOnce(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, "count = 50\nname = \"hook ${count.index}\"\nwebhook {\n  url = \"https://acme.azurewebsites.net/api/in?code=fakeone${count.index}\"\n}\n")
	r := w.MustRun("plan", "-out=tfplan")
	if n := strings.Count(r.Output(), "Argument looks like a secret"); n != 1 {
		t.Errorf("%d warnings: %s", n, r)
	}
	if _, warnings, _ := strings.Cut(r.Output(), "Warning: Argument"); strings.Contains(warnings, "fakeone") {
		t.Errorf("a URL is shown: %s", warnings)
	}
}

// While the version is unchanged, the value may be changed or null, even if config is replaced.
func TestPinnedSecretURL(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.secretWorkspace(t, secretHook("credentials_wo_version = 1"))
	w.Apply()
	configure := func(version int, team, url string) {
		w.Write("main.tf", a.configuration(strings.NewReplacer("url_wo", fmt.Sprintf("headers = { \"X-Team\" = %q }\n  url_wo", team), "var.url", url).
			Replace(secretHook(fmt.Sprintf("credentials_wo_version = %d", version)))))
	}
	var runs []acctest.Result
	w.Setenv("TF_VAR_url", secondSecretURL)
	for i, url := range []string{"null", "var.url"} {
		configure(1, fmt.Sprintf("team %d", i), url)
		runs = append(runs, w.Apply())
		a.expectURL(t, firstSecretURL)
		runs = append(runs, w.PlanEmpty())
	}
	configure(2, "team 1", "var.url")
	runs = append(runs, w.Apply())
	a.expectURL(t, secondSecretURL)

	a.edit(t, func(d *emulator.Destination) { d.Config["url"] = firstSecretURL })
	configure(2, "team 1", "null")
	refused := w.MustFail("plan")
	if !strings.Contains(refused.Output(), "Error: Missing url") || !strings.Contains(refused.Output(), "has drifted") {
		t.Errorf("it is not told what is missing: %s", refused)
	}
	configure(2, "team 1", "var.url")
	runs = append(runs, refused, w.Apply())
	a.expectURL(t, secondSecretURL)
	keepsSecret(t, w, runs...)
}

// What ignore_changes covers is neither sent nor removed, also if another key of config changes.
func TestIgnoredSecretURL(t *testing.T) {
	t.Parallel()
	for name, covered := range map[string]string{"argument": "webhook[0].url_wo", "block": "webhook"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			configuration := func(name string, more string) string {
				return a.configuration(fmt.Sprintf("name = %q\nwebhook {\n  url_wo = var.url\n%s\n}\nlifecycle {\n  ignore_changes = [%s]\n}\n", name, more, covered))
			}
			w := a.secretWorkspace(t, "")
			w.Write("main.tf", configuration("hook", ""))
			runs := []acctest.Result{w.Apply()}
			w.Setenv("TF_VAR_url", secondSecretURL)
			runs = append(runs, w.PlanEmpty())
			w.Write("main.tf", configuration("other name", "headers = { \"X-Team\" = \"erp\" }"))
			runs = append(runs, w.Apply(), w.PlanEmpty())
			a.expectURL(t, firstSecretURL)
			if got := a.only(t); got.Name != "other name" || (got.Config["headers"] != nil) != (name == "argument") {
				t.Errorf("it is %+v", got)
			}
			a.edit(t, func(d *emulator.Destination) { d.Config["url"] = secondSecretURL })
			drifted := w.PlanEmpty()
			if !strings.Contains(drifted.Output(), "cannot be restored because of ignore_changes") {
				t.Errorf("it is not told that the URL stays: %s", drifted)
			}
			keepsSecret(t, w, append(runs, drifted)...)
		})
	}
}

// An import does not store a value that has the form of a secret. Either argument can then be configured.
func TestImportOfSecretURL(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		empty     bool // the first plan after the import is empty
	}{
		"write-only": {secretHook(""), true},
		"another":    {strings.Replace(secretHook(""), "var.url", fmt.Sprintf("%q", secondSecretURL), 1), false},
		"plain":      {strings.Replace(secretHook(""), "url_wo = var.url", fmt.Sprintf("url = %q", firstSecretURL), 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			id := a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{"url": firstSecretURL}})
			w := a.secretWorkspace(t, c.arguments)
			imported := w.MustRun("import", address, id)
			keepsSecret(t, w, imported)
			planned := w.Run("plan", "-detailed-exitcode")
			if (planned.ExitCode == 0) != c.empty {
				t.Errorf("the plan after the import: %s", planned)
			}
			applied := w.Apply()
			w.PlanEmpty()
			if name != "plain" {
				keepsSecret(t, w, planned, applied)
			}
			if got := a.only(t); got.ID != id {
				t.Errorf("it was replaced: %+v", got)
			}
		})
	}
}

// If only the configuration marks an imported URL as a secret, the URL is in state until the first apply.
func TestImportOfUnrecognizedSecretURL(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	const url = "https://in.example.com/fakeone"
	id := a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{"url": url}})
	w := a.secretWorkspace(t, secretHook(""))
	w.Setenv("TF_VAR_url", url)
	w.MustRun("import", address, id)
	w.Apply()
	keepsSecret(t, w)
	a.expectURL(t, url)
	w.PlanEmpty()
}

// A create whose response is lost is looked up by its URL. A destination that differs only in the URL is not adopted.
func TestLostCreateOfSecretURL(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		url string // of the destination that the API has when the response is lost
		n   int    // number of destinations at the end

		undecided bool
	}{
		"its result":      {"", 1, false},
		"beside another":  {secondSecretURL, 2, false},
		"beside the same": {firstSecretURL, 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{IgnoreIdempotencyKey: true})
			w := a.secretWorkspace(t, secretHook(""))
			if c.url != "" {
				a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{"url": c.url}})
			}
			a.Inject(emulator.Fault{Method: "POST", Times: 1, Kind: emulator.LostResponse})
			r := w.Run("apply", "-auto-approve")
			if n := len(a.Destinations()); n != c.n || (r.ExitCode != 0) != c.undecided {
				t.Errorf("there are %d destinations, not %d: %s", n, c.n, r)
			}
			keepsSecret(t, w, r)
			if !c.undecided {
				keepsSecret(t, w, w.PlanEmpty())
			}
		})
	}
}

// An API that stores the URL in a normalized form shows no drift, and a change is detected by the exact value.
func TestSecretURLInNormalizedForm(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{TrimURLSlash: true, FillDefaults: true})
	w := a.secretWorkspace(t, secretHook(""))
	const normalized = "https://in.example.com/fakeone"
	w.Setenv("TF_VAR_url", normalized+"/")
	w.Apply()
	a.expectURL(t, normalized)
	noDrift(t, w)
	w.Setenv("TF_VAR_url", normalized)
	w.Apply()
	noDrift(t, w)
	a.edit(t, func(d *emulator.Destination) { d.Config["url"] = normalized + "/" })
	if r := w.Plan(); !strings.Contains(r.Output(), "Write-only argument has drifted") {
		t.Errorf("no drift: %s", r)
	}
}

// A value that is not known before apply is planned as one that may be sent.
func TestUnknownSecretURL(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	unknown := func(input string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"url\" {\n  input = %q\n}\n", input)
	}
	w := a.secretWorkspace(t, strings.Replace(secretHook(""), "var.url", "\"https://in.example.com/${terraform_data.url.output}\"", 1))
	w.Write("url.tf", unknown("one"))
	w.Apply()
	a.expectURL(t, "https://in.example.com/one")
	w.PlanEmpty()
	w.Write("url.tf", unknown("two"))
	w.Apply()
	a.expectURL(t, "https://in.example.com/two")
	w.PlanEmpty()
}

// Both arguments, neither, or an invalid URL are rejected before anything is sent, without quoting the value.
func TestInvalidSecretURL(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.secretWorkspace(t, "")
	for block, want := range map[string]string{
		"url = \"https://a.example\"\n  url_wo = var.url": "Conflicting url and url_wo",
		"":                               "Missing url",
		"url_wo = \"hunter2://fakeone\"": "Invalid URL",
	} {
		w.Write("main.tf", a.configuration("name = \"hook\"\nwebhook {\n  "+block+"\n}\n"))
		r := w.MustFail("plan")
		if !strings.Contains(r.Output(), "Error: "+want) || strings.Contains(r.Output(), "hunter2") {
			t.Errorf("%s: %s", block, r)
		}
		keepsSecret(t, w, r)
	}
	if writes := a.writes(); len(writes) > 0 {
		t.Errorf("%v", writes)
	}
}

// A key that the API adds and that repeats the URL goes back with an update of config, but into no state: not even into private state.
func TestSecretURLRepeatedByUnmanagedKey(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.secretWorkspace(t, secretHook(""))
	w.Apply()
	a.edit(t, func(d *emulator.Destination) { d.Config["endpoint"] = firstSecretURL })
	w.MustRun("apply", "-refresh-only", "-auto-approve")
	hidesInPrivateState(t, w)

	w.Write("main.tf", a.configuration(strings.Replace(secretHook(""), "url_wo", "headers = { A = \"b\" }\n  url_wo", 1)))
	changed := w.Apply()
	if got := a.only(t).Config["endpoint"]; got != firstSecretURL {
		t.Errorf("the key went back as %v", got)
	}
	keepsSecret(t, w, changed)
	hidesInPrivateState(t, w)
	noDrift(t, w)
}

// hidesInPrivateState fails if private state, decoded, has what is secret of the URLs.
func hidesInPrivateState(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct {
				Private []byte `json:"private"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(w.State(), &state); err != nil {
		t.Fatal(err)
	}
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			var records map[string][]byte
			if err := json.Unmarshal(i.Private, &records); err != nil {
				t.Fatal(err)
			}
			for name, record := range records {
				if strings.Contains(string(record), "fakeone") || strings.Contains(string(record), "faketwo") {
					t.Errorf("private record %s has the secret: %s", name, record)
				}
			}
		}
	}
}
