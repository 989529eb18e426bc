package upgrades

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	testing6 "github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/stateupgrade"
	talonic "github.com/talonicdev/terraform-provider-talonic/internal/provider"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// renames is a sample schema upgrade. It changes visible values, so that a plan shows whether it ran.
var renames = stateupgrade.Steps{func(attributes map[string]any) bool {
	name, ok := attributes["name"].(string)
	attributes["name"] = name + ", upgraded"
	return ok
}}

// nextProvider is a sample of a next provider version, in which the schemas of both resources have an upgrade.
type nextProvider struct{ provider.Provider }

func (nextProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return nextDestination{&destination.Resource{}} },
		func() resource.Resource { return nextBinding{&binding.Resource{}} },
	}
}

type (
	nextDestination struct{ *destination.Resource }
	nextBinding     struct{ *binding.Resource }
)

func (r nextDestination) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	r.Resource.Schema(ctx, req, resp)
	resp.Schema.Version = renames.Version()
}

func (r nextDestination) UpgradeState(ctx context.Context) map[int64]resource.StateUpgrader {
	return renames.Upgraders(schemaOf(ctx, r.Resource))
}

func (r nextBinding) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	r.Resource.Schema(ctx, req, resp)
	resp.Schema.Version = renames.Version()
}

func (r nextBinding) UpgradeState(ctx context.Context) map[int64]resource.StateUpgrader {
	return renames.Upgraders(schemaOf(ctx, r.Resource))
}

func schemaOf(ctx context.Context, r resource.Resource) schema.Schema {
	var resp resource.SchemaResponse
	r.Schema(ctx, resource.SchemaRequest{}, &resp)
	return resp.Schema
}

// A sample of a next provider version reads the state of this version.
func TestUpgradedSchema(t *testing.T) {
	t.Parallel()
	api := emulator.New(emulator.Behavior{})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	configuration := func(suffix string) string {
		return fmt.Sprintf(`
provider "talonic" {
  base_url = %q
  api_key  = %q
}

resource "talonic_delivery_destination" "test" {
  name = "hook%[3]s"

  webhook {
    url               = "https://a.example.com"
    signing_secret_wo = "whsec_fake_of_upgrades"
  }
}

resource "talonic_delivery_binding" "test" {
  name              = "extracted%[3]s"
  deliverable_type  = "pipeline.capture"
  destination_id    = talonic_delivery_destination.test.id
  serializer_format = "json"

  signal_filter {
    event_type = "document.extracted"
    match      = jsonencode({ reviewed = true })
  }
}
`, server.URL, emulator.DefaultAPIKey, suffix)
	}
	factory := func(p func() (tfprotov6.ProviderServer, error)) map[string]func() (tfprotov6.ProviderServer, error) {
		return map[string]func() (tfprotov6.ProviderServer, error){"talonic": p}
	}
	acctest.Test(t, testing6.TestCase{Steps: []testing6.TestStep{
		{
			ProtoV6ProviderFactories: factory(func() (tfprotov6.ProviderServer, error) { return talonic.NewServer("test")(), nil }),
			Config:                   configuration(""),
		},
		{
			// The test changes the names in the API as the upgrade changes them in state, so the plan is empty.
			PreConfig: func() {
				for _, d := range api.Destinations() {
					api.Edit(d.ID, func(d *emulator.Destination) { d.Name += ", upgraded" })
				}
				for _, b := range api.Bindings() {
					api.EditBinding(b.ID, func(b *emulator.Binding) { b.Name += ", upgraded" })
				}
			},
			ProtoV6ProviderFactories: factory(providerserver.NewProtocol6WithError(nextProvider{talonic.New("test")()})),
			Config:                   configuration(", upgraded"),
			ConfigPlanChecks:         testing6.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{noDrift{}, plancheck.ExpectEmptyPlan()}},
		},
	}})
}

// noDrift fails if a refresh changed anything, because the upgrade then did not run before the refresh.
type noDrift struct{}

func (noDrift) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, changed := range req.Plan.ResourceDrift {
		before, _ := changed.Change.Before.(map[string]any)
		after, _ := changed.Change.After.(map[string]any)
		if before["name"] != after["name"] {
			resp.Error = fmt.Errorf("%s: the name was %v before the refresh, and is %v", changed.Address, before["name"], after["name"])
		}
	}
}

// The CLI rejects a state of a newer provider version, and nothing changes.
func TestNewerSchema(t *testing.T) {
	t.Parallel()
	dir := recorded(t)[0]
	w, api := restore(t, dir)
	w.Write("terraform.tfstate", strings.ReplaceAll(string(w.State()), `"schema_version": 0`, `"schema_version": 9`))
	if r := w.Run("plan"); r.ExitCode != 1 {
		t.Error(r)
	}
	if all := api.Requests(); len(all) > 0 {
		t.Errorf("%d requests", len(all))
	}
}
