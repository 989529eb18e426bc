package destination

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// BenchmarkProtocol measures the provider's cost per destination for each RPC of a plan.
func BenchmarkProtocol(b *testing.B) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"id":"a","name":"hook","type":"webhook","config":{"url":"https://a.example.com"},"is_active":true}`))
	}))
	defer api.Close()
	client, err := talonic.New(api.URL, "key")
	if err != nil {
		b.Fatal(err)
	}
	ctx := b.Context()
	server, err := providerserver.NewProtocol6WithError(&onlyResource{client: client})()
	if err != nil {
		b.Fatal(err)
	}
	empty, _ := tfprotov6.NewDynamicValue(tftypes.Object{}, tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}))
	if _, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: &empty}); err != nil {
		b.Fatal(err)
	}
	encode := func(m *model) *tfprotov6.DynamicValue {
		value, err := m.object().ToTerraformValue(ctx)
		if err != nil {
			b.Fatal(err)
		}
		encoded, err := tfprotov6.NewDynamicValue(objectType.TerraformType(ctx), value)
		if err != nil {
			b.Fatal(err)
		}
		return &encoded
	}
	config := (setting{token: types.StringValue("a"), signing: types.StringValue("b"), version: types.Int64Value(1)}).model()
	config.HasAuthConfig, config.HasSigningSecret = types.BoolNull(), types.BoolNull()
	state := (setting{token: types.StringNull(), signing: types.StringNull(), version: types.Int64Value(1), auth: true, signs: true}).model()
	state.ID, state.Type, state.IsActive = types.StringValue("a"), types.StringValue("webhook"), types.BoolValue(true)
	plan := *state
	encodedConfig, encodedState, encodedPlan := encode(config), encode(state), encode(&plan)
	name := "talonic_delivery_destination"

	b.Run("validate", func(b *testing.B) {
		for b.Loop() {
			if r, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
				TypeName: name, Config: encodedConfig,
				ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
			}); err != nil || len(r.Diagnostics) > 0 {
				b.Fatal(err, r.Diagnostics[0].Summary, r.Diagnostics[0].Detail)
			}
		}
	})
	b.Run("upgrade", func(b *testing.B) {
		raw := []byte(`{"id":"a","name":"hook","webhook":[{"url":"https://a.example.com","headers":null,"additional_config":null,"signing_secret_wo":null,"auth_bearer":[],"auth_basic":[],"auth_api_key":[]}]}`)
		for b.Loop() {
			if r, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: name, RawState: &tfprotov6.RawState{JSON: raw}}); err != nil || len(r.Diagnostics) > 0 {
				b.Fatal(err, r)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if r, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: name, CurrentState: encodedState}); err != nil || len(r.Diagnostics) > 0 {
				b.Fatal(err, r.Diagnostics[0].Summary, r.Diagnostics[0].Detail)
			}
		}
	})
	b.Run("plan", func(b *testing.B) {
		for b.Loop() {
			if r, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
				TypeName: name, PriorState: encodedState, ProposedNewState: encodedPlan, Config: encodedConfig,
			}); err != nil || len(r.Diagnostics) > 0 {
				b.Fatal(err, r)
			}
		}
	})
}
