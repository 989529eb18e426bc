package binding_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Whatever the API's undocumented behavior is, the plan after an apply is empty, and there are no further writes.
func TestDoubtfulBehavior(t *testing.T) {
	t.Parallel()
	partial := strings.ReplaceAll(minimal, "  signal_filter {", `  serializer_config = jsonencode({})
  resolver_config   = jsonencode({})

  field_map {
    static = jsonencode({ origin = "talonic" })
  }

  delivery_policy {
    max_attempts = 3
  }

  signal_filter {
    match = jsonencode({})
`)
	empty := minimal + "\n  field_map {}\n\n  delivery_policy {}\n"
	for name, c := range map[string]struct {
		behavior  emulator.Behavior
		arguments string
		writes    []string // requests of the create
		edited    []string // requests of an update of the name; empty: one
	}{
		"as documented":             {emulator.Behavior{}, complete, []string{"POST 201", "PUT 200"}, nil},
		"fills in defaults":         {emulator.Behavior{FillDefaults: true}, minimal, nil, nil},
		"fills in more":             {emulator.Behavior{FillDefaults: true}, partial, nil, nil},
		"fills in around":           {emulator.Behavior{FillDefaults: true}, complete, []string{"POST 201", "PUT 200"}, nil},
		"parts":                     {emulator.Behavior{}, partial, nil, nil},
		"empty blocks":              {emulator.Behavior{}, empty, nil, nil},
		"empty blocks, flat":        {emulator.Behavior{FieldMapFlat: true}, empty, nil, nil},
		"flat":                      {emulator.Behavior{FieldMapFlat: true}, complete, []string{"POST 201", "PUT 200"}, nil},
		"flat without rules":        {emulator.Behavior{FieldMapFlat: true}, partial, nil, nil},
		"refuses unknown keys":      {emulator.Behavior{RefuseUnknownKeys: true}, complete, []string{"POST 201", "PUT 200"}, nil},
		"paused by the create":      {emulator.Behavior{AcceptActiveOnCreate: true}, complete, nil, nil},
		"no bodies":                 {emulator.Behavior{UpdateWithoutBody: true, DeleteWithoutBody: true}, complete, []string{"POST 201", "PUT 204"}, []string{"PUT 204"}},
		"bare lists, customer id":   {emulator.Behavior{ListBareArray: true, IncludeCustomerID: true}, complete, []string{"POST 201", "PUT 200"}, nil},
		"null is nothing":           {emulator.Behavior{IgnoreNull: true}, partial, nil, nil},
		"everything at once":        {emulator.Behavior{FillDefaults: true, FieldMapFlat: true, ListBareArray: true, AcceptActiveOnCreate: true, RefuseUnknownKeys: true}, complete, nil, nil},
		"wrapped catalogs":          {emulator.Behavior{Catalog: emulator.CatalogWrapped}, minimal, nil, nil},
		"bare catalogs":             {emulator.Behavior{Catalog: emulator.CatalogBareArray}, minimal, nil, nil},
		"catalogs by type":          {emulator.Behavior{Catalog: emulator.CatalogByType}, minimal, nil, nil},
		"catalogs by type, in data": {emulator.Behavior{Catalog: emulator.CatalogByTypeUnderData}, minimal, nil, nil},
		"catalogs with names":       {emulator.Behavior{Catalog: emulator.CatalogNamed}, minimal, nil, nil},
		"catalogs of names":         {emulator.Behavior{Catalog: emulator.CatalogNames}, minimal, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withDestinations(t, c.behavior)
			w := a.workspace(t, c.arguments)
			w.Apply()
			expect := func(what string, want []string, otherwise string) {
				t.Helper()
				if want == nil {
					want = []string{otherwise}
				}
				if diff := cmp.Diff(want, a.writes()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
			}
			expect("create", c.writes, "POST 201")
			a.ResetRequests()
			renamed := strings.NewReplacer(`"extracted"`, `"renamed"`, `"approved"`, `"renamed"`).Replace(c.arguments)
			w.Write("main.tf", a.configuration(renamed))
			w.Apply()
			w.PlanEmpty()
			expect("update", c.edited, "PUT 200")
			onlyTheNameIsSent(t, a)
			if b := a.only(t); b.Name != "renamed" || b.IsActive == strings.Contains(c.arguments, "false") {
				t.Errorf("at the API: %+v", b)
			}
			if c.behavior.DeleteWithoutBody || cmp.Equal(c.behavior, emulator.Behavior{}) {
				w.Destroy()
				if left := a.Bindings(); len(left) > 0 {
					t.Errorf("left at the API: %+v", left)
				}
			}
		})
	}
}

// onlyTheNameIsSent checks that an update of the name sends nothing that the API merely shows in another form.
func onlyTheNameIsSent(t *testing.T, a api) {
	t.Helper()
	for _, r := range a.Requests() {
		var body map[string]any
		if r.Method != http.MethodPut {
			continue
		}
		if err := json.Unmarshal(r.Body, &body); err != nil {
			t.Fatal(err)
		}
		delete(body, "is_active") // part of every update
		if diff := cmp.Diff(map[string]any{"name": "renamed"}, body); diff != "" {
			t.Errorf("the update (-want +got):\n%s", diff)
		}
	}
}

// The flat form of field_map cannot show static and drop, so they may have changed unseen. Drift of the rest is detected.
func TestDriftOfFlatRules(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{FieldMapFlat: true})
	w := a.workspace(t, complete)
	w.Apply()
	a.edit(t, func(b *emulator.Binding) {
		b.FieldMap["rules"] = []any{map[string]any{"source": "total", "target": "sum"}}
	})
	w.Plan()
	w.Apply()
	w.PlanEmpty()
	if diff := cmp.Diff(completeStored, stored(a.only(t))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// An import does not take defaults that the API fills in, because generated configuration would contain them.
func TestImportOfDefaults(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{FillDefaults: true})
	w := a.workspace(t, minimal)
	w.Apply()
	w.PlanEmpty()
	for _, id := range []string{a.only(t).ID, "extracted"} {
		a.importsAs(t, minimal, id, stateOf(t, w))
	}
}

// If the API does not store what was sent, the error states exactly what differs, and the next plan shows it again.
func TestDisobedientAPI(t *testing.T) {
	t.Parallel()
	without := func(text string, blocks ...string) string {
		for _, block := range blocks {
			text = strings.Replace(text, block, "", 1)
		}
		return text
	}
	policy := complete[strings.Index(complete, "  delivery_policy {"):]
	for name, c := range map[string]struct {
		after string
		want  []string
	}{
		"keeps the policy":   {without(complete, policy), []string{"delivery_policy.max_attempts was removed, but the API still has 5", "delivery_policy.rate_limit.capacity was removed"}},
		"keeps the config":   {without(complete, `serializer_config = jsonencode({ gzip = true, level = 3 })`), []string{"serializer_config.gzip was removed, but the API still has it"}},
		"keeps the resolver": {without(complete, `resolver_config   = jsonencode({ null_handling = "omit_absent" })`), []string{`resolver_config.null_handling was removed, but the API still has it`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withDestinations(t, emulator.Behavior{IgnoreNull: true})
			w := a.workspace(t, complete)
			w.Apply()
			w.Write("main.tf", a.configuration(c.after))
			out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
			for _, want := range append(c.want, `The API did not store a delivery binding as configured`) {
				if !strings.Contains(out, want) {
					t.Errorf("the error does not say %q:\n%s", want, out)
				}
			}
			w.Plan()
		})
	}
}

// After an import, the provider cannot tell whether a remaining value is the API's default. One warning states that.
func TestDefaultsThatStayAfterImport(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{IgnoreNull: true})
	id := a.AddBinding(completeStored)
	minimalOf := strings.NewReplacer(`"extracted"`, `"approved"`, `"document.extracted"`, `"result.approved"`, `"json"`, `"ndjson"`).Replace(minimal)
	minimalOf = strings.Replace(minimalOf, "  }", "    match      = jsonencode({ source_id = \"3f0d\", reviewed = true })\n  }", 1)
	w := a.workspace(t, minimalOf)
	w.MustRun("import", address, id)
	if out := unwrapped(w.Apply().Output()); !strings.Contains(out, `Imported value of delivery binding is kept`) {
		t.Errorf("it is not said:\n%s", out)
	}
	w.PlanEmpty()
}

// A refusal of the API is on the argument that it names, in every form of error response.
func TestRefusalsAreOnTheArgument(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		old, new string
		line     string
	}{
		"match":      {`source_id = "3f0d"`, `source_id = ["3f0d"]`, `match = jsonencode`},
		"serializer": {`"ndjson"`, `"graph"`, `serializer_format = "graph"`},
		"event":      {`"result.approved"`, `"result.flagged"`, `event_type = "result.flagged"`},
		"resolver":   {`"omit_absent"`, `"whatever"`, `resolver_config = jsonencode`},
		"type":       {`"pipeline.capture"`, `"pipeline.cupture"`, `deliverable_type = "pipeline.cupture"`},
		"sparse":     {`"ndjson"`, `"csv"`, `resolver_config = jsonencode`},
		"nowhere":    {hookID, "99999999-9999-4999-8999-999999999999", `destination_id = "9999`},
	} {
		for i, form := range []emulator.ErrorForm{emulator.ErrorFlat, emulator.ErrorFlatList, emulator.ErrorNested, emulator.ErrorResults, emulator.ErrorDraft} {
			if i > 0 && name != "match" {
				continue // one form is enough
			}
			t.Run(fmt.Sprint(name, " ", i), func(t *testing.T) {
				t.Parallel()
				a := withDestinations(t, emulator.Behavior{Errors: form})
				w := a.workspace(t, strings.Replace(complete, c.old, c.new, 1))
				w.Write("main.tf", strings.Replace(a.configuration(strings.Replace(complete, c.old, c.new, 1)), "max_retries =", "validate_with_catalog = false\n  max_retries =", 1))
				out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
				for _, want := range []string{`Cannot create delivery binding`, ": " + c.line, "400 Bad Request", "request ID req_", "Correct the configuration"} {
					if form != emulator.ErrorFlat && strings.HasPrefix(want, "request ID") {
						continue // the client's tests cover the other places
					}
					if !strings.Contains(out, want) {
						t.Errorf("%q is not in:\n%s", want, out)
					}
				}
			})
		}
	}
}

// For an error response without a body, or with an HTML page, the diagnostic names the binding and the next step.
func TestRefusalsWithoutWords(t *testing.T) {
	t.Parallel()
	for _, form := range []emulator.ErrorForm{emulator.ErrorHTML, emulator.ErrorEmpty} {
		a := withDestinations(t, emulator.Behavior{Errors: form})
		w := a.workspace(t, strings.Replace(complete, `source_id = "3f0d"`, `source_id = ["3f0d"]`, 1))
		out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
		for _, want := range []string{`Cannot create delivery binding`, "400 Bad Request", "Correct the configuration"} {
			if !strings.Contains(out, want) {
				t.Errorf("%v: %q is not in:\n%s", form, want, out)
			}
		}
	}
}

// The provider sends field_map in the SDK's form, whatever form the API shows.
func TestFormThatIsWritten(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{FieldMapFlat: true})
	w := a.workspace(t, complete)
	w.Apply()
	for _, r := range a.Requests() {
		var body struct {
			FieldMap map[string]any `json:"field_map"`
		}
		if r.Method == "POST" && (json.Unmarshal(r.Body, &body) != nil || body.FieldMap["rules"] == nil) {
			t.Errorf("sent: %s", r.Body)
		}
	}
}
