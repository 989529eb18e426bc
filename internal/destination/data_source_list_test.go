package destination_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestListing(t *testing.T) {
	t.Parallel()
	for name, behavior := range map[string]emulator.Behavior{"one list": {}, "pages": {ListPageSize: 1}, "bare": {ListBareArray: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := populated(t, behavior)
			var (
				config string
				checks []statecheck.StateCheck
			)
			for filters, want := range map[string][]string{
				"":                                      {bucketID, twinID, hookID},
				`type = "s3"`:                           {bucketID},
				`type = "onedrive"`:                     {},
				`name_prefix = "Arch"`:                  {bucketID, twinID},
				`is_active = true`:                      {hookID},
				`is_active = false`:                     {bucketID, twinID},
				"name_prefix = \"A\"\n type = \"sftp\"": {twinID},
			} {
				label := fmt.Sprintf("d%d", len(checks))
				config += fmt.Sprintf("data \"talonic_delivery_destinations\" %q {\n %s\n}\n", label, filters)
				config += fmt.Sprintf("output %q {\n value = data.talonic_delivery_destinations.%s.destinations[*].id\n}\n", label, label)
				ids := []knownvalue.Check{}
				for _, id := range want {
					ids = append(ids, knownvalue.StringExact(id))
				}
				checks = append(checks, statecheck.ExpectKnownOutputValue(label, knownvalue.ListExact(ids)))
			}
			config += "data \"talonic_delivery_destinations\" \"all\" {}\n"
			hook := tfjsonpath.New("destinations").AtSliceIndex(2)
			const all = "data.talonic_delivery_destinations.all"
			checks = append(checks,
				statecheck.ExpectKnownValue(all, hook, knownvalue.ObjectExact(map[string]knownvalue.Check{
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
					"updated_at":           knownvalue.NotNull(),
				})),
				statecheck.ExpectSensitiveValue(all, hook.AtMapKey("config")),
			)
			acctest.CheckApplied(t, a.looking(config), checks...)
		})
	}
}

func TestListingFails(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	a.SetAPIKeys("another")
	acctest.CheckRefused(t, a.looking(`data "talonic_delivery_destinations" "all" {}`), `Cannot list the delivery destinations.*401 Unauthorized.*request ID.*TALONIC_API_KEY`)
}

// A plan costs one list request, for any number of resources and data sources.
func TestRequestsOfDataSources(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	const looks = `
		data "talonic_delivery_destination" "by_id" {
			count = 20
			id    = talonic_delivery_destination.test[count.index].id
		}
		data "talonic_delivery_destination" "by_name" {
			count      = 20
			name       = "hook ${count.index}"
			depends_on = [talonic_delivery_destination.test]
		}
		data "talonic_delivery_destinations" "all" {
			depends_on = [talonic_delivery_destination.test]
		}
		data "talonic_delivery_destinations" "active" {
			is_active  = true
			depends_on = [talonic_delivery_destination.test]
		}
		output "found" {
			value = length(data.talonic_delivery_destinations.active.destinations)
		}
	`
	w := a.workspace(t, "")
	w.Write("main.tf", a.configuration("count = 20\nname = \"hook ${count.index}\"\nwebhook {\n  url = \"https://a.example.com\"\n}\n")+looks)
	w.Apply()
	a.expectRequestsOfMany(t, "an apply that creates", map[string]int{"POST list": 20, "GET list": 1})
	w.PlanEmpty()
	a.expectRequestsOfMany(t, "a plan", map[string]int{"GET list": 1})

	// A destination that was created in the same run is found.
	var found int
	if err := json.Unmarshal([]byte(w.MustRun("output", "-json", "found").Stdout), &found); err != nil || found != 20 {
		t.Errorf("%d found, %v", found, err)
	}
}

// A single data source costs one request.
func TestRequestsOfOneDataSource(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]map[string]int{
		`id = "` + hookID + `"`:       {"GET one": 1},
		`name = "Production Webhook"`: {"GET list": 1},
	} {
		a := populated(t, emulator.Behavior{})
		w := a.lookingWorkspace(t, "data \"talonic_delivery_destination\" \"test\" {\n  "+arguments+"\n}\n")
		w.PlanEmpty()
		if diff := cmp.Diff(want, a.requests()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", arguments, diff)
		}
	}
}
