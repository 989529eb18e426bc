package faults

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// rival makes another pipeline create a destination at the moment of the nth create. It returns the ID of that destination.
func (c cli) rival(nth int, d emulator.Destination) string {
	d.ID = "22222222-2222-4222-8222-222222222222"
	var mu sync.Mutex
	creates := 0
	c.api.OnRequest(func(r emulator.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Operation != "create" {
			return
		}
		if creates++; creates == nth {
			c.api.AddWith(d, theirs)
		}
	})
	return d.ID
}

func (c cli) whole(id string) string { return c.everything()[id] }

// If the API did not execute a create, the provider does not adopt a destination that another pipeline created at the same moment, unless the
// two are indistinguishable.
func TestSecondPipeline(t *testing.T) {
	t.Parallel()
	const name = "shared"
	for what, change := range map[string]func(*emulator.Destination){
		"another cap":             func(d *emulator.Destination) { d.PayloadCapBytes = 1 << 20 },
		"another URL":             func(d *emulator.Destination) { d.Config["url"] = "https://hooks.example.com/other" },
		"more in config":          func(d *emulator.Destination) { d.Config["headers"] = map[string]any{"X-Team": "theirs"} },
		"paused":                  func(d *emulator.Destination) { d.IsActive = false },
		"a name in another form":  func(d *emulator.Destination) { d.Name = "Shared" },
		"created before we began": func(d *emulator.Destination) { d.CreatedAt = time.Now().Add(-time.Minute) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", `name = "shared"`, "ours"))
			d := lookAlike(name)
			change(&d)
			id := c.rival(1, d)
			c.api.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "create", Times: 1})
			r := c.Run("apply", "-auto-approve")
			before := c.whole(id)
			if !strings.Contains(before, "token of others") || strings.Contains(before, "token:ours") {
				t.Errorf("theirs has changed: %s", before)
			}
			switch ours := c.ids(t)["ours"]; ours {
			case id:
				t.Errorf("it has taken over theirs:\n%s", r)
			case "":
				ends(t, r, 1)
				says(t, r, id, "terraform import")
			default:
				ends(t, r, 0)
				if c.token(ours) != "ours" || len(c.api.Destinations()) != 2 {
					t.Errorf("at the API: %v", c.everything())
				}
			}
			c.Destroy()
			if c.whole(id) != before {
				t.Errorf("theirs is not as it was: %q, before: %q", c.whole(id), before)
			}
		})
	}

	t.Run("nothing", func(t *testing.T) {
		t.Parallel()
		c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", `name = "shared"`, "ours"))
		id := c.rival(1, lookAlike(name))
		c.api.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "create", Times: 1})
		r := c.Apply()
		says(t, r, "Warning", id)
		if c.ids(t)["ours"] != id || c.token(id) != "ours" || len(c.api.Destinations()) != 1 {
			t.Errorf("in state: %v, at the API: %v", c.ids(t), c.everything())
		}
		c.PlanEmpty()
	})

	// The run received its own 201 response, so it deletes neither the similar object nor its own.
	t.Run("after a create of our own", func(t *testing.T) {
		t.Parallel()
		c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", `name = "shared"`, "ours"))
		id := c.rival(2, lookAlike(name))
		c.api.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "create", Times: 1})
		r := c.Apply()
		says(t, r, "Warning", id)
		ours := c.ids(t)["ours"]
		if ours == id || c.token(ours) != "ours" || c.token(id) != "token of others" || len(c.api.Destinations()) != 2 {
			t.Errorf("in state: %v, at the API: %v", c.ids(t), c.everything())
		}
	})
}

// An object that this run has deleted, or that was in state, is never the result of a create, even if a list still contains it.
func TestReplacementBehindALaggingList(t *testing.T) {
	t.Parallel()
	for what, lifecycle := range map[string]string{"destroy first": "", "create first": "lifecycle {\n    create_before_destroy = true\n  }\n"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", "name = \"ours\"\n"+lifecycle, "ours"))
			c.Apply()
			before := c.ids(t)["ours"]
			c.api.SetBehavior(func(b *emulator.Behavior) { b.ListLag = time.Minute })
			c.api.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "create", Times: 1})
			r := c.Run("apply", "-auto-approve", "-replace=talonic_delivery_destination.ours")
			all, ids := c.api.Destinations(), c.ids(t)
			if r.ExitCode != 0 { // if creation times differ by only a second or two, the client cannot decide
				says(t, r, "terraform import", before)
			}
			if len(all) != 1 || ids["ours"] != all[0].ID || c.token(all[0].ID) != "ours" {
				t.Fatalf("in state: %v, at the API: %v\n%s", ids, all, r)
			}
			if ids["ours"] == before && r.ExitCode == 0 {
				// No process of an apply knows the object that create_before_destroy replaces. The provider keeps the object, with a warning.
				says(t, r, "is kept instead of replaced", before)
				if lifecycle == "" {
					t.Errorf("it is what was destroyed:\n%s", r)
				}
			}
			c.PlanEmpty()
		})
	}
}

// An old destination is never the result of a create, however long the list takes and whatever Date a cache returns.
func TestOldNeighbors(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		age  time.Duration
		list emulator.Fault
	}{
		"a list that takes long": {9 * time.Second, emulator.Fault{Kind: emulator.LateBody, Delay: 7 * time.Second}},
		"a stale date":           {45 * time.Minute, emulator.Fault{Kind: emulator.StaleDate, Delay: 50 * time.Minute}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			w := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", `name = "shared"`, "ours"))
			old := lookAlike("shared")
			old.CreatedAt = time.Now().Add(-c.age)
			id := w.api.AddWith(old, theirs)
			before := w.whole(id)
			c.list.Operation = "list"
			w.api.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "create", Times: 1}, c.list)
			r := w.Run("apply", "-auto-approve")
			if w.whole(id) != before || w.ids(t)["ours"] == id {
				t.Errorf("it has taken over theirs:\n%s", r)
			}
			if r.ExitCode != 0 {
				says(t, r, id)
			}
			w.api.ClearFaults()
			w.Destroy()
			if w.whole(id) != before {
				t.Error("theirs is not as it was")
			}
		})
	}
}

// Two creates with indistinguishable results do not adopt each other's results, even in two aliases of one account.
func TestDuplicatesOfOneRun(t *testing.T) {
	t.Parallel()
	sftp := func(label, more, password string) string {
		return fmt.Sprintf(`
resource "talonic_delivery_destination" %q {
  name = "shared"
  %s
  sftp {
    host        = "sftp.example.com"
    username    = "u"
    remote_path = "/in"
    %s
    auth_password {
      password_wo = %q
    }
  }
}
`, label, map[bool]string{true: "provider = talonic.again"}[more == "again"], strings.TrimSuffix(more, "again"), password)
	}
	for what, second := range map[string]string{"a default": "port = 22", "an alias": "again"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true, FillDefaults: true}, quick, sftp("one", "", "one")+sftp("two", second, "two"))
			if second == "again" {
				c.alias("again")
			}
			c.api.Inject(emulator.Fault{Kind: emulator.LostResponse, Operation: "create", Times: 2})
			r := c.Run("apply", "-auto-approve")
			ids := c.ids(t)
			if len(c.api.Destinations()) != 2 || len(ids) == 2 && ids["one"] == ids["two"] {
				t.Errorf("in state: %v, at the API: %v\n%s", ids, c.everything(), r)
			}
			if len(ids) < 2 { // the CLI starts one process for each alias, so no process knows the objects of the other
				ends(t, r, 1)
				for _, d := range c.api.Destinations() {
					says(t, r, "terraform import", d.ID)
				}
				if second != "again" {
					t.Errorf("it cannot tell them apart in one process:\n%s", r)
				}
			}
			for label, id := range ids {
				if stored, _ := c.api.Stored(id); stored.AuthConfig["password"] != label {
					t.Errorf("%s has %v", label, stored)
				}
			}
		})
	}
}

// The provider rejects a response with an object that existed before, whether or not the API executed the create. One such object is older,
// and the other was created by the same run.
func TestExistingResultIsNotBelieved(t *testing.T) {
	t.Parallel()
	for _, executed := range []string{"no", "before"} {
		for _, ofThisRun := range []bool{false, true} {
			t.Run(fmt.Sprintf("executed %s, of this run %v", executed, ofThisRun), func(t *testing.T) {
				t.Parallel()
				c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, "")
				wrong := emulator.Fault{Kind: emulator.ExistingResult, Operation: "create", Times: 1, Executed: executed}
				second := hook("new", `name = "shared"`, "new")
				if ofThisRun {
					wrong.After = 1
					second = hook("old", `name = "shared"`, "old") + hook("new", "name = \"shared\"\n  depends_on = [talonic_delivery_destination.old]", "new")
				} else {
					old := lookAlike("shared")
					old.CreatedAt = time.Now().Add(-time.Hour)
					c.api.AddWith(old, theirs)
				}
				c.Write("main.tf", c.provider+second)
				c.api.Inject(wrong)
				r := c.Run("apply", "-auto-approve")
				old := c.api.Destinations()[0].ID // the response contains the oldest object
				before := c.whole(old)
				switch created := c.ids(t)["new"]; {
				case created == old:
					t.Errorf("it is taken for the new one:\n%s", r)
				case created != "":
					ends(t, r, 0)
					if c.token(created) != "new" {
						t.Errorf("at the API: %v", c.everything())
					}
				case executed == "before":
					ends(t, r, 1)
					says(t, r, "terraform import")
				default:
					ends(t, r, 1)
				}
				if strings.Contains(before, "token:new") {
					t.Errorf("the old one has changed: %s", before)
				}
				c.api.ClearFaults()
				c.Destroy("-target=talonic_delivery_destination.new")
				if c.whole(old) != before {
					t.Errorf("the old one is not as it was: %q, before: %q", c.whole(old), before)
				}
			})
		}
	}
}

// If a response contains a different object of another pipeline, created at the same moment, the provider does not keep the object, because
// the next apply would destroy it.
func TestTheirResultIsNotBelieved(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*emulator.Destination){
		"another URL": func(d *emulator.Destination) { d.Config["url"] = "https://hooks.example.com/other" },
		"another cap": func(d *emulator.Destination) { d.PayloadCapBytes = 1 << 20 },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", `name = "shared"`, "ours"))
			d := lookAlike("shared")
			change(&d)
			id := c.rival(1, d)
			c.api.Inject(emulator.Fault{Kind: emulator.ExistingResult, ID: id, Operation: "create", Times: 1, Executed: "no"})
			r := c.Run("apply", "-auto-approve")
			ends(t, r, 1)
			says(t, r, id, "terraform import")
			before := c.whole(id)
			c.Apply()
			if c.whole(id) != before || c.ids(t)["ours"] == id || !strings.Contains(before, "token of others") {
				t.Errorf("theirs has changed: %q, before: %q", c.whole(id), before)
			}
		})
	}
}

// The provider does not keep an old object or an invalid ID, and sends no request with such an ID.
func TestWrongResultIsNotBelieved(t *testing.T) {
	t.Parallel()
	for _, form := range emulator.FaultForms(emulator.WrongResult) {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", `name = "ours"`, "ours"))
			c.api.Inject(emulator.Fault{Kind: emulator.WrongResult, Form: form, Operation: "create", Times: 1})
			r := c.Run("apply", "-auto-approve")
			all := c.api.Destinations()
			if len(all) != 1 {
				t.Fatalf("%d at the API:\n%s", len(all), r)
			}
			switch id := c.ids(t)["ours"]; id {
			case all[0].ID:
				ends(t, r, 0)
				c.PlanEmpty()
			case "":
				ends(t, r, 1)
				says(t, r, "terraform import", all[0].ID)
			default:
				t.Errorf("in state: %q", id)
			}
			for _, asked := range c.api.Requests() {
				if asked.Operation == "" || strings.HasPrefix(asked.Path, "/v1/delivery/destinations/") && asked.Path != "/v1/delivery/destinations/"+all[0].ID {
					t.Errorf("asked for %s %q", asked.Method, asked.Path)
				}
			}
			denies(t, r, strings.Repeat("x", 200), "\x1b[2J")
		})
	}
}

// Two aliases of one account are two processes. If the API did not execute the create of one alias, this alias does not adopt an object that
// the other alias created.
func TestAliasesTellEachOther(t *testing.T) {
	t.Parallel()
	second := strings.Replace(hook("two", `name = "shared"`, "two"), "{\n", "{\n  provider = talonic.again\n", 1)
	c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("one", `name = "shared"`, "one")+second)
	c.alias("again")
	c.api.Inject(emulator.Fault{Kind: emulator.LostRequest, Operation: "create", Times: 1})
	r := c.Run("apply", "-auto-approve")
	ids := c.ids(t)
	if r.ExitCode != 0 || len(ids) != 2 || ids["one"] == ids["two"] || len(c.api.Destinations()) != 2 {
		t.Fatalf("in state: %v, at the API: %v\n%s", ids, c.everything(), r)
	}
	for label, id := range ids {
		if token := c.token(id); token != label {
			t.Errorf("%s has the token of %s", label, token)
		}
	}
	c.PlanEmpty()
}
