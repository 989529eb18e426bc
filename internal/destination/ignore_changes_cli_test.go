package destination_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// ignoring returns a configuration with every connector, each with an ignore_changes that covers its block, both versioned and
// hash-tracked.
func (a api) ignoring(names string, change func(connector, block string) string) string {
	text := fmt.Sprintf("provider \"talonic\" {\n  base_url = %q\n  api_key = %q\n}\n", a.url, emulator.DefaultAPIKey)
	for _, connector := range slices.Sorted(maps.Keys(lifecycles)) {
		for cover, ignored := range map[string]string{"block": "[" + connectorBlock(connector) + "]", "all": "all"} {
			for pin, version := range map[string]string{"pinned": "credentials_wo_version = 1", "hashed": ""} {
				text += fmt.Sprintf("resource \"talonic_delivery_destination\" \"%[1]s_%[2]s_%[3]s\" {\n  name = \"%[6]s %[1]s %[2]s %[3]s\"\n  %[4]s\n"+
					"  %[5]s\n  lifecycle {\n    ignore_changes = %[7]s\n  }\n}\n",
					connector, cover, pin, version, change(connector, lifecycles[connector].block), names, ignored)
			}
		}
	}
	return text
}

// connectorBlock returns the name of the connector block in a lifecycle block.
func connectorBlock(lifecycle string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(lifecycles[lifecycle].block), " ")
	return name
}

// credentials returns the credentials of every destination, by name.
func (a api) credentials() map[string]emulator.Credentials {
	all := map[string]emulator.Credentials{}
	for _, d := range a.Destinations() {
		all[d.Name], _ = a.Stored(d.ID)
	}
	return all
}

// What ignore_changes covers is neither removed nor sent, and the apply does what was planned.
func TestIgnoreChanges(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	asWritten := func(_, block string) string { return block }
	rotated := func(_, block string) string {
		return strings.NewReplacer("-one", "-two", "_one", "_two").Replace(block)
	}
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": a.ignoring("a", asWritten)})
	w.Apply()
	sent := a.credentials()

	quiet(t, w.PlanEmpty())
	w.Write("main.tf", a.ignoring("a", rotated))
	quiet(t, w.PlanEmpty())
	quiet(t, w.Apply())
	if diff := cmp.Diff(sent, a.credentials()); diff != "" {
		t.Errorf("credentials changed (-before +after):\n%s", diff)
	}

	// An update of something else, whose apply gets the configuration without ignore_changes.
	w.Write("main.tf", a.ignoring("b", rotated))
	quiet(t, w.Apply())
	quiet(t, w.PlanEmpty())
	want := map[string]emulator.Credentials{}
	for name, c := range sent {
		if !strings.Contains(name, " all ") {
			name = "b" + name[1:]
		}
		want[name] = c
	}
	if diff := cmp.Diff(want, a.credentials()); diff != "" {
		t.Errorf("credentials changed (-before +after):\n%s", diff)
	}
	w.Destroy()
}

func quiet(t *testing.T, r acctest.Result) {
	t.Helper()
	if strings.Contains(r.Output(), "Warning:") && strings.Contains(r.Output(), "redential") {
		t.Errorf("it is not quiet: %s", r)
	}
}

// ignore_changes on a single write-only argument, and the changes that it prevents.
func TestIgnoreChangesOfOneArgument(t *testing.T) {
	t.Parallel()
	const (
		signing = `webhook[0].signing_secret_wo`
		token   = `webhook[0].auth_bearer[0].token_wo`
	)
	configuration := func(url, signingSecret, token, version, ignored string) string {
		return fmt.Sprintf(`
			name = "hook"
			%s
			webhook {
				url               = %q
				signing_secret_wo = %s
				auth_bearer {
					token_wo = %q
				}
			}
			lifecycle {
				ignore_changes = [%s]
			}`, version, url, signingSecret, token, ignored)
	}
	const first, second = "https://a.example/1", "https://a.example/2"
	stored := emulator.Credentials{AuthConfig: map[string]any{"type": "bearer", "token": "token-one"}, SigningSecret: "whsec_one"}
	for name, c := range map[string]struct {
		before, after string
		words         string // part of the plan's output; empty: nothing about credentials
		fails         bool
	}{
		"the signing secret, while another argument changes": {
			configuration(first, `"whsec_one"`, "token-one", "", signing), configuration(second, `"whsec_two"`, "token-one", "", signing),
			"webhook[0]", false,
		},
		"the token, while the version changes": {
			configuration(first, `"whsec_one"`, "token-one", "credentials_wo_version = 1", token),
			configuration(first, `"whsec_one"`, "token-two", "credentials_wo_version = 2", token),
			"Credentials are hidden by ignore_changes", true,
		},
		"the token, while the signing secret changes unseen": {
			configuration(first, `"whsec_one"`, "token-one", "", token), configuration(first, `"whsec_two"`, "token-one", "", token),
			"Credentials are not compared because of ignore_changes", false,
		},
		"the name, while nothing is hidden": {
			configuration(first, `"whsec_one"`, "token-one", "", "name"), configuration(first, `"whsec_one"`, "token-one", "", "name"), "", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, c.before)
			w.Apply()
			w.Write("main.tf", a.configuration(c.after))
			r := w.Run("apply", "-auto-approve")
			if r.ExitCode != 0 != c.fails || c.words != "webhook[0]" && !strings.Contains(r.Output(), c.words) {
				t.Errorf("%s", r)
			}
			if got, _ := a.Stored(a.only(t).ID); cmp.Diff(stored, got) != "" {
				t.Errorf("stored %v", got)
			}
			if !c.fails {
				w.PlanEmpty()
			}
		})
	}
}

// If ignore_changes covers other arguments, a rotation is sent, and a replacement creates with the secrets available at apply.
func TestIgnoreChangesOfSomethingElse(t *testing.T) {
	t.Parallel()
	const arguments = `
		name = "hook"
		webhook {
			url               = "https://a.example/1"
			signing_secret_wo = "whsec_%[1]s"
			auth_bearer {
				token_wo = "token-%[1]s"
			}
		}
		lifecycle {
			ignore_changes = [%[2]s]
		}`
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, fmt.Sprintf(arguments, "one", "name"))
	w.Apply()
	check := func(value string) {
		t.Helper()
		want := emulator.Credentials{AuthConfig: map[string]any{"type": "bearer", "token": "token-" + value}, SigningSecret: "whsec_" + value}
		if got, _ := a.Stored(a.only(t).ID); cmp.Diff(want, got) != "" {
			t.Errorf("stored %v, want %v", got, want)
		}
		w.PlanEmpty()
	}
	w.Write("main.tf", a.configuration(strings.ReplaceAll(fmt.Sprintf(arguments, "two", "name"), `"hook"`, `"another"`)))
	w.Apply()
	check("two")
	w.Write("main.tf", a.configuration(fmt.Sprintf(arguments, "three", "webhook")))
	w.Apply("-replace=" + address)
	check("three")
}

// is_active is as in the plan if ignore_changes covers it.
func TestIgnoreChangesOfActivity(t *testing.T) {
	t.Parallel()
	const arguments = `
		name      = "hook"
		is_active = false
		webhook {
			url = "https://a.example/1"
		}
		lifecycle {
			ignore_changes = [is_active]
		}`
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, arguments)
	w.Apply()
	w.Write("main.tf", a.configuration(strings.NewReplacer("= false", "= true", "/1", "/2").Replace(arguments)))
	w.Apply()
	w.PlanEmpty()
	if d := a.only(t); d.IsActive || d.Config["url"] != "https://a.example/2" {
		t.Errorf("it is %+v", d)
	}
}
