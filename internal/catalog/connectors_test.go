package catalog_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talonicdev/terraform-provider-talonic/internal/acctest"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

func TestMain(m *testing.M) { acctest.Main(m) }

var inProcess = map[string]func() (tfprotov6.ProviderServer, error){
	"talonic": providerserver.NewProtocol6WithError(provider.New("test")()),
}

// configuration reads the catalog and makes an object of it that tests can look things up in.
func configuration(t *testing.T, api *emulator.Emulator) string {
	t.Helper()
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	return fmt.Sprintf(`
		provider "talonic" {
			base_url    = %q
			api_key     = %q
			max_retries = 0
		}
		data "talonic_delivery_connectors" "all" {}
		output "by_type" {
			value = { for c in data.talonic_delivery_connectors.all.connectors : c.type => c }
		}
	`, server.URL, emulator.DefaultAPIKey)
}

// The catalog's envelope is not published: all that are thought possible are read to the same effect.
func TestConnectors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		behaviour emulator.Behaviour
		names     bool // the catalog has nothing but names
	}{
		"list":                     {emulator.Behaviour{Catalog: emulator.CatalogInline}, false},
		"list of wrappers":         {emulator.Behaviour{Catalog: emulator.CatalogWrapped}, false},
		"bare array":               {emulator.Behaviour{Catalog: emulator.CatalogBareArray}, false},
		"object by type":           {emulator.Behaviour{Catalog: emulator.CatalogByType}, false},
		"object by type in data":   {emulator.Behaviour{Catalog: emulator.CatalogByTypeUnderData}, false},
		"named otherwise":          {emulator.Behaviour{Catalog: emulator.CatalogNamed}, false},
		"names only":               {emulator.Behaviour{Catalog: emulator.CatalogNames}, true},
		"list without schemas":     {emulator.Behaviour{CatalogWithoutSchemas: true}, false},
		"wrappers without schemas": {emulator.Behaviour{Catalog: emulator.CatalogWrapped, CatalogWithoutSchemas: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entry := map[string]knownvalue.Check{
				"type": knownvalue.StringExact("s3"),
				"raw":  knownvalue.StringRegexp(regexp.MustCompile(`s3|access_key`)),
			}
			switch {
			case c.names:
				entry["auth_types"] = knownvalue.Null()
				entry["max_payload_bytes"] = knownvalue.Null()
			default:
				entry["auth_types"] = knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("access_key")})
				entry["delivery_semantics"] = knownvalue.StringExact("file")
			}
			if c.names || c.behaviour.CatalogWithoutSchemas {
				entry["config_schema"] = knownvalue.Null()
				entry["auth_config_schema"] = knownvalue.Null()
			} else {
				entry["config_schema"] = knownvalue.StringRegexp(regexp.MustCompile(`"bucket"`))
				entry["auth_config_schema"] = knownvalue.StringRegexp(regexp.MustCompile(`"secret_access_key"`))
			}
			all := map[string]knownvalue.Check{"s3": knownvalue.ObjectPartial(entry)}
			for _, other := range []string{"webhook", "sftp", "azure_blob", "google_drive", "onedrive", "google_sheets"} {
				all[other] = knownvalue.NotNull()
			}
			resource.UnitTest(t, resource.TestCase{
				ProtoV6ProviderFactories: inProcess,
				Steps: []resource.TestStep{{
					Config: configuration(t, emulator.New(c.behaviour)),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownOutputValue("by_type", knownvalue.ObjectExact(all)),
						statecheck.ExpectKnownValue("data.talonic_delivery_connectors.all",
							tfjsonpath.New("connectors").AtSliceIndex(0).AtMapKey("type"), knownvalue.StringExact("azure_blob")),
					},
				}},
			})
		})
	}
}

// A refusal says what failed, what the API said, and what to do.
func TestConnectorsRefused(t *testing.T) {
	t.Parallel()
	api := emulator.New(emulator.Behaviour{})
	api.SetAPIKeys("another")
	config := configuration(t, api)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: inProcess,
		Steps: []resource.TestStep{
			{Config: config, ExpectError: regexp.MustCompile(`(?s)Cannot read the connector catalog.*401 Unauthorized.*request id.*TALONIC_API_KEY`)},
			{PreConfig: func() { api.SetAPIKeys(emulator.DefaultAPIKey) }, Config: config},
		},
	})
}
