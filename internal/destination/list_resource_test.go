package destination_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

// The list resource, called by protocol, because some CLIs do not support it.
func TestListResource(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	for i, kind := range []string{"webhook", "s3", "webhook", "sftp", "webhook"} {
		a.Add(emulator.Destination{Name: fmt.Sprintf("%s-%d", kind, 9-i), Type: kind, IsActive: i > 0, Config: map[string]any{}})
	}
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	for name, c := range map[string]struct {
		config map[string]tftypes.Value
		limit  int64
		want   []string
	}{
		"all":      {nil, 0, []string{"s3-8", "sftp-6", "webhook-5", "webhook-7", "webhook-9"}},
		"limited":  {nil, 2, []string{"s3-8", "sftp-6"}},
		"by type":  {map[string]tftypes.Value{"type": text("webhook")}, 0, []string{"webhook-5", "webhook-7", "webhook-9"}},
		"by name":  {map[string]tftypes.Value{"name_prefix": text("s")}, 0, []string{"s3-8", "sftp-6"}},
		"inactive": {map[string]tftypes.Value{"is_active": tftypes.NewValue(tftypes.Bool, false)}, 0, []string{"webhook-9"}},
		"none":     {map[string]tftypes.Value{"type": text("onedrive")}, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, include := range []bool{false, true} {
				var got []string
				for _, result := range a.list(t, c.config, c.limit, include) {
					if len(result.Diagnostics) > 0 || result.Identity == nil {
						t.Errorf("%s: identity %v, diagnostics %+v", result.DisplayName, result.Identity, result.Diagnostics)
					}
					got = append(got, result.DisplayName)
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("included %t (-want +got):\n%s", include, diff)
				}
			}
		})
	}
}

// A failed list request is an error.
func TestListResourceFails(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.Inject(emulator.Fault{Kind: emulator.Forbidden, Operation: "list"})
	results := a.list(t, nil, 0, false)
	if len(results) != 1 || len(results[0].Diagnostics) != 1 || results[0].Diagnostics[0].Summary != "Cannot list the delivery destinations" {
		t.Errorf("results: %+v", results)
	}
}

// list calls a provider of its own.
func (a api) list(t *testing.T, config map[string]tftypes.Value, limit int64, include bool) []tfprotov6.ListResourceResult {
	t.Helper()
	server, ok := provider.NewServer("test")().(interface {
		tfprotov6.ProviderServer
		tfprotov6.ListResourceServer
	})
	if !ok {
		t.Fatal("the provider cannot list")
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: filled(t, schemas.Provider.ValueType(), map[string]tftypes.Value{
			"base_url": tftypes.NewValue(tftypes.String, a.url), "api_key": tftypes.NewValue(tftypes.String, emulator.DefaultAPIKey),
		}),
	}); err != nil {
		t.Fatal(err)
	}
	const resource = "talonic_delivery_destination"
	stream, err := server.ListResource(context.WithoutCancel(t.Context()), &tfprotov6.ListResourceRequest{
		TypeName: resource, Limit: limit, IncludeResource: include,
		Config: filled(t, schemas.ListResourceSchemas[resource].ValueType(), config),
	})
	if err != nil {
		t.Fatal(err)
	}
	var results []tfprotov6.ListResourceResult
	for result := range stream.Results {
		if len(result.Diagnostics) == 0 && include != (result.Resource != nil) {
			t.Errorf("%s: the resource is %v", result.DisplayName, result.Resource)
		}
		results = append(results, result)
	}
	return results
}

// filled returns an object with these attributes; the others are null.
func filled(t *testing.T, of tftypes.Type, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	object, _ := of.(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		values[name] = tftypes.NewValue(kind, nil)
	}
	for name, value := range attributes {
		values[name] = value
	}
	data, err := tfprotov6.NewDynamicValue(of, tftypes.NewValue(of, values))
	if err != nil {
		t.Fatal(err)
	}
	return &data
}

// List results hold no credentials that were set outside Terraform, even if the API shows them in config.
func TestListResourceKeepsSecrets(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.populate(t, len(dashboard))
	for _, d := range a.Destinations() {
		a.Edit(d.ID, func(d *emulator.Destination) {
			d.Config["token"], d.Config["signing_secret"], d.Config["password"] = "token-one", "whsec_one", "password-one"
		})
	}
	results := a.list(t, nil, 0, true)
	if len(results) != len(dashboard) {
		t.Fatalf("%d results", len(results))
	}
	for _, result := range results {
		if result.Resource == nil {
			t.Fatalf("%s: no resource: %+v", result.DisplayName, result.Diagnostics)
		}
		for _, secret := range []string{"token-one", "whsec_one", "password-one", "secret-one", "a2V5", "refresh-one"} {
			if bytes.Contains(result.Resource.MsgPack, []byte(secret)) {
				t.Errorf("%s shows %s", result.DisplayName, secret)
			}
		}
	}
}
