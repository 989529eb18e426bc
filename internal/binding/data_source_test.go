package binding_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Bindings that exist before the test.
const (
	approvedID  = "aaaaaaaa-1111-4111-8111-111111111111"
	extractedID = "aaaaaaaa-2222-4222-8222-222222222222"
	twinID      = "aaaaaaaa-3333-4333-8333-333333333333"
)

// populated starts an API with bindings that Terraform did not create.
func populated(t testing.TB, b emulator.Behavior) api {
	t.Helper()
	a := withDestinations(t, b)
	made := func(id string, from emulator.Binding, minutes int) {
		from.ID, from.CreatedAt = id, time.Date(2026, 8, 14, 9, 30+minutes, 0, 0, time.UTC)
		a.AddBinding(from)
	}
	made(approvedID, completeStored, 0)
	twin := minimalStored
	twin.DestinationID = bucketID
	made(extractedID, minimalStored, 1)
	made(twinID, twin, 2)
	return a
}

func TestLookUp(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	const byID, byName, bare = "data.talonic_delivery_binding.by_id", "data.talonic_delivery_binding.by_name", "data.talonic_delivery_binding.bare"
	var checks []statecheck.StateCheck
	for _, address := range []string{byID, byName} {
		for attribute, value := range map[string]knownvalue.Check{
			"id":                knownvalue.StringExact(approvedID),
			"name":              knownvalue.StringExact("approved"),
			"event_type":        knownvalue.StringExact("result.approved"),
			"match":             knownvalue.StringExact(`{"reviewed":true,"source_id":"3f0d"}`),
			"deliverable_type":  knownvalue.StringExact("pipeline.capture"),
			"destination_id":    knownvalue.StringExact(hookID),
			"serializer_format": knownvalue.StringExact("ndjson"),
			"serializer_config": knownvalue.StringExact(`{"gzip":true,"level":3}`),
			"resolver_config":   knownvalue.StringExact(`{"null_handling":"omit_absent"}`),
			"field_map": knownvalue.StringExact(`{"drop":["debug"],"rules":[{"source":"total","target":"amount"},{"source":"id","target":"document_id"}],` +
				`"static":{"origin":"talonic","tags":["a"]}}`),
			"delivery_policy": knownvalue.StringExact(`{"backoff_schedule":[1000,5000,20000],"max_attempts":5,"rate_limit":{"capacity":10,"ratePerSec":2.5},"timeout_ms":15000}`),
			"is_active":       knownvalue.Bool(false),
			"created_at":      knownvalue.StringExact("2026-08-14T09:30:00.000Z"),
		} {
			checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value))
		}
	}
	for _, attribute := range []string{"match", "serializer_config", "resolver_config", "field_map", "delivery_policy", "last_status"} {
		checks = append(checks, statecheck.ExpectKnownValue(bare, tfjsonpath.New(attribute), knownvalue.Null()))
	}
	acctest.CheckApplied(t, a.using(`
				data "talonic_delivery_binding" "by_id" {
					id = "`+approvedID+`"
				}
				data "talonic_delivery_binding" "by_name" {
					name = "approved"
				}
				data "talonic_delivery_binding" "bare" {
					id = "`+extractedID+`"
				}
			`), checks...)
}

// A failed lookup is an error on the argument, with the next step.
func TestLookUpFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		inject    emulator.FaultKind
		invalid   bool // rejected without a request
	}{
		"neither":        {invalid: true},
		"both":           {arguments: "id = \"a\"\n  name = \"b\"", invalid: true},
		"no such id":     {arguments: `id = "44444444-4444-4444-8444-444444444444"`},
		"no such name":   {arguments: `name = "elsewhere"`},
		"other case":     {arguments: `name = "Approved"`},
		"ambiguous name": {arguments: `name = "extracted"`},
		"id, forbidden":  {arguments: `id = "` + approvedID + `"`, inject: emulator.Forbidden},
		"name, no list":  {arguments: `name = "approved"`, inject: emulator.ServerError},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := populated(t, emulator.Behavior{})
			w := a.workspaceOf(t, "data \"talonic_delivery_binding\" \"test\" {\n  "+c.arguments+"\n}\n")
			if c.inject != "" {
				a.Inject(emulator.Fault{Kind: c.inject})
			}
			command := "plan"
			if c.invalid {
				command = "validate"
			}
			out := withoutVolatile(w.Normalize(w.MustFail(command).Stderr))
			acctest.Golden(t, "lookup/"+strings.NewReplacer(" ", "_", ",", "").Replace(name), out)
			if c.invalid && len(a.Requests()) > 0 {
				t.Errorf("%d requests", len(a.Requests()))
			}
		})
	}
}

func TestListing(t *testing.T) {
	t.Parallel()
	for name, behavior := range map[string]emulator.Behavior{"": {}, "pages": {ListPageSize: 2}, "bare": {ListBareArray: true, FillDefaults: true, FieldMapFlat: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := populated(t, behavior)
			config, checks := "", []statecheck.StateCheck{}
			for label, c := range map[string]struct {
				filters string
				want    []string
			}{
				"all":         {"", []string{approvedID, extractedID, twinID}},
				"destination": {`destination_id = "` + bucketID + `"`, []string{twinID}},
				"event":       {`event_type = "result.approved"`, []string{approvedID}},
				"prefix":      {`name_prefix = "extra"`, []string{extractedID, twinID}},
				"paused":      {`is_active = false`, []string{approvedID}},
				"none":        {"name_prefix = \"a\"\nis_active = true", nil},
			} {
				config += "data \"talonic_delivery_bindings\" \"" + label + "\" {\n" + c.filters + "\n}\n"
				config += "output \"" + label + "\" {\n value = data.talonic_delivery_bindings." + label + ".bindings[*].id\n}\n"
				ids := []knownvalue.Check{}
				for _, id := range c.want {
					ids = append(ids, knownvalue.StringExact(id))
				}
				checks = append(checks, statecheck.ExpectKnownOutputValue(label, knownvalue.ListExact(ids)))
			}
			acctest.CheckApplied(t, a.using(config), checks...)
		})
	}
}

func TestListingFails(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	a.SetAPIKeys("another")
	acctest.CheckRefused(t, a.using(`data "talonic_delivery_bindings" "all" {}`), `Cannot list the delivery bindings.*401 Unauthorized.*request ID.*TALONIC_API_KEY`)
}

// since skips the test unless the CLI is Terraform of at least that version.
func since(t *testing.T, minimum string) {
	t.Helper()
	if tested := acctest.TestedCLI(t); tested.Product != cli.Terraform || tested.Version.LessThan(version.Must(version.NewVersion(minimum))) {
		t.Skipf("%s does not have it", tested)
	}
}

// Import blocks import existing bindings by ID and by name, with the configuration that the CLI generates.
func TestAdopt(t *testing.T) {
	t.Parallel()
	for name, behavior := range map[string]emulator.Behavior{"": {}, "fills in": {FillDefaults: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := populated(t, behavior)
			before := a.Bindings()
			w := a.workspaceOf(t, "")
			const imports = `
import {
  provider = talonic
  to       = talonic_delivery_binding.by_name
  id       = "approved"
}

import {
  provider = talonic
  to       = talonic_delivery_binding.by_id
  id       = "` + extractedID + `"
}
`
			w.Write("import.tf", imports)
			w.MustRun("plan", "-generate-config-out=generated.tf")
			w.Write("import.tf", strings.ReplaceAll(imports, "  provider = talonic\n", ""))
			a.adopted(t, w, "2 imported, 0 added, 0 changed, 0 destroyed", before)
		})
	}
}

func (a api) adopted(t *testing.T, w *acctest.Workspace, want string, before []emulator.Binding) {
	t.Helper()
	if out := w.Apply().Output(); !strings.Contains(out, want) {
		t.Errorf("the apply does not end with %q:\n%s", want, out)
	}
	w.PlanEmpty()
	if diff := cmp.Diff(before, a.Bindings()); diff != "" {
		t.Errorf("at the API (-before +after):\n%s", diff)
	}
	if writes := a.writes(); len(writes) > 0 {
		t.Errorf("writes: %s", writes)
	}
}

func TestAdoptByQuery(t *testing.T) {
	t.Parallel()
	since(t, "1.14")
	a := populated(t, emulator.Behavior{FillDefaults: true})
	before := a.Bindings()
	w := a.workspaceOf(t, "")
	w.Write("all.tfquery.hcl", "list \"talonic_delivery_binding\" \"all\" {\n  provider = talonic\n}\n")
	w.MustRun("query", "-generate-config-out=generated.tf")
	a.adopted(t, w, "3 imported, 0 added, 0 changed, 0 destroyed", before)
}

func TestQueryFilters(t *testing.T) {
	t.Parallel()
	since(t, "1.14")
	a := populated(t, emulator.Behavior{})
	for arguments, want := range map[string]int{
		"": 3,
		"config {\n destination_id = \"" + bucketID + "\"\n}": 1,
		"config {\n event_type = \"document.extracted\"\n}":   2,
		"config {\n name_prefix = \"app\"\n}":                 1,
		"config {\n is_active = true\n}":                      2,
		"limit = 1":                                           1,
	} {
		w := a.workspaceOf(t, "")
		w.Write("all.tfquery.hcl", "list \"talonic_delivery_binding\" \"all\" {\n  provider = talonic\n"+arguments+"\n}\n")
		out := w.MustRun("query").Output()
		if got := strings.Count(out, "list.talonic_delivery_binding.all"); got != want {
			t.Errorf("%s: %d bindings, not %d:\n%s", arguments, got, want, out)
		}
	}
}

func TestImportByNameFails(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	w := a.workspace(t, minimal)
	for given, want := range map[string][]string{
		"extracted": {`Delivery binding "extracted": `, "terraform import <address> " + extractedID,
			"terraform import <address> " + twinID, "document.extracted to " + bucketID},
		"Approved":                             {`Delivery binding "Approved": `, `Did you mean "approved"?`},
		"unheard":                              {`Delivery binding "unheard": `, "3 bindings"},
		"99999999-9999-4999-8999-999999999999": {"Cannot import delivery binding", "Check the ID"},
	} {
		out := unwrapped(w.MustFail("import", address, given).Output())
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("%s: not in the output: %s\n%s", given, text, out)
			}
		}
	}
}
