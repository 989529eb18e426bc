package destination_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// A change between plan and apply ends the apply with a diagnostic that states the next step. Nothing is lost.
func TestChangesBetweenPlanAndApply(t *testing.T) {
	t.Parallel()
	const before, after = "https://a.example.com", "https://b.example.com"
	config := func(url string) string { return "name = \"hook\"\nwebhook {\n url = \"" + url + "\"\n}" }
	for name, c := range map[string]struct {
		change func(a api)
		want   []string // parts of the error; none: the apply succeeds
		heal   func(a api)
	}{
		"key revoked": {
			change: func(a api) { a.SetAPIKeys("another") },
			want:   []string{`Cannot update delivery destination`, "401 Unauthorized", "request ID req_", "TALONIC_API_KEY"},
			heal:   func(a api) { a.SetAPIKeys(emulator.DefaultAPIKey) },
		},
		"deleted": {
			change: func(a api) { a.Remove(a.Destinations()[0].ID) },
			want:   []string{`Cannot update delivery destination`, "404 Not Found", "Run terraform plan again"},
		},
		"edited": {
			change: func(a api) {
				a.Edit(a.Destinations()[0].ID, func(d *emulator.Destination) { d.Name, d.Config["headers"] = "other", map[string]any{"A": "1"} })
			},
			want: []string{`The API did not store a delivery destination as configured`, `but the API returned "other"`},
		},
		"unreadable": {
			change: func(a api) { a.Inject(emulator.Fault{Kind: emulator.ServerError, Method: http.MethodGet}) },
			want:   []string{`Cannot update delivery destination`, "500 Internal Server Error", "Nothing was changed, because"},
			heal:   func(a api) { a.ClearFaults() },
		},
		"paused": {
			change: func(a api) { a.Edit(a.Destinations()[0].ID, func(d *emulator.Destination) { d.IsActive = false }) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, config(before))
			w.Apply()
			w.Write("main.tf", a.configuration(config(after)))
			w.MustRun("plan", "-out=saved")
			c.change(a)
			if c.want == nil {
				w.MustRun("apply", "saved")
			} else {
				out := unwrapped(w.MustFail("apply", "saved").Output())
				for _, want := range c.want {
					if !strings.Contains(out, want) {
						t.Errorf("%q is not said:\n%s", want, out)
					}
				}
			}
			if c.heal != nil {
				c.heal(a)
			}
			w.Apply()
			if d := a.only(t); d.Name != "hook" || d.Config["url"] != after || d.Config["headers"] != nil {
				t.Errorf("the API has %+v", d)
			}
			w.PlanEmpty()
		})
	}
}

// The apply does not revert a change outside Terraform of what the configuration does not set.
func TestOthersChangesBetweenPlanAndApply(t *testing.T) {
	t.Parallel()
	const url = "webhook {\n url = \"https://%s.example.com\"\n}"
	for name, c := range map[string]struct {
		config string // after the change
		change func(*emulator.Destination)
		fails  bool
		stays  func(emulator.Destination) bool
	}{
		"paused": {
			"name = \"other\"\n" + strings.Replace(url, "%s", "a", 1), func(d *emulator.Destination) { d.IsActive = false },
			true, func(d emulator.Destination) bool { return !d.IsActive && d.Name == "hook" },
		},
		"key added": {
			"name = \"hook\"\n" + strings.Replace(url, "%s", "b", 1), func(d *emulator.Destination) { d.Config["retry_hint"] = "new" },
			false, func(d emulator.Destination) bool { return d.Config["retry_hint"] == "new" },
		},
		"key changed": {
			"name = \"hook\"\n" + strings.Replace(url, "%s", "b", 1), func(d *emulator.Destination) { d.Config["set_before"] = "new" },
			false, func(d emulator.Destination) bool { return d.Config["set_before"] == "new" },
		},
		"key removed": {
			"name = \"hook\"\n" + strings.Replace(url, "%s", "b", 1), func(d *emulator.Destination) { delete(d.Config, "set_before") },
			false, func(d emulator.Destination) bool { return d.Config["set_before"] == nil },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, "name = \"hook\"\n"+strings.Replace(url, "%s", "a", 1))
			w.Apply()
			a.edit(t, func(d *emulator.Destination) { d.Config["set_before"] = "old" })
			w.Apply()
			w.Write("main.tf", a.configuration(c.config))
			w.MustRun("plan", "-out=saved")
			a.edit(t, c.change)
			if c.fails {
				if out := unwrapped(w.MustFail("apply", "saved").Output()); !strings.Contains(out, "Nothing was changed") {
					t.Errorf("it is not said what happened:\n%s", out)
				}
			} else {
				w.MustRun("apply", "saved")
			}
			if d := a.only(t); !c.stays(d) {
				t.Errorf("the API has %+v", d)
			}
			w.Apply()
			if d := a.only(t); !c.fails && !c.stays(d) {
				t.Errorf("after another apply, the API has %+v", d)
			}
			w.PlanEmpty()
		})
	}
}

// A destination whose type changed on the server shows that type, and is replaced.
func TestTurnedIntoSomethingElse(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*emulator.Destination){
		"another connector": func(d *emulator.Destination) {
			d.Type, d.Config = "s3", map[string]any{"bucket": "acme-in", "region": "eu-central-1"}
		},
		"an unknown connector": func(d *emulator.Destination) { d.Type, d.Config = "carrier_pigeon", map[string]any{"loft": 7.0} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, hook("", signed))
			w.Apply()
			a.edit(t, change)
			out := unwrapped(w.Plan().Output())
			if !strings.Contains(out, `-> "webhook" # forces replacement`) {
				t.Errorf("not replaced:\n%s", out)
			}
			w.Apply()
			if d := a.only(t); d.Type != "webhook" {
				t.Errorf("the API has %+v", d)
			}
			w.PlanEmpty()
		})
	}
}

// A config that no argument can hold is an error, and the state does not change.
func TestUnreadableConfig(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", signed))
	w.Apply()
	state := string(w.State())
	a.edit(t, func(d *emulator.Destination) { d.Config["url"] = map[string]any{"host": "a"} })
	out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
	for _, want := range []string{`Cannot read delivery destination`, "config.url is an object", "Upgrade the provider"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	if string(w.State()) != state {
		t.Error("the state was changed")
	}
}

// If no argument can hold a value in the response to a create, the state has the planned values, so that a destroy without a refresh deletes
// the destination.
func TestUnreadableConfigInCreate(t *testing.T) {
	t.Parallel()
	a := rewriting(t, func(_ *http.Request, body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(`{"A":"b"}`), []byte(`["A"]`))
	})
	w := a.workspace(t, `deletion_policy = "delete"`+"\n"+hook("", `headers = { A = "b" }`))
	out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
	for _, want := range []string{"config.headers is a list", "The destination was created, and Terraform marks it as tainted", "-refresh=false"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	for _, want := range []string{`"status": "tainted"`, `"deletion_policy": "delete"`, `"url": "https://`} {
		if !strings.Contains(string(w.State()), want) {
			t.Errorf("%s is not in state:\n%s", want, w.State())
		}
	}
	w.Destroy("-refresh=false")
	if n := len(a.Destinations()); n != 0 {
		t.Errorf("%d destinations are left", n)
	}
}

// If no argument can hold a value in the response to an update, the error says that the update was accepted.
func TestUnreadableConfigInUpdate(t *testing.T) {
	t.Parallel()
	a := rewriting(t, func(r *http.Request, body []byte) []byte {
		if r.Method != http.MethodPut {
			return body
		}
		return bytes.ReplaceAll(body, []byte(`{"A":"b"}`), []byte(`["A"]`))
	})
	w := a.workspace(t, hook(""))
	w.Apply()
	w.Write("main.tf", a.configuration(hook("", `headers = { A = "b" }`)))
	out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
	for _, want := range []string{"config.headers is a list", "The API accepted the update"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	w.PlanEmpty()
}

// The response to an update shows the destination as it was before the update. A read confirms the update.
func TestUpdateWithOldResponse(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{UpdateReturnsOld: true})
	w := a.workspace(t, hook(""))
	w.Apply()
	w.Write("main.tf", a.configuration(strings.NewReplacer(`"hook"`, `"renamed"`, "a.example.com", "b.example.com").Replace(hook(""))))
	a.ResetRequests()
	w.Apply()
	if writes := a.writes(); len(writes) != 1 {
		t.Errorf("writes: %s", writes)
	}
	w.PlanEmpty()
	if d := a.only(t); d.Name != "renamed" || d.Config["url"] != "https://b.example.com" {
		t.Errorf("%+v", d)
	}
}

// A read that is older than the response to an update does not confirm the update.
func TestUpdateWithOldRead(t *testing.T) {
	t.Parallel()
	var (
		before   []byte
		updating atomic.Bool
	)
	a := rewriting(t, func(r *http.Request, body []byte) []byte {
		switch {
		case r.Method == http.MethodPut:
			return bytes.ReplaceAll(body, []byte(`"has_auth_config":true`), []byte(`"has_auth_config":false`))
		case r.Method == http.MethodGet && !inLists(r) && updating.Load():
			return before
		case !inLists(r):
			before = body
		}
		return body
	})
	w := a.workspace(t, hook("", bearer))
	w.Apply()
	updating.Store(true)
	w.Write("main.tf", a.configuration(hook("", bearer2)))
	if out := unwrapped(w.MustFail("apply", "-auto-approve").Output()); !strings.Contains(out, "has_auth_config") {
		t.Error(out)
	}
}

// The API accepts a create and rejects the follow-up update.
func TestRejectedFollowUp(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.Inject(emulator.Fault{Kind: emulator.Refused, Operation: "update", Status: 400})
	w := a.workspace(t, "is_active = false\n"+hook(""))
	out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
	if !strings.Contains(out, "This error is about the second of two requests. The first one took effect.") {
		t.Error(out)
	}
	if !strings.Contains(string(w.State()), a.only(t).ID) {
		t.Error("the destination is not in state")
	}
}

// A 404 removes a destination from state, with a warning. Another refusal never does.
func TestGoneAndForbidden(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", signed))
	w.Apply()
	a.SetAPIKeys("another")
	w.MustFail("apply", "-auto-approve", "-refresh-only")
	if id := a.only(t).ID; !strings.Contains(string(w.State()), id) {
		t.Error("forgotten after a 401")
	}
	a.SetAPIKeys(emulator.DefaultAPIKey)
	a.Remove(a.only(t).ID)
	out := unwrapped(w.Plan().Output())
	for _, want := range []string{`Delivery destination not found`, "404 Not Found", "1 to add"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
}
