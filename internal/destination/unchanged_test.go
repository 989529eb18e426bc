package destination

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// onlyResource is a provider with only the resource and the client of the test.
type onlyResource struct {
	provider.Provider
	client *talonic.Client
}

func (p *onlyResource) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "talonic"
}
func (p *onlyResource) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (p *onlyResource) Configure(_ context.Context, _ provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	resp.ResourceData = &providerdata.Data{Client: p.client}
}
func (p *onlyResource) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{NewResource}
}
func (p *onlyResource) DataSources(context.Context) []func() datasource.DataSource { return nil }

// planCase is a plan request of a CLI.
type planCase struct {
	config, state *model
	sent          credentials.Record
	record        connector.ConfigRecord
}

// planCases returns all decisions about credentials, and other changes that may or may not show a diff.
func planCases(t *testing.T) map[string]planCase {
	cases := map[string]planCase{}
	for name, c := range credentialCases() {
		config, state := c.models()
		if state != nil {
			state.complete()
		}
		cases[name] = planCase{config: config, state: state, sent: c.sent}
	}
	pinned := setting{token: types.StringValue("a"), signing: types.StringNull(), version: types.Int64Value(1)}
	stored := setting{token: types.StringNull(), signing: types.StringNull(), version: types.Int64Value(1), auth: true}
	for name, change := range map[string]func(config, state *model){
		"nothing else":   func(_, _ *model) {},
		"other name":     func(config, _ *model) { config.Name = types.StringValue("other") },
		"name not known": func(config, _ *model) { config.Name = types.StringUnknown() },
		"cap added":      func(config, _ *model) { config.PayloadCapBytes = types.Int64Value(1) },
		"cap removed":    func(_, state *model) { state.PayloadCapBytes = types.Int64Value(1) },
		"cap kept": func(config, state *model) {
			config.PayloadCapBytes, state.PayloadCapBytes = types.Int64Value(1), types.Int64Value(1)
		},
		"disabled by the API": func(_, state *model) { state.IsActive = types.BoolValue(false) },
		"to be enabled": func(config, state *model) {
			config.IsActive, state.IsActive = types.BoolValue(true), types.BoolValue(false)
		},
		"active as configured": func(config, _ *model) { config.IsActive = types.BoolValue(true) },
		"activity not known":   func(config, _ *model) { config.IsActive = types.BoolUnknown() },
		"delivered":            func(_, state *model) { state.LastDeliveryStatus = types.StringValue("succeeded") },
		"version not known":    func(config, _ *model) { config.CredentialsWOVersion = types.Int64Unknown() },
		"other url":            func(config, _ *model) { config.setArgument("url", types.StringValue("https://b.example.com")) },
		"url not known":        func(config, _ *model) { config.setArgument("url", types.StringUnknown()) },
		"header added":         func(config, _ *model) { config.setArgument("headers", header(types.StringValue("b"))) },
		"header kept":          func(config, state *model) { both(config, state, "headers", header(types.StringValue("b"))) },
		"header not known": func(config, state *model) {
			config.setArgument("headers", header(types.StringUnknown()))
			state.setArgument("headers", header(types.StringValue("b")))
		},
		"other connector": func(config, _ *model) {
			config.setConnector(connector.S3, blockOf(t, connector.S3, `{"bucket": "bucket", "region": "r"}`))
		},
		"connector not known": func(config, _ *model) {
			config.blocks["webhook"] = types.ListUnknown(blocks.ElementType(objectType.AttrTypes["webhook"]))
		},
		"another may come to be": func(config, _ *model) {
			config.blocks["s3"] = types.ListUnknown(blocks.ElementType(objectType.AttrTypes["s3"]))
		},
		"flags lost": func(_, state *model) { state.HasAuthConfig = types.BoolValue(false) },
		"from a state before flags": func(_, state *model) {
			state.HasAuthConfig, state.HasSigningSecret = types.BoolNull(), types.BoolNull()
		},
		"from a state without a type":  func(_, state *model) { state.Type = types.StringNull() },
		"with no credentials recorded": func(_, state *model) { state.CredentialsUpdatedAt = types.StringNull() },
	} {
		config, state := pinned.model(), stored.model()
		state.complete()
		change(config, state)
		cases[name] = planCase{config: config, state: state, sent: credentials.Record{Auth: true}}
	}
	const url = "https://in.example.com/secret"
	known := credentials.NewArgumentRecord(url, url)
	for name, c := range map[string]struct {
		value   types.String
		record  credentials.ArgumentRecord
		version types.Int64
		change  func(config, state *model)
	}{
		"the same secret":                  {types.StringValue(url), known, types.Int64Null(), func(_, _ *model) {}},
		"another secret":                   {types.StringValue("https://b.example.com/secret"), known, types.Int64Null(), func(_, _ *model) {}},
		"a secret that is not known":       {types.StringUnknown(), known, types.Int64Null(), func(_, _ *model) {}},
		"a secret that has drifted":        {types.StringValue(url), known.AfterRead("x"), types.Int64Null(), func(_, _ *model) {}},
		"a secret without a record":        {types.StringValue(url), credentials.ArgumentRecord{}, types.Int64Null(), func(_, _ *model) {}},
		"a pinned secret":                  {types.StringNull(), known, types.Int64Value(1), func(_, _ *model) {}},
		"a pinned secret that has drifted": {types.StringNull(), known.AfterRead("x"), types.Int64Value(1), func(_, _ *model) {}},
		"a secret that was plain": {types.StringValue(url), credentials.ArgumentRecord{}, types.Int64Null(), func(_, state *model) {
			state.setArgument("url", types.StringValue(url))
		}},
		"a secret that is plain now": {types.StringNull(), known, types.Int64Null(), func(config, _ *model) {
			config.setArgument("url", types.StringValue(url))
		}},
		"the same secret, and another header": {types.StringValue(url), known, types.Int64Null(), func(config, _ *model) {
			config.setArgument("headers", header(types.StringValue("b")))
		}},
	} {
		with := setting{token: types.StringNull(), signing: types.StringNull(), version: c.version}
		config, state := with.model(), with.model()
		state.complete()
		state.HasAuthConfig, state.HasSigningSecret = types.BoolValue(false), types.BoolValue(false)
		config.setConnector(connector.Webhook, connector.Values{"url_wo": c.value})
		state.setConnector(connector.Webhook, connector.Values{})
		c.change(config, state)
		record := connector.ConfigRecord{Shown: connector.Config{}, Unmanaged: connector.Config{}}
		record.SetWriteOnly("url", c.record)
		cases[name] = planCase{config: config, state: state, record: record}
	}
	for _, c := range cases {
		c.config.HasAuthConfig, c.config.HasSigningSecret = types.BoolNull(), types.BoolNull() // only the API sets them
	}
	return cases
}

// complete sets what only the API sets.
func (m *model) complete() {
	m.ID, m.Type, m.IsActive = types.StringValue("id"), types.StringValue("webhook"), types.BoolValue(true)
	m.CreatedAt, m.UpdatedAt = types.StringValue("2026-01-01T00:00:00.000Z"), types.StringValue("2026-01-01T00:00:00.000Z")
}

func (m *model) setArgument(name string, value attr.Value) {
	c, v, _ := m.connector()
	m.setConnector(c, v.With(connector.Values{name: value}))
}

func both(config, state *model, name string, value attr.Value) {
	config.setArgument(name, value)
	state.setArgument(name, value)
}

func header(value types.String) types.Map {
	return types.MapValueMust(types.StringType, map[string]attr.Value{"X-A": value})
}

// proposed returns the state that a CLI proposes for a configuration and a prior state: computed values come from prior state.
func (c planCase) proposed() *model {
	m := *c.config
	m.blocks = maps.Clone(c.config.blocks)
	if c.state == nil {
		m.ID, m.Type, m.IsActive = types.StringUnknown(), types.StringUnknown(), types.BoolUnknown()
		return &m
	}
	active := m.IsActive
	m.keepServerSide(c.state)
	if !active.IsNull() {
		m.IsActive = active
	}
	return &m
}

// request returns the plan request of a CLI.
func (c planCase) request(t *testing.T, identity bool) *tfprotov6.PlanResourceChangeRequest {
	t.Helper()
	private := map[string][]byte{}
	if record, err := json.Marshal(c.sent); err != nil {
		t.Fatal(err)
	} else if string(record) != "{}" {
		private[credentialKey.Name] = record
	}
	if c.record.Unmanaged != nil {
		private[configKey.Name], _ = json.Marshal(c.record) // cannot fail: the record is encodable
	}
	req := &tfprotov6.PlanResourceChangeRequest{
		TypeName:         "talonic_delivery_destination",
		Config:           encoded(t, c.config),
		PriorState:       encoded(t, c.state),
		ProposedNewState: encoded(t, c.proposed()),
	}
	if len(private) > 0 {
		req.PriorPrivate, _ = json.Marshal(private)
	}
	if identity {
		id := tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}},
			map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, "id")})
		data, err := tfprotov6.NewDynamicValue(id.Type(), id)
		if err != nil {
			t.Fatal(err)
		}
		req.PriorIdentity = &tfprotov6.ResourceIdentityData{IdentityData: &data}
	}
	return req
}

func encoded(t testing.TB, m *model) *tfprotov6.DynamicValue {
	t.Helper()
	value := tftypes.NewValue(wireType, nil)
	if m != nil {
		var err error
		if value, err = m.object().ToTerraformValue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	data, err := tfprotov6.NewDynamicValue(wireType, value)
	if err != nil {
		t.Fatal(err)
	}
	return &data
}

// The fast path must give the framework's response to every plan request, and must be taken whenever there is nothing to do.
func TestPlanUnchanged(t *testing.T) {
	t.Parallel()
	framework, err := providerserver.NewProtocol6WithError(&onlyResource{})()
	if err != nil {
		t.Fatal(err)
	}
	short := 0
	for name, c := range planCases(t) {
		for _, identity := range []bool{false, true} {
			long, err := framework.PlanResourceChange(t.Context(), c.request(t, identity))
			if err != nil {
				t.Fatal(err)
			}
			req := c.request(t, identity)
			got := PlanUnchanged(t.Context(), req)
			nothingToDo := len(long.Diagnostics) == 0 && len(long.RequiresReplace) == 0 && c.state != nil &&
				decoded(t, long.PlannedState).Equal(decoded(t, req.PriorState))
			if nothingToDo != (got != nil) {
				t.Errorf("%s: the framework plans nothing: %t; the short way is taken: %t", name, nothingToDo, got != nil)
			}
			if got == nil {
				continue
			}
			short++
			if !decoded(t, got.PlannedState).Equal(decoded(t, long.PlannedState)) {
				t.Errorf("%s: planned %s, the framework %s", name, decoded(t, got.PlannedState), decoded(t, long.PlannedState))
			}
			if !bytes.Equal(got.PlannedPrivate, long.PlannedPrivate) {
				t.Errorf("%s: private state %s, the framework's %s", name, got.PlannedPrivate, long.PlannedPrivate)
			}
			if diff := cmp.Diff(long.PlannedIdentity, got.PlannedIdentity); diff != "" {
				t.Errorf("%s: identity (-framework +got):\n%s", name, diff)
			}
		}
	}
	if short < 10 {
		t.Errorf("only %d of the cases show the short way", short)
	}
}

func decoded(t *testing.T, data *tfprotov6.DynamicValue) tftypes.Value {
	t.Helper()
	value, err := data.Unmarshal(wireType)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
