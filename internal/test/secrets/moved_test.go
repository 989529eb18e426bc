package secrets

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// A move copies no secret from the state of another provider, whether or not the move succeeds. Only the backup of that state contains the
// secrets. The provider sends the configured secrets once.
func TestMove(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{FillDefaults: true})
	w.StandIn("devops-rob/terracurl")
	all := destinations(len(samples), 0)
	old := map[string]string{}
	oldSecret := func(name string) string {
		old[name] = valueOf(t.Name()+name, "token")
		return old[name]
	}
	var resources []map[string]any
	moves := ""
	add := func(name, id, url string) {
		auth, err := json.Marshal(map[string]any{"auth_config": map[string]any{"token": oldSecret(name + " sent")}})
		if err != nil {
			t.Fatal(err)
		}
		registry := "registry.terraform.io"
		if acctest.TestedCLI(t).Product == cli.OpenTofu {
			registry = "registry.opentofu.org"
		}
		resources = append(resources, map[string]any{
			"mode": "managed", "type": "terracurl_request", "name": name,
			"provider": fmt.Sprintf("provider[%q]", registry+"/devops-rob/terracurl"),
			"instances": []any{map[string]any{
				"schema_version": 1,
				"attributes": map[string]any{
					"id": oldSecret(name + " name"), "name": old[name+" name"], "url": url, "request_body": string(auth),
					"headers":  map[string]any{"Authorization": "Bearer " + oldSecret(name+" key")},
					"response": fmt.Sprintf(`{"id":%q,"echo":%q}`, id, oldSecret(name+" response")),
				},
				"private": base64.StdEncoding.EncodeToString([]byte(`{"secret":"` + oldSecret(name+" private") + `"}`)),
			}},
		})
		moves += fmt.Sprintf("\nmoved {\n  from = terracurl_request.%[1]s\n  to   = talonic_delivery_destination.%[1]s\n}\n", name)
	}
	writeState := func() {
		state, err := json.Marshal(map[string]any{
			"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "moved", "outputs": map[string]any{}, "resources": resources,
		})
		if err != nil {
			t.Fatal(err)
		}
		w.writeFile("terraform.tfstate", string(state))
	}

	// A token in the query of the old URL is a secret, too.
	collection := func() string { return "https://api.example.com/v1/delivery/destinations?token=" + oldSecret("query") }
	w.configure(all)
	w.give(all, "")
	w.mustRun("apply", "-auto-approve")
	for _, d := range w.api.Destinations() {
		add(d.Name, d.ID, collection())
	}
	w.plant(old)
	writeState()
	w.configure(all, moves)
	w.give(all, " moved")
	w.mustRun("plan", "-out="+planFile)
	w.mustRun("show", "-json", planFile)
	w.mustFail("plan", "-refresh=false")
	w.inputs = slices.DeleteFunc(w.inputs, func(name string) bool { return name == "terraform.tfstate" })
	w.mayBeIn = []string{secretscan.Backup}
	w.mustRun("apply", planFile)
	w.mustRun("plan", "-detailed-exitcode")
	for name := range old { // the other secrets were sent
		delete(w.secrets, name)
	}
	w.wereSent()

	// Diagnostics do not quote the state of an object that cannot be moved.
	w.plant(old)
	resources, moves = nil, ""
	for i, problem := range []string{"https://api.example.com/v1/delivery/bindings", "https://api.example.com/" + oldSecret("path"), "%" + oldSecret("url")} {
		add(fmt.Sprintf("x%d", i), "no UUID: "+oldSecret("id"), problem)
	}
	add("x3", "no UUID: "+old["id"], collection())
	old["a UUID that is a token"] = "5ec2e7aa-0b1c-4d2e-8f3a-9b8c7d6e5f4a"
	add("x4", "no UUID", "https://hooks.example.com/"+old["a UUID that is a token"])
	w.plant(old)
	writeState()
	for i := range resources {
		moves += fmt.Sprintf("\nresource \"talonic_delivery_destination\" \"x%d\" {\n  name = \"x\"\n  webhook {\n    url = \"https://a.example.com\"\n  }\n}\n", i)
	}
	w.configure(nil, moves)
	w.mustFail("plan")
	// Three errors have the same text, which Terraform 1.16 may print once.
	if told := strings.Count(w.last.Stderr, "Cannot move to delivery destination"); told < len(resources)-2 || told > len(resources) {
		t.Errorf("%d of %d moves were refused: %s", told, len(resources), w.last)
	}
	w.wasSeen(secretscan.State, secretscan.Plan, secretscan.PlanJSON, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}
