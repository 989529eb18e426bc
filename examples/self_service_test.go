package examples_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// selfService has tests of its own: TestComplete knows no YAML.
const selfService = "self_service"

// secretsGiven are those that destinations.yaml names.
const secretsGiven = `{"erp_signing_secret":"value-of-erp-signing","erp_token":"value-of-erp-token",` +
	`"bank_private_key":"-----BEGIN OPENSSH PRIVATE KEY-----\nZXhhbXBsZQ==\n-----END OPENSSH PRIVATE KEY-----\n",` +
	`"archive_secret_access_key":"value-of-archive-key"}`

// newSelfService is a copy of the example, and the API that it talks to.
func newSelfService(t *testing.T) (*acctest.Workspace, *emulator.Emulator, string) {
	t.Helper()
	api := emulator.New(emulator.Behavior{})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	w := acctest.NewWorkspace(t, nil)
	w.CopyDir(selfService)
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	w.Setenv("TF_VAR_secrets", secretsGiven)
	return w, api, server.URL
}

// edit replaces text in a file of the workspace.
func edit(t *testing.T, w *acctest.Workspace, name string, oldnew ...string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(string(content), oldnew[i]) {
			t.Fatalf("%s has no %q", name, oldnew[i])
		}
	}
	w.Write(name, strings.NewReplacer(oldnew...).Replace(string(content)))
}

// TestSelfServiceTests runs the tests that the example brings along, those with mocks without any API.
func TestSelfServiceTests(t *testing.T) {
	t.Parallel()
	w, api, url := newSelfService(t)
	w.Setenv("TF_VAR_secrets", "{}")
	w.Setenv("TALONIC_BASE_URL", "http://127.0.0.1:9")
	edit(t, w, "tests/emulator.tftest.hcl", "http://127.0.0.1:8787", url)

	w.MustRun("test", "-filter=tests/mocks.tftest.hcl")
	if n := len(api.Requests()); n > 0 {
		t.Errorf("mocks sent %d requests", n)
	}
	w.MustRun("test", "-filter=tests/emulator.tftest.hcl")
	if len(api.Requests()) == 0 || len(api.Destinations()) > 0 {
		t.Errorf("%d requests, left: %+v", len(api.Requests()), api.Destinations())
	}
}

// TestSelfServiceRename renames keys as moved.tf has it, and disables a destination as the API does.
func TestSelfServiceRename(t *testing.T) {
	t.Parallel()
	w, api, _ := newSelfService(t)
	moved, err := os.ReadFile(filepath.Join(selfService, "moved.tf"))
	if err != nil {
		t.Fatal(err)
	}
	w.Write("moved.tf", "")
	edit(t, w, "destinations.yaml", "  erp:\n", "  intake:\n", "  erp_approved:\n", "  intake:\n", "destination: erp\n", "destination: intake\n")
	w.Apply()
	for _, secret := range []string{"value-of-erp-signing", "value-of-erp-token", "ZXhhbXBsZQ==", "value-of-archive-key"} {
		if bytes.Contains(w.State(), []byte(secret)) || requestsWith(api, secret) != 1 {
			t.Errorf("%q is in the state, or was not sent once", secret)
		}
	}

	w.Write("moved.tf", string(moved))
	edit(t, w, "destinations.yaml", "  intake:\n    name: ERP", "  erp:\n    name: ERP", "  intake:\n    name: Approved", "  erp_approved:\n    name: Approved",
		"destination: intake\n", "destination: erp\n")
	api.ResetRequests()
	if output := w.Apply().Stdout; !strings.Contains(output, "0 added, 0 changed, 0 destroyed") || strings.Count(output, "has moved to") != 2 {
		t.Errorf("a renamed key changes something:\n%s", output)
	}

	api.Edit(api.Destinations()[0].ID, func(d *emulator.Destination) { d.IsActive, d.AutoDisabled = false, true })
	name := api.Destinations()[0].Name
	key := map[string]string{"ERP intake": "erp", "Bank statements": "bank", "Archive of results": "archive"}[name]
	if output := w.Normalize(w.MustRun("plan").Output()); !strings.Contains(output, `Disabled destinations without "is_active: false" in the file: `+key+".") {
		t.Errorf("it does not warn of %s:\n%s", name, output)
	}
	edit(t, w, "destinations.yaml", "    name: "+name+"\n", "    name: "+name+"\n    is_active: false\n")
	if output := w.MustRun("plan").Output(); strings.Contains(output, "Disabled destinations without") {
		t.Errorf("it warns of one that the file pauses:\n%s", output)
	}
}

// TestSelfServicePlaceholders plans as the job for pull requests does, and applies that plan with the secrets in another job.
func TestSelfServicePlaceholders(t *testing.T) {
	t.Parallel()
	w, api, _ := newSelfService(t)
	w.Setenv("TF_VAR_secrets", "{}")
	if output := w.MustFail("plan").Output(); strings.Count(output, "Error:") != 1 || !strings.Contains(output, "No secrets were given, although destinations.yaml names some.") {
		t.Errorf("without secrets:\n%s", output)
	}

	w.Setenv("TF_VAR_placeholders", "true")
	for _, file := range []string{"tests/every_connector.yaml", "destinations.yaml"} {
		output := w.Normalize(w.MustRun("plan", "-out=tfplan", "-var", "file="+file).Output())
		if strings.Contains(strings.ReplaceAll(output, "Warning: Check block assertion known after apply", ""), "Warning:") {
			t.Errorf("%s: the plan warns:\n%s", file, output)
		}
	}
	for _, args := range [][]string{{"apply", "tfplan"}, {"apply", "-auto-approve"}} {
		if output := w.MustFail(args...).Output(); !strings.Contains(output, "Plans with placeholders cannot be applied") {
			t.Errorf("%v:\n%s", args, output)
		}
	}
	if n := len(api.Destinations()); n > 0 {
		t.Fatalf("%d destinations were made with placeholders", n)
	}

	w.MustRun("plan", "-out=tfplan") // The applies that failed have written a state.
	w.Setenv("TF_VAR_placeholders", "false")
	w.Setenv("TF_VAR_secrets", secretsGiven)
	w.MustRun("apply", "tfplan")
	if requestsWith(api, "value-of-erp-token") != 1 || requestsWith(api, "placeholder") != 0 {
		t.Error("the token was not sent, or a placeholder was")
	}
}

// TestSelfServiceMistakes has a person make every kind of mistake. No message repeats a value.
func TestSelfServiceMistakes(t *testing.T) {
	t.Parallel()
	const (
		hook = "destinations:\n  erp:\n    name: ERP\n    webhook:\n      url: https://erp.example.com\n"
		to   = "    deliverable_type: pipeline.capture\n    serializer_format: json\n"
	)
	w, api, _ := newSelfService(t)
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"not YAML":    {"destinations:\n  erp:\n    name: ERP\n   webhook: {}\n", []string{"did not find expected key"}},
		"a text":      {"destinations\n", []string{`The file must have "destinations:"`}},
		"a list":      {"destinations:\n  - name: ERP\n", []string{`The file must have "destinations:"`}},
		"no entries":  {"bindings: {}\n", []string{`The file must have "destinations:"`}},
		"another key": {hook + "destination: {}\n", []string{`The file must have "destinations:"`}},
		"twice":       {hook + "destinations:\n  b: {}\n", []string{`The file must have "destinations:"`}},
		"entries": {
			"destinations:\n  erp:\n  bank: SFTP\n  a:\n    webhok: {}\n  b:\n    sftp:\n      host: x\n      username: x\n      remote_path: /\n    s3: {}\n",
			[]string{
				`the destination "erp" in`, "- The entry must have keys, indented below it.",
				`the destination "bank" in`,
				`the destination "a" in`, `- Unknown key "webhok". Allowed: azure_blob, credentials_version, custom,`, `- Missing key "name".`,
				"- The entry must have exactly one of: azure_blob, custom, google_drive, onedrive, s3, sftp, webhook.",
				`the destination "b" in`, `- Missing key "s3.bucket".`, `- Missing key "s3.auth_access_key".`,
			},
		},
		"kinds": {
			"destinations:\n  erp:\n    name: [ERP]\n    is_active: sometimes\n    payload_cap_bytes: much\n    webhook:\n      url:\n      headers: [X]\n" +
				"      signing_secret_from: Do-Not-Show\n      auth_bearer:\n        token: DoNotShow\n      additional_config: text\n",
			[]string{
				`- "name" must be a text.`, `- "is_active" must be true or false.`, `- "payload_cap_bytes" must be a number.`,
				`- "webhook.url" must be a text.`, `- "webhook.headers" must have keys with a text each, indented below it.`,
				`- "webhook.signing_secret_from" must be the name of a secret (small letters, digits and _), not the secret itself.`,
				`- Unknown key "webhook.auth_bearer.token". Allowed: token_from.`, `- Missing key "webhook.auth_bearer.token_from".`,
				`- "webhook.additional_config" must have keys, indented below it.`,
			},
		},
		"two URLs and none": {hook + "      url_from: erp_url\n  two:\n    name: Two\n    webhook:\n      headers: {}\n", []string{
			`the destination "erp" in`, `the destination "two" in`, `- "webhook" must have exactly one of: url, url_from.`,
		}},
		"same name": {hook + "  two:\n    name: ERP\n    onedrive: {}\n", []string{
			`the destination "erp" in`, `the destination "two" in`, "- Another destination has the same name.",
		}},
		"same key": {hook + "  erp:\n    name: Two\n    onedrive: {}\nbindings:\n  x:\n", []string{`the destination "erp" in`, "- The key of the entry occurs twice."}},
		"secret not given": {hook + "      signing_secret_from: do_not_show\n", []string{
			`The destination "erp" in destinations.yaml names a secret that is not set. Please compare the names in webhook.signing_secret_from with`,
		}},
		"bindings": {
			hook + "bindings:\n  a:\n    name: A\n    destination: nobody\n    signal_filter: result.approved\n" + to +
				"  b:\n    name: B\n    destination: erp\n    signal_filter: {}\n    field_map:\n      rules:\n        - sorce: x\n          target: y\n      drop: x\n" + to +
				"  c:\n    name: C\n    signal_filter:\n      event_type: result.approved\n    field_map:\n      rules: {}\n" +
				"    delivery_policy:\n      backoff_schedule: [soon]\n      rate_limit:\n        rate_per_sec: 1\n" + to +
				"  d:\n    destination:\n  e:\n    name: [E]\n    destination: [erp]\n",
			[]string{
				`the binding "a" in`, `- There is no destination "nobody".`, `- "signal_filter" must have keys, indented below it.`,
				`the binding "b" in`, `- Missing key "signal_filter.event_type".`, `- Unknown key "field_map.rules.sorce". Allowed: source, target.`,
				`- Missing key "field_map.rules.source".`, `- "field_map.drop" must be a list of texts.`,
				`the binding "c" in`, `- Missing key "destination".`, `- "destination" must be a text.`, `- "field_map.rules" must be a list whose entries have keys.`,
				`- "delivery_policy.backoff_schedule" must be a list of numbers.`, `- Missing key "delivery_policy.rate_limit.capacity".`,
			},
		},
	} {
		w.Write("destinations.yaml", c.file)
		printed := strings.Join(strings.Fields(w.MustFail("plan").Output()), " ")
		for _, want := range c.want {
			if !strings.Contains(printed, want) {
				t.Errorf("%s: it does not say %q:\n%s", name, want, printed)
			}
		}
		for _, value := range []string{"do_not_show", "DoNotShow", "Do-Not-Show"} {
			if strings.Contains(printed, value) {
				t.Errorf("%s: it shows %s:\n%s", name, value, printed)
			}
		}
	}
	for _, r := range api.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
}

// TestSelfServiceKeys compares the keys of the file with the arguments of the resources.
func TestSelfServiceKeys(t *testing.T) {
	t.Parallel()
	w, _, _ := newSelfService(t)
	w.Write("destinations.yaml", "destinations: {}\n")
	w.Write("keys.tf", `output "keys" { value = local.keys }`)
	w.Apply()
	var got map[string]map[string]string
	if err := json.Unmarshal([]byte(w.MustRun("output", "-json", "keys").Stdout), &got); err != nil {
		t.Fatal(err)
	}
	var schemas struct {
		Providers map[string]struct {
			Resources map[string]struct{ Block block } `json:"resource_schemas"`
		} `json:"provider_schemas"`
	}
	if err := json.Unmarshal([]byte(w.MustRun("providers", "schema", "-json").Stdout), &schemas); err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]string{}
	for _, provider := range schemas.Providers {
		for _, kind := range []string{"destination", "binding"} {
			if r, ok := provider.Resources["talonic_delivery_"+kind]; ok {
				r.Block.keys(kind, want)
			}
		}
	}
	for at, keys := range want {
		for key, kind := range keys {
			of := strings.TrimSuffix(got[at][key], "!")
			required := strings.HasSuffix(kind, "!") && !strings.HasSuffix(got[at][key], "!")
			if !slices.Contains(strings.Split(strings.TrimSuffix(kind, "!"), " or "), of) || required {
				t.Errorf("%s.%s is %q in validation.tf, not %s", at, key, got[at][key], kind)
			}
		}
	}
	for at, keys := range got {
		for key := range keys {
			if want[at][key] == "" {
				t.Errorf("%s.%s is no argument", at, key)
			}
		}
	}
}

// block is a block of a schema.
type block struct {
	Attributes map[string]struct {
		Type      any
		Required  bool
		Optional  bool
		WriteOnly bool `json:"write_only"`
	}
	BlockTypes map[string]struct{ Block block } `json:"block_types"`
}

// keys notes what validation.tf must have for the arguments of a block.
func (b block) keys(at string, noted map[string]map[string]string) {
	renamed := map[string]string{"credentials_wo_version": "credentials_version", "destination_id": "destination", "rule": "rules"}
	kinds := map[string]string{
		`"string"`: "text or part", `"number"`: "number", `"bool"`: "flag", `["list","string"]`: "texts", `["list","number"]`: "numbers",
		`["map","string"]`: "texts by key",
	}
	noted[at] = map[string]string{}
	for name, a := range b.Attributes {
		if !a.Required && !a.Optional {
			continue
		}
		form, _ := json.Marshal(a.Type)
		key, kind := name, kinds[string(form)]
		if other, ok := renamed[name]; ok {
			key = other
		}
		if a.WriteOnly {
			key, kind = strings.TrimSuffix(name, "_wo")+"_from", "secret"
		}
		if a.Required {
			kind += "!"
		}
		noted[at][key] = kind
	}
	for _, name := range slices.Sorted(maps.Keys(b.BlockTypes)) {
		key := name
		if other, ok := renamed[name]; ok {
			key = other
		}
		noted[at][key] = "part or parts"
		nested := b.BlockTypes[name].Block
		nested.keys(at+"."+key, noted)
	}
}
