package destination_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// If the API loses what Terraform sent, the record drops it. What appears there later was set outside Terraform and is unmanaged. refresh
// selects how the CLI detects the loss.
func TestLostCredentialsAreVoid(t *testing.T) {
	t.Parallel()
	const detected = "Changes of credentials cannot be detected"
	type refresh func(w *acctest.Workspace)
	apply := func(w *acctest.Workspace) { w.Apply() }
	only := func(w *acctest.Workspace) { w.Apply("-refresh-only") }
	admins := func(field string) map[string]any {
		return map[string]any{"auth_config": map[string]any{"type": "bearer", "token": "token-admin", field: "whsec_admin"}}
	}
	both := admins("signing_secret")
	token := map[string]any{"auth_config": map[string]any{"type": "bearer", "token": "token-admin"}}
	loseAuth := func(d *emulator.Destination) { d.HasAuthConfig = false }
	loseSecret := func(d *emulator.Destination) { d.HasSigningSecret = false }
	loseBoth := func(d *emulator.Destination) { d.HasAuthConfig, d.HasSigningSecret = false, false }
	for name, c := range map[string]struct {
		before, after string
		lose          func(*emulator.Destination)
		refresh       refresh
		admin         map[string]any // the update outside Terraform
		token, secret string         // what the API has at the end
		warns         bool
	}{
		"secret":                      {hook("", signed), hook(""), loseSecret, apply, both, "token-admin", "whsec_admin", false},
		"secret, refreshed only":      {hook("", signed), hook(""), loseSecret, only, both, "token-admin", "whsec_admin", false},
		"secret, pinned":              {hook("1", signed), hook("1"), loseSecret, only, both, "token-admin", "whsec_admin", false},
		"auth":                        {hook("", bearer), hook(""), loseAuth, apply, token, "token-admin", "", false},
		"auth, refreshed only":        {hook("", bearer), hook(""), loseAuth, only, token, "token-admin", "", false},
		"auth, pinned":                {hook("1", bearer), hook("1"), loseAuth, only, token, "token-admin", "", false},
		"both":                        {hook("", bearer, signed), hook(""), loseBoth, only, both, "token-admin", "whsec_admin", false},
		"secret, with auth":           {hook("", bearer, signed), hook("", bearer), loseSecret, apply, both, "token-admin", "whsec_admin", false},
		"secret, with auth, only":     {hook("", bearer, signed), hook("", bearer), loseSecret, only, both, "token-admin", "whsec_admin", true},
		"secret, with auth, pinned":   {hook("1", bearer, signed), hook("1", bearer), loseSecret, only, both, "token-admin", "whsec_admin", false},
		"auth, with a secret, only":   {hook("", bearer, signed), hook("", signed), loseAuth, only, both, "token-admin", "whsec_admin", true},
		"auth, with a secret":         {hook("", bearer, signed), hook("", signed), loseAuth, apply, both, "token-admin", "whsec_admin", false},
		"auth, with a secret, pinned": {hook("1", bearer, signed), hook("1", signed), loseAuth, only, both, "token-admin", "whsec_admin", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, c.before)
			w.Apply()
			id := a.only(t).ID
			a.edit(t, c.lose)
			w.Write("main.tf", a.configuration(c.after))
			c.refresh(w)
			a.call(t, "PUT", "/v1/delivery/destinations/"+id, c.admin)
			a.ResetRequests()
			// After a mere refresh, the state still has the block that the configuration no longer has.
			out := unwrapped(w.MustRun("plan").Output())
			if strings.Contains(out, "credentials_updated_at") || strings.Contains(out, "may be lost") || strings.Contains(out, detected) != c.warns {
				t.Errorf("the plan (to warn: %t):\n%s", c.warns, out)
			}
			w.Apply()
			if writes := a.writes(); len(writes) > 0 {
				t.Errorf("writes: %s", writes)
			}
			stored, _ := a.Stored(id)
			if stored.SigningSecret != c.secret || stored.AuthConfig["token"] != c.token {
				t.Errorf("stored: %+v", stored)
			}
			w.PlanEmpty()
		})
	}
}

// What the API has lost is sent again as long as it is configured, also after a refresh that detected the loss.
func TestLostCredentialsAreSentAgain(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]string{"not pinned": hook("", bearer, signed), "pinned": hook("1", bearer, signed)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, arguments)
			for _, lose := range []func(*emulator.Destination){
				func(d *emulator.Destination) { d.HasAuthConfig = false },
				func(d *emulator.Destination) { d.HasSigningSecret = false },
				func(d *emulator.Destination) { d.HasAuthConfig, d.HasSigningSecret = false, false },
			} {
				w.Apply()
				a.edit(t, lose)
				w.Apply("-refresh-only")
				a.ResetRequests()
				w.Apply()
				if diff := cmp.Diff([]map[string]any{{"type": "bearer", "token": "token-one", "signing_secret": "whsec_one"}}, sentCredentials(t, a)); diff != "" {
					t.Errorf("auth_config of the writes (-want +got):\n%s", diff)
				}
				w.PlanEmpty()
			}
		})
	}
}

// The remaining group can be changed, even if the hash cannot recognize its values.
func TestChangeAfterLoss(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", bearer, signed))
	w.Apply()
	id := a.only(t).ID
	a.edit(t, func(d *emulator.Destination) { d.HasSigningSecret = false })
	w.Write("main.tf", a.configuration(hook("", bearer2)))
	w.Apply("-refresh-only")
	a.call(t, "PUT", "/v1/delivery/destinations/"+id, map[string]any{"auth_config": map[string]any{"type": "bearer", "token": "t", "signing_secret": "whsec_admin"}})
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(hook("1", bearer2)))
	out := unwrapped(w.Plan().Output())
	if !strings.Contains(out, "Signing secret may be lost") {
		t.Errorf("no warning:\n%s", out)
	}
	w.Run("apply", "-auto-approve") // the emulator drops the signing secret, which is an error
	if stored, _ := a.Stored(id); stored.AuthConfig["token"] != "token-two" {
		t.Errorf("stored: %+v", stored)
	}
}
