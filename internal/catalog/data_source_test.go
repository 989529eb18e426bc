package catalog_test

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// envelopes holds the possible JSON envelopes of a catalog.
var envelopes = map[string]emulator.CatalogEnvelope{
	"list":                   emulator.CatalogInline,
	"list of wrappers":       emulator.CatalogWrapped,
	"bare array":             emulator.CatalogBareArray,
	"object by type":         emulator.CatalogByType,
	"object by type in data": emulator.CatalogByTypeUnderData,
	"named otherwise":        emulator.CatalogNamed,
	"names only":             emulator.CatalogNames,
}

// configuration returns a configuration that reads catalogs and outputs their entries by the attribute that identifies them.
func configuration(t *testing.T, api *emulator.Emulator, catalogs ...string) string {
	t.Helper()
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	config := fmt.Sprintf("provider \"talonic\" {\n base_url = %q\n api_key = %q\n max_retries = 0\n}\n", server.URL, emulator.DefaultAPIKey)
	for _, catalog := range catalogs {
		config += fmt.Sprintf(`
			data "talonic_delivery_%[1]s" "all" {}
			output "%[1]s" {
				value = { for entry in data.talonic_delivery_%[1]s.all.%[1]s : entry.%[2]s => entry }
			}
		`, catalog, keys[catalog])
	}
	return config
}

// keys holds the attributes that identify entries.
var keys = map[string]string{"connectors": "type", "signals": "event_type", "deliverables": "type", "serializers": "format"}

// catalogs holds the catalogs whose entries are simple.
var catalogs = map[string]struct {
	entry   string                      // one entry
	told    map[string]knownvalue.Check // attributes of that entry, unless the catalog has only names
	entries int
	first   string
}{
	"signals": {
		"document.extracted",
		map[string]knownvalue.Check{
			"label":       knownvalue.StringExact("Document extracted"),
			"description": knownvalue.StringExact("The fields of a document were extracted."),
		},
		17, "delivery.item.completed",
	},
	"deliverables": {
		"markdown",
		map[string]knownvalue.Check{
			"label":              knownvalue.StringExact("Markdown"),
			"description":        knownvalue.StringExact("A document as Markdown."),
			"compatible_signals": knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("document.extracted")}),
			"shape_kind":         knownvalue.StringExact("blob"),
			"shape":              knownvalue.StringExact(`{"kind":"blob","mime":"text/markdown"}`),
		},
		6, "document_capture",
	},
	"serializers": {
		"csv",
		map[string]knownvalue.Check{"supports_kinds": knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("record")})},
		10, "csv",
	},
}

// All envelopes give the same result. Entries that are only names have fewer attributes.
func TestCatalogs(t *testing.T) {
	t.Parallel()
	for form, envelope := range envelopes {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			var checks []statecheck.StateCheck
			for catalog, c := range catalogs {
				entry := maps.Clone(c.told)
				entry["raw"] = knownvalue.StringRegexp(regexp.MustCompile(`^\{.*\}$`))
				if envelope == emulator.CatalogNames {
					for attribute := range entry {
						entry[attribute] = knownvalue.Null()
					}
					entry["raw"] = knownvalue.StringExact(`"` + c.entry + `"`)
				}
				key := keys[catalog]
				entry[key] = knownvalue.StringExact(c.entry)
				address, list := "data.talonic_delivery_"+catalog+".all", tfjsonpath.New(catalog)
				checks = append(checks,
					statecheck.ExpectKnownOutputValue(catalog, knownvalue.ObjectPartial(map[string]knownvalue.Check{c.entry: knownvalue.ObjectExact(entry)})),
					statecheck.ExpectKnownValue(address, list, knownvalue.ListSizeExact(c.entries)),
					statecheck.ExpectKnownValue(address, list.AtSliceIndex(0).AtMapKey(key), knownvalue.StringExact(c.first)),
				)
			}
			acctest.CheckApplied(t, configuration(t, emulator.New(emulator.Behavior{Catalog: envelope}), slices.Sorted(maps.Keys(catalogs))...), checks...)
		})
	}
}

// The error of a rejected request states what failed, what the API said, and the next step.
func TestRefused(t *testing.T) {
	t.Parallel()
	for catalog := range keys {
		t.Run(catalog, func(t *testing.T) {
			t.Parallel()
			api := emulator.New(emulator.Behavior{})
			api.SetAPIKeys("another")
			config := configuration(t, api, catalog)
			acctest.CheckRefused(t, config, `Cannot read the `+strings.TrimSuffix(catalog, "s")+` catalog.*401 Unauthorized.*request ID.*TALONIC_API_KEY`)
		})
	}
}

// While the API key is unknown, the data source does not call the API.
func TestKeyUnknown(t *testing.T) {
	t.Parallel()
	api := emulator.New(emulator.Behavior{})
	config := strings.Replace(configuration(t, api, "signals"), `"`+emulator.DefaultAPIKey+`"`, "terraform_data.key.output", 1) +
		fmt.Sprintf("resource \"terraform_data\" \"key\" {\n input = %q\n}\n", emulator.DefaultAPIKey)
	acctest.CheckRefused(t, config, `Cannot read the signal catalog yet.*known only after apply`)
}
