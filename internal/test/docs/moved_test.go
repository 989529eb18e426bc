package docs_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// hooks lists the instance keys of a resource with for_each.
var hooks = []string{"audit", "bank", "claims", "invoices", "ledger", "orders", "payroll", "returns", "stock"}

// TestMovedBlocks follows the section about moved blocks with ten destinations of restapi_object. Each destination is updated at most once,
// and none is destroyed.
func TestMovedBlocks(t *testing.T) {
	t.Parallel()
	guide := readMovingGuide(t)
	api := emulator.New(emulator.Behavior{FillDefaults: true, RefuseUnknownKeys: true})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	w := acctest.NewWorkspace(t, nil)
	w.StandIn("mastercard/restapi")
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	for name, value := range newSecrets {
		w.Setenv("TF_VAR_"+name, value)
	}
	create := func(name, url string) string {
		config, auth := map[string]any{"url": url}, map[string]any{"type": "bearer", "token": oldSecrets["token"], "signing_secret": oldSecrets["signing_secret"]}
		if name == "Production Webhook" {
			config["headers"] = map[string]any{"X-Source": "talonic"}
		}
		body, err := json.Marshal(map[string]any{"name": name, "type": "webhook", "config": config, "auth_config": auth})
		if err != nil {
			t.Fatal(err)
		}
		return post(t, server.URL, string(body))
	}
	ids := map[string]string{"": create("Production Webhook", "https://erp.example.com/hooks/talonic")}
	for _, key := range hooks { // with names that differ from the configuration
		ids[key] = create("Hook "+key, "https://"+key+".example.com/talonic")
	}
	w.Write("terraform.tfstate", restapiState(t, ids))
	w.Write("moved.tf", guide.files["moved.tf"])
	w.Write("for_each.tf", strings.Replace(guide.files["for_each.tf"], `["orders", "invoices"]`, `["`+strings.Join(hooks, `", "`)+`"]`, 1))
	api.ResetRequests()

	var plans []string
	for _, args := range guide.moves {
		switch args[0] {
		case "init": // would look for releases in a registry
		case "apply":
			w.MustRun(append(args, "-auto-approve")...)
		case "plan":
			plans = append(plans, w.MustRun(args...).Stdout)
		default:
			t.Errorf("the guide has the reader run %q, which is not tried", args)
		}
	}
	want := "Plan: " + strings.Replace(guide.movedPlan, "1 to change", "10 to change", 1)
	if len(plans) != 2 || !strings.Contains(plans[0], want) || !strings.Contains(plans[0], guide.movedQuote) {
		t.Errorf("the guide has the reader plan twice, and expect %q and %q at first:\n%s", want, guide.movedQuote, strings.Join(plans, "\n"))
	}
	w.PlanEmpty()
	writes := map[string]int{}
	for _, r := range api.Requests() {
		if r.Method != http.MethodGet {
			writes[r.Method+" "+strings.TrimPrefix(r.Path, "/v1/delivery/destinations/")]++
		}
	}
	for _, id := range ids {
		if writes["PUT "+id] != 1 {
			t.Errorf("%s is updated %d times", id, writes["PUT "+id])
		}
	}
	if len(writes) != len(ids) || len(api.Destinations()) != len(ids) {
		t.Errorf("%d destinations are left, after %v", len(api.Destinations()), writes)
	}
	if got, _ := api.Stored(ids[""]); got.AuthConfig["token"] != newSecrets["token"] || got.SigningSecret != newSecrets["signing_secret"] {
		t.Errorf("the API does not have the new credentials: %v", got)
	}
	for _, secrets := range []map[string]string{oldSecrets, newSecrets} {
		for name, value := range secrets {
			if bytes.Contains(w.State(), []byte(value)) {
				t.Errorf("the state has a %s", name)
			}
		}
	}

	// The configuration no longer has the moved blocks and the old provider.
	w.StandIn()
	for _, name := range []string{"moved.tf", "for_each.tf"} {
		content, err := os.ReadFile(filepath.Join(w.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		w.Write(name, string(content[:bytes.Index(content, []byte("moved {"))])+string(content[bytes.Index(content, []byte("resource ")):]))
	}
	w.PlanEmpty()
}

// restapiState returns a state with a restapi_object for each ID: erp, and hooks with the remaining keys. Their attributes are those of the
// recorded object.
func restapiState(t *testing.T, ids map[string]string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "internal/test/moved/testdata/current/terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Type, Name string
			Instances  []struct{ Attributes map[string]any }
		}
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		t.Fatal(err)
	}
	var recorded map[string]any
	for _, r := range state.Resources {
		if r.Type == "restapi_object" && r.Name == "destination" {
			recorded = r.Instances[0].Attributes
		}
	}
	registry := "registry.terraform.io"
	if acctest.TestedCLI(t).Product == cli.OpenTofu {
		registry = "registry.opentofu.org"
	}
	resource := func(name string, instances []any) map[string]any {
		return map[string]any{
			"mode": "managed", "type": "restapi_object", "name": name, "instances": instances,
			"provider": fmt.Sprintf("provider[%q]", registry+"/mastercard/restapi"),
		}
	}
	instance := func(key string) map[string]any {
		attributes := maps.Clone(recorded)
		attributes["id"] = ids[key]
		attributes["data"] = fmt.Sprintf(`{"auth_config":{"type":"bearer","token":%q,"signing_secret":%q}}`, oldSecrets["token"], oldSecrets["signing_secret"])
		one := map[string]any{"schema_version": 0, "attributes": attributes, "sensitive_attributes": []any{}}
		if key != "" {
			one["index_key"] = key
		}
		return one
	}
	var many []any
	for _, key := range slices.Sorted(maps.Keys(ids)) {
		if key != "" {
			many = append(many, instance(key))
		}
	}
	content, err := json.Marshal(map[string]any{
		"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "6b1c7e1c-7a7a-4f0e-9a55-0d6a3c2be901", "outputs": map[string]any{},
		"resources": []any{resource("erp", []any{instance("")}), resource("hooks", many)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
