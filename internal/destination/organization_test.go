package destination_test

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

const otherKey = "tlnc_other"

// twoOrganizations starts an API with two organizations at one address; each has its own key.
func twoOrganizations(t *testing.T, b emulator.Behavior) (one, two api) {
	t.Helper()
	first, second := emulator.New(b), emulator.New(b)
	second.SetAPIKeys(otherKey)
	server := httptest.NewServer(emulator.Organizations(first, second))
	t.Cleanup(server.Close)
	return api{first, server.URL}, api{second, server.URL}
}

// withOtherKey returns a configuration with the key of the second organization.
func withOtherKey(hcl string) string {
	return strings.ReplaceAll(hcl, emulator.DefaultAPIKey, otherKey)
}

// With the API key of another organization, neither a plan nor a destroy treats a destination as gone.
func TestKeyOfAnotherOrganization(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]string{"": hook("", bearer), "disabling": "deletion_policy = \"disable\"\n" + hook("", bearer)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, two := twoOrganizations(t, emulator.Behavior{IncludeCustomerID: true})
			two.Add(emulator.Destination{Name: "theirs", Type: "webhook", IsActive: true})
			w := one.workspace(t, arguments)
			w.Apply()
			id, before := one.only(t).ID, w.MustRun("state", "show", address).Stdout
			w.Write("main.tf", withOtherKey(one.configuration(arguments)))
			for _, command := range [][]string{
				{"plan"}, {"apply", "-auto-approve"}, {"apply", "-refresh-only", "-auto-approve"}, {"destroy", "-auto-approve"}, {"destroy", "-auto-approve", "-refresh=false"},
			} {
				out := unwrapped(w.MustFail(command...).Output())
				for _, want := range []string{one.CustomerID(), two.CustomerID(), "The API key belongs to a different organization", "the state is kept", "TALONIC_API_KEY"} {
					if !strings.Contains(out, want) {
						t.Errorf("%s does not say %q:\n%s", command, want, out)
					}
				}
			}
			w.Write("main.tf", withOtherKey(one.configuration(strings.Replace(arguments, `"hook"`, `"other"`, 1))))
			if out := unwrapped(w.MustFail("apply", "-auto-approve", "-refresh=false").Output()); !strings.Contains(out, "The API key belongs to a different organization") {
				t.Errorf("an update:\n%s", out)
			}
			if after := w.MustRun("state", "show", address).Stdout; after != before {
				t.Errorf("the state was\n%s\nand is\n%s", before, after)
			}
			if one.only(t).ID != id || two.only(t).Name != "theirs" || slices.ContainsFunc(two.writes(), func(w string) bool { return !strings.HasSuffix(w, "404") }) {
				t.Errorf("the API has %+v and %+v, writes: %s", one.only(t), two.only(t), two.writes())
			}
			w.Write("main.tf", one.configuration(arguments))
			w.PlanEmpty()
		})
	}
}

// One list request identifies the organization of the key, for any number of missing destinations.
func TestKeyOfAnotherOrganizationCostsOneList(t *testing.T) {
	t.Parallel()
	one, two := twoOrganizations(t, emulator.Behavior{IncludeCustomerID: true})
	two.Add(emulator.Destination{Name: "theirs", Type: "webhook", IsActive: true})
	many := strings.Replace(one.configuration("count = 5\n"+hook("")), `"hook"`, `"hook ${count.index}"`, 1)
	w := one.workspace(t, "")
	w.Write("main.tf", many)
	w.Apply()
	w.Write("main.tf", withOtherKey(many))
	two.ResetRequests()
	out := unwrapped(w.MustFail("plan").Output())
	if n := strings.Count(out, "The API key belongs to a different organization"); n != 5 {
		t.Errorf("%d errors:\n%s", n, out)
	}
	if got := two.requests(); got["GET list"] > 2 || got["GET one"] > 5 {
		t.Errorf("requests: %v", got)
	}
}

// A destination that is gone is planned for re-creation, with a warning. So is one whose organization is not known.
func TestGoneOfThisOrganization(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		behavior emulator.Behavior
		theirs   bool // the key belongs to another organization
		others   int  // number of other destinations in the organization of the key
	}{
		"gone":                                   {emulator.Behavior{IncludeCustomerID: true}, false, 2},
		"gone, the last one":                     {emulator.Behavior{IncludeCustomerID: true}, false, 0},
		"the API does not show organizations":    {emulator.Behavior{}, true, 1},
		"the other organization has nothing yet": {emulator.Behavior{IncludeCustomerID: true}, true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, two := twoOrganizations(t, c.behavior)
			w := one.workspace(t, hook(""))
			w.Apply()
			asked := one
			if c.theirs {
				asked = two
				w.Write("main.tf", withOtherKey(one.configuration(hook(""))))
			} else {
				one.Remove(one.only(t).ID)
			}
			for i := range c.others {
				asked.Add(emulator.Destination{Name: fmt.Sprint("other ", i), Type: "webhook", IsActive: true})
			}
			out := unwrapped(w.Plan().Output())
			if strings.Count(out, `Delivery destination not found`) != 1 || !strings.Contains(out, "1 to add, 0 to change, 0 to destroy") {
				t.Errorf("the plan:\n%s", out)
			}
			if isOwn := !c.theirs && c.others > 0; strings.Contains(out, "belongs to a different organization") == isOwn {
				t.Errorf("the doubt whose it is:\n%s", out)
			}
			w.Destroy()
			if state := string(w.State()); strings.Contains(state, "hook") {
				t.Errorf("the state: %s", state)
			}
		})
	}
}

// An object of another organization with the same ID is not the same object.
func TestMovedToAnotherOrganization(t *testing.T) {
	t.Parallel()
	one, two := twoOrganizations(t, emulator.Behavior{IncludeCustomerID: true})
	w := one.workspace(t, hook(""))
	w.Apply()
	moved := one.only(t)
	moved.Name = "theirs"
	two.Add(moved)
	w.Write("main.tf", withOtherKey(one.configuration(hook(""))))
	out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
	for _, want := range []string{"Delivery destination belongs to a different organization", `Delivery destination "hook": `, one.CustomerID(), two.CustomerID(), "terraform state rm"} {
		if !strings.Contains(out, want) {
			t.Errorf("not said: %q\n%s", want, out)
		}
	}
	if two.only(t).Name != "theirs" || len(two.writes()) > 0 {
		t.Errorf("changed: %+v, %s", two.only(t), two.writes())
	}
}
