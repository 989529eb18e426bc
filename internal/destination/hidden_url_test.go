package destination_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// If the API shows the URL only in part or not at all, there is neither an error nor drift, and no mask gets into state or into a request.
func TestURLThatIsNotShown(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]emulator.URLForm{"omitted": emulator.URLOmitted, "masked": emulator.URLMasked, "host only": emulator.URLHostOnly} {
		for kind, configuration := range map[string]func(url, more string) string{
			"plain": plainHook,
			"write-only": func(_, more string) string {
				return "name = \"hook\"\nwebhook {\n  url_wo = var.url\n" + more + "\n}\n"
			},
		} {
			t.Run(name+", "+kind, func(t *testing.T) {
				t.Parallel()
				const first, second, elsewhere = "https://in.example.com/fakeone", "https://in.example.com/faketwo", "https://b.example.com/in"
				const headers = "headers = { \"X-Team\" = \"erp\" }"
				a := newAPI(t, emulator.Behavior{URLForm: form})
				w := a.secretWorkspace(t, configuration(first, ""))
				w.Setenv("TF_VAR_url", first)
				created := w.Apply()
				says(t, created, "Argument cannot be verified", true)
				noDrift(t, w)
				planned := w.PlanEmpty()
				says(t, planned, "cannot be verified", false)
				a.expectURL(t, first)

				w.Write("main.tf", a.configuration(configuration(first, headers)))
				runs := []acctest.Result{created, planned, w.Apply(), w.PlanEmpty()}
				a.expectURL(t, first)

				w.Write("main.tf", a.configuration(configuration(second, headers)))
				w.Setenv("TF_VAR_url", second)
				runs = append(runs, w.Apply(), w.PlanEmpty())
				a.expectURL(t, second)

				// Another host shows in one of the forms.
				a.edit(t, func(d *emulator.Destination) { d.Config["url"] = elsewhere })
				drifted := w.Run(driftCheck...)
				if (drifted.ExitCode == 2) != (form == emulator.URLHostOnly) {
					t.Errorf("drift: %s", drifted)
				}
				runs = append(runs, drifted)
				if form == emulator.URLHostOnly {
					runs = append(runs, w.Apply(), w.PlanEmpty())
					a.expectURL(t, second)
				}
				if kind == "write-only" {
					keepsSecret(t, w, runs...)
					hidesInPrivateState(t, w)
				}
				if strings.Contains(string(w.State()), "***\"") {
					t.Errorf("a mask is in state: %s", w.State())
				}
			})
		}
	}
}

// An import finds no URL where the API shows none, and the first apply sends it.
func TestImportOfURLThatIsNotShown(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]emulator.URLForm{"omitted": emulator.URLOmitted, "masked": emulator.URLMasked, "host only": emulator.URLHostOnly} {
		for kind, arguments := range map[string]string{"plain": plainHook(firstSecretURL, ""), "write-only": secretHook("")} {
			t.Run(name+", "+kind, func(t *testing.T) {
				t.Parallel()
				a := newAPI(t, emulator.Behavior{URLForm: form})
				id := a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{"url": secondSecretURL}})
				w := a.secretWorkspace(t, arguments)
				w.MustRun("import", address, id)
				if strings.Contains(string(w.State()), "***") {
					t.Errorf("a mask is in state: %s", w.State())
				}
				w.Apply()
				w.PlanEmpty()
				a.expectURL(t, firstSecretURL)
			})
		}
	}
}

// The result of a lost create is looked up although the API masks its URL, and no second destination is created without an error.
func TestLostCreateOfURLThatIsNotShown(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]emulator.URLForm{"omitted": emulator.URLOmitted, "masked": emulator.URLMasked, "host only": emulator.URLHostOnly} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{URLForm: form, IgnoreIdempotencyKey: true})
			w := a.secretWorkspace(t, secretHook(""))
			a.Inject(emulator.Fault{Method: "POST", Times: 1, Kind: emulator.LostResponse})
			r := w.MustFail("apply", "-auto-approve")
			if n := len(a.Destinations()); n != 1 || !strings.Contains(r.Output(), a.only(t).ID) {
				t.Errorf("there are %d destinations: %s", n, r)
			}
			keepsSecret(t, w, r)
		})
	}
}
