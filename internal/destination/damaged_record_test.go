package destination_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// tamper changes the private state of the only resource: its records, by key, as JSON.
func tamper(t *testing.T, w *acctest.Workspace, change func(records map[string]string) (raw string)) {
	t.Helper()
	var state map[string]any
	if err := json.Unmarshal(w.State(), &state); err != nil {
		t.Fatal(err)
	}
	instance := state["resources"].([]any)[0].(map[string]any)["instances"].([]any)[0].(map[string]any)
	text, _ := instance["private"].(string)
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	var kept map[string][]byte
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	records := map[string]string{}
	for key, record := range kept {
		records[key] = string(record)
	}
	instance["private"] = base64.StdEncoding.EncodeToString([]byte(change(records)))
	state["serial"] = state["serial"].(float64) + 1
	changed, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	w.Write("terraform.tfstate", string(changed))
}

// inPrivate returns private state with these records.
func inPrivate(records map[string]string) string {
	kept := map[string][]byte{}
	for key, record := range records {
		kept[key] = []byte(record)
	}
	raw, _ := json.Marshal(kept) // cannot fail: strings can always be encoded
	return string(raw)
}

// setRecords returns a function that replaces the records with these keys.
func setRecords(record string, keys ...string) func(map[string]string) string {
	return func(records map[string]string) string {
		for _, key := range keys {
			records[key] = record
		}
		return inPrivate(records)
	}
}

// expensive returns a record whose hash would take hours or all memory.
func expensive(parameters string) string {
	return fmt.Sprintf(`{"v":1,"auth":true,"signing_secret":true,"hash":{%s,"salt":"AAAAAAAAAAAAAAAAAAAAAA==","sum":"%s"}}`, parameters,
		base64.StdEncoding.EncodeToString(make([]byte, 32)))
}

// damages holds ways to damage private state, and the warnings about them.
var damages = map[string]struct {
	change  func(map[string]string) string
	warning string
}{
	"no JSON":          {func(map[string]string) string { return "{" }, "Private state is damaged"},
	"no records":       {func(map[string]string) string { return `{"config":1,"credentials":[]}` }, "Private state is damaged"},
	"records no JSON":  {setRecords(`{`, "config", "credentials"), "Private state is damaged"},
	"of another form":  {setRecords(`{"v":1,"auth":"a","unmanaged":[]}`, "config", "credentials"), `Private state cannot be read`},
	"of a newer one":   {setRecords(`{"v":2,"sent":["auth"]}`, "config", "credentials"), "a newer version of the provider wrote it"},
	"hash of hours":    {setRecords(expensive(`"t":16,"m":262144,"p":1`), "credentials"), `Private state cannot be read`},
	"hash of a memory": {setRecords(expensive(`"t":1,"m":4294967295,"p":255`), "credentials"), `Private state cannot be read`},
	"none at all":      {func(map[string]string) string { return "{}" }, ""},
}

// withUnmanaged starts an API with a destination that Terraform created, and that has an unmanaged key.
func withUnmanaged(t *testing.T, arguments string) (api, *acctest.Workspace) {
	t.Helper()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, arguments)
	w.Apply()
	a.edit(t, func(d *emulator.Destination) { d.Config["retries"] = 3.0 })
	w.Apply()
	return a, w
}

// Records are a cache: with a damaged one, nothing fails, nothing is removed, and what is configured is sent once.
func TestDamagedRecords(t *testing.T) {
	t.Parallel()
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, w := withUnmanaged(t, hook("", bearer, signed))
			a.ResetRequests()
			tamper(t, w, damage.change)
			begin := time.Now()
			out := unwrapped(w.Plan().Output())
			if took := time.Since(begin); took > 30*time.Second {
				t.Errorf("the plan took %s", took)
			}
			if !strings.Contains(out, damage.warning) {
				t.Errorf("the plan does not say %q:\n%s", damage.warning, out)
			}
			w.Apply()
			if diff := cmp.Diff([]map[string]any{{"type": "bearer", "token": "token-one", "signing_secret": "whsec_one"}}, sentCredentials(t, a)); diff != "" {
				t.Errorf("auth_config of the writes (-want +got):\n%s", diff)
			}
			w.PlanEmpty()
			tamper(t, w, damage.change)
			w.Destroy("-refresh=false")
		})
	}
}

// Without a record, the provider cannot tell whether Terraform sent what is no longer configured, so it stays.
func TestDamagedRecordsRemoveNothing(t *testing.T) {
	t.Parallel()
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, w := withUnmanaged(t, hook("", bearer, signed))
			tamper(t, w, damage.change)
			w.Write("main.tf", a.configuration(hook("")))
			a.ResetRequests()
			w.Apply()
			if stored, _ := a.Stored(a.only(t).ID); stored.SigningSecret != "whsec_one" || stored.AuthConfig["token"] != "token-one" {
				t.Errorf("removed: %+v", stored)
			}
			// A record of a newer provider version is kept for that version.
			tamper(t, w, func(records map[string]string) string {
				if kept := records["credentials"]; strings.HasPrefix(kept, `{"v":2`) != (name == "of a newer one") {
					t.Errorf("the record of credentials is %q", kept)
				}
				return inPrivate(records)
			})
		})
	}
}

// An update of config keeps unmanaged keys, even if no refresh has recorded them again.
func TestDamagedRecordsKeepUnmanagedKeys(t *testing.T) {
	t.Parallel()
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, w := withUnmanaged(t, hook("1", bearer))
			tamper(t, w, damage.change)
			w.Write("main.tf", a.configuration(strings.Replace(hook("1", bearer), "a.example.com", "b.example.com", 1)))
			w.Apply("-refresh=false")
			if diff := cmp.Diff(map[string]any{"url": "https://b.example.com", "retries": 3.0}, a.only(t).Config); diff != "" {
				t.Errorf("config (-want +got):\n%s", diff)
			}
			w.PlanEmpty()
		})
	}
}
