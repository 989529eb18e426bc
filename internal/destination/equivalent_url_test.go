package destination_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// An API that stores the URL in an equivalent form, or shows it in another one later, causes neither an error nor a diff.
func TestEquivalentURLs(t *testing.T) {
	t.Parallel()
	const (
		written = "HTTPS://API.example.com:443/a/../in%7e?b=1&a=fakeone"
		later   = "https://api.example.com/in~?b=1&a=fakeone"
		other   = "https://api.example.com/in~?b=1&a=faketwo"
		stored  = "https://api.example.com/in~?a=fakeone&b=1"
	)
	for name, arguments := range map[string]string{"plain": plainHook(written, ""), "write-only": secretHook("")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{SortURLQuery: true, NormalizeURL: true})
			w := a.secretWorkspace(t, arguments)
			w.Setenv("TF_VAR_url", written)
			runs := []acctest.Result{w.Apply(), w.PlanEmpty()}
			a.expectURL(t, stored)
			a.edit(t, func(d *emulator.Destination) { d.Config["url"] = later })
			noDrift(t, w)
			runs = append(runs, w.PlanEmpty())
			if diff := cmp.Diff([]string{"POST 201"}, a.writes()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			a.edit(t, func(d *emulator.Destination) { d.Config["url"] = other })
			drifted := w.Run(driftCheck...)
			if drifted.ExitCode != 2 {
				t.Errorf("no drift: %s", drifted)
			}
			runs = append(runs, drifted, w.Apply(), w.PlanEmpty())
			a.expectURL(t, stored)
			if name == "write-only" {
				keepsSecret(t, w, runs...)
				hidesInPrivateState(t, w)
			}
		})
	}
}
