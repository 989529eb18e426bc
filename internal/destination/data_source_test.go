package destination_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// looking returns a configuration that uses the API.
func (a api) looking(hcl string) string {
	return fmt.Sprintf("provider \"talonic\" {\n  base_url    = %q\n  api_key     = %q\n  max_retries = 0\n}\n\n%s", a.url, emulator.DefaultAPIKey, hcl)
}

// lookingWorkspace returns a workspace of the real CLI with such a configuration.
func (a api) lookingWorkspace(t testing.TB, hcl string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider})
	w.Write("main.tf", a.looking(hcl))
	return w
}

// IDs of destinations that Terraform does not manage.
const (
	hookID   = "11111111-1111-4111-8111-111111111111"
	bucketID = "22222222-2222-4222-8222-222222222222"
	twinID   = "33333333-3333-4333-8333-333333333333"
)

// populated starts an API with destinations that Terraform did not create.
func populated(t testing.TB, b emulator.Behavior) api {
	t.Helper()
	a := newAPI(t, b)
	at := time.Date(2026, 8, 14, 9, 30, 0, 0, time.UTC)
	a.Add(emulator.Destination{
		ID: hookID, Name: "Production Webhook", Type: "webhook", IsActive: true, CreatedAt: at, HasAuthConfig: true, HasSigningSecret: true,
		Config:          map[string]any{"url": "https://a.example.com/in", "headers": map[string]any{"X-Env": "prod"}, "token": "planted"},
		PayloadCapBytes: 1048576, LastDeliveryAt: at.Add(time.Hour), LastDeliveryStatus: "succeeded",
	})
	a.Add(emulator.Destination{ID: bucketID, Name: "Archive", Type: "s3", CreatedAt: at})
	a.Add(emulator.Destination{ID: twinID, Name: "Archive", Type: "sftp", CreatedAt: at.Add(time.Minute)})
	return a
}

func TestLookUp(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	const byID, byName, bare = "data.talonic_delivery_destination.by_id", "data.talonic_delivery_destination.by_name", "data.talonic_delivery_destination.bare"
	var checks []statecheck.StateCheck
	for _, address := range []string{byID, byName} {
		for attribute, value := range map[string]knownvalue.Check{
			"id":                   knownvalue.StringExact(hookID),
			"name":                 knownvalue.StringExact("Production Webhook"),
			"type":                 knownvalue.StringExact("webhook"),
			"is_active":            knownvalue.Bool(true),
			"payload_cap_bytes":    knownvalue.Int64Exact(1048576),
			"has_auth_config":      knownvalue.Bool(true),
			"has_signing_secret":   knownvalue.Bool(true),
			"config":               knownvalue.StringExact(`{"headers":{"X-Env":"prod"},"token":"(sensitive value)","url":"https://a.example.com/in"}`),
			"last_delivery_at":     knownvalue.StringExact("2026-08-14T10:30:00.000Z"),
			"last_delivery_status": knownvalue.StringExact("succeeded"),
			"created_at":           knownvalue.StringExact("2026-08-14T09:30:00.000Z"),
			"updated_at":           knownvalue.StringExact("2026-08-14T09:30:00.000Z"),
		} {
			checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value))
		}
		checks = append(checks, statecheck.ExpectSensitiveValue(address, tfjsonpath.New("config")))
	}
	for _, attribute := range []string{"payload_cap_bytes", "config", "last_delivery_at", "last_delivery_status"} {
		checks = append(checks, statecheck.ExpectKnownValue(bare, tfjsonpath.New(attribute), knownvalue.Null()))
	}
	acctest.CheckApplied(t, a.looking(`
				data "talonic_delivery_destination" "by_id" {
					id = "`+hookID+`"
				}
				data "talonic_delivery_destination" "by_name" {
					name = "Production Webhook"
				}
				data "talonic_delivery_destination" "bare" {
					id = "`+bucketID+`"
				}
			`), checks...)
}

var requestID = regexp.MustCompile(`req_[0-9a-f]{32}`)

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
		"empty name":     {arguments: `name = ""`, invalid: true},
		"no such id":     {arguments: `id = "44444444-4444-4444-8444-444444444444"`},
		"no such name":   {arguments: `name = "Elsewhere"`},
		"other case":     {arguments: `name = "production webhook"`},
		"ambiguous name": {arguments: `name = "Archive"`},
		"id, forbidden":  {arguments: `id = "` + hookID + `"`, inject: emulator.Forbidden},
		"name, no list":  {arguments: `name = "Archive"`, inject: emulator.ServerError},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := populated(t, emulator.Behavior{})
			w := a.lookingWorkspace(t, "data \"talonic_delivery_destination\" \"test\" {\n  "+c.arguments+"\n}\n")
			if c.inject != "" {
				a.Inject(emulator.Fault{Kind: c.inject})
			}
			command := "plan"
			if c.invalid {
				command = "validate"
			}
			out := requestID.ReplaceAllString(w.Normalize(w.MustFail(command).Stderr), "<request ID>")
			acctest.Golden(t, "lookup/"+strings.NewReplacer(" ", "_", ",", "").Replace(name), out)
			if c.invalid && len(a.Requests()) > 0 {
				t.Errorf("%d requests", len(a.Requests()))
			}
		})
	}
}

// A name or ID that is known only after apply is looked up then. So is everything while the API cannot be called at plan time.
func TestLookUpLater(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	w := a.lookingWorkspace(t, later("one", `"Production Webhook"`)+`
		data "talonic_delivery_destination" "test" {
			name = terraform_data.later.output
		}
		data "talonic_delivery_destinations" "test" {
			name_prefix = terraform_data.later.output
		}
		output "ids" {
			value = [data.talonic_delivery_destination.test.id, data.talonic_delivery_destinations.test.destinations[0].id]
		}
	`)
	w.Apply()
	if out := w.MustRun("output", "-json", "ids").Stdout; strings.Count(out, hookID) != 2 {
		t.Errorf("ids: %s", out)
	}
}

func TestLookUpWhileKeyIsUnknown(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	for name, c := range map[string]struct{ hcl, want string }{
		"by id":   {`data "talonic_delivery_destination" "test" {` + "\n id = \"" + hookID + "\"\n}\n", "Delivery destination " + hookID + ": "},
		"by name": {`data "talonic_delivery_destination" "test" {` + "\n name = \"Archive\"\n}\n", `Delivery destination "Archive": `},
		"all":     {`data "talonic_delivery_destinations" "test" {}` + "\n", "Cannot list the delivery destinations yet"},
		"a test": {
			`data "talonic_delivery_destination_test" "test" {` + "\n destination_id = \"" + hookID + "\"\n}\n",
			"Cannot test delivery destination yet",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := a.lookingWorkspace(t, "")
			w.Write("main.tf", strings.Replace(a.looking(c.hcl), `"`+emulator.DefaultAPIKey+`"`, "terraform_data.later.output", 1)+
				later("one", `"`+emulator.DefaultAPIKey+`"`))
			if out := unwrapped(w.MustFail("plan").Output()); !strings.Contains(out, c.want) || !strings.Contains(out, "known only after apply") {
				t.Errorf("not said:\n%s", out)
			}
		})
	}
}
