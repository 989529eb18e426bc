package destination

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// The benchmarks measure the cost of a refresh and a plan per destination, without the framework and the CLI.

// typical returns a typical destination, and the config that the API shows for it.
func typical(b *testing.B) (*model, connector.ConfigRecord, connector.Config) {
	b.Helper()
	m := destinationOf(connector.Webhook, withCredentials(
		blockOf(b, connector.Webhook, `{"url": "https://API.example.com/ingest/", "headers": {"X-Source": "talonic", "X-Env": "prod"}, "additional_config": "{\"color\":\"red\"}"}`),
		connector.Webhook, "auth_bearer", connector.Values{}))
	m.ID, m.Name, m.Type = types.StringValue("5b0f6c1e-8a43-4f0e-9a55-0d6a3c2be901"), types.StringValue("erp"), types.StringValue("webhook")
	m.IsActive, m.HasAuthConfig, m.HasSigningSecret = types.BoolValue(true), types.BoolValue(true), types.BoolValue(false)
	return m, connector.ConfigRecord{Shown: blocktest.Object(b, `{"url": "https://api.example.com/ingest"}`)},
		blocktest.Object(b, `{"url": "https://api.example.com/ingest", "headers": {"X-Source": "talonic", "X-Env": "prod"}, "color": "red", "other": [1, 2]}`)
}

func BenchmarkReadModel(b *testing.B) {
	m, _, _ := typical(b)
	raw, err := m.object().ToTerraformValue(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	state := tfsdk.State{Schema: newSchema(), Raw: raw}
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := readModel(b.Context(), state); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}

func BenchmarkObserve(b *testing.B) {
	m, prior, shown := typical(b)
	c, held, _ := m.connector()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := c.FromAPI(held, prior, shown); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkModelObject(b *testing.B) {
	m, prior, shown := typical(b)
	c, held, _ := m.connector()
	now, _, err := c.FromAPI(held, prior, shown)
	if err != nil {
		b.Fatal(err)
	}
	var object attr.Value
	b.ReportAllocs()
	for b.Loop() {
		m.setConnector(c, held.With(now))
		object = m.object()
	}
	if object.IsNull() {
		b.Fatal("there is no object")
	}
}
