package destination_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// An API that stores the URL in an equivalent form, or shows it in another one later, causes neither an error nor a diff.
func TestEquivalentURLs(t *testing.T) {
	t.Parallel()
	const (
		written = "HTTPS://API.example.com:443/a/../in%7e?b=1&a=2"
		later   = "https://api.example.com/in~?b=1&a=2"
		other   = "https://api.example.com/in~?b=1&a=3"
	)
	for name, arguments := range map[string]string{"plain": plainHook(written, ""), "write-only": secretHook("")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behaviour{SortURLQuery: true, NormalizeURL: true})
			w := a.secretWorkspace(t, arguments)
			w.Setenv("TF_VAR_url", written)
			w.Apply()
			w.PlanEmpty()
			a.expectURL(t, "https://api.example.com/in~?a=2&b=1")
			a.edit(t, func(d *emulator.Destination) { d.Config["url"] = later })
			noDrift(t, w)
			w.PlanEmpty()
			if diff := cmp.Diff([]string{"POST 201"}, a.writes()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			a.edit(t, func(d *emulator.Destination) { d.Config["url"] = other })
			if r := w.Run(driftCheck...); r.ExitCode != 2 {
				t.Errorf("no drift: %s", r)
			}
			w.Apply()
			w.PlanEmpty()
			a.expectURL(t, "https://api.example.com/in~?a=2&b=1")
		})
	}
}
