package catalog_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// The catalog's envelope is undocumented. All forms that are thought possible give the same result.
func TestConnectors(t *testing.T) {
	t.Parallel()
	behaviors := map[string]emulator.Behavior{
		"list without schemas":     {CatalogWithoutSchemas: true},
		"wrappers without schemas": {Catalog: emulator.CatalogWrapped, CatalogWithoutSchemas: true},
	}
	for name, envelope := range envelopes {
		behaviors[name] = emulator.Behavior{Catalog: envelope}
	}
	for name, behavior := range behaviors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hasNames := behavior.Catalog == emulator.CatalogNames
			entry := map[string]knownvalue.Check{
				"type": knownvalue.StringExact("s3"),
				"raw":  knownvalue.StringRegexp(regexp.MustCompile(`s3|access_key`)),
			}
			if hasNames {
				entry["auth_types"] = knownvalue.Null()
				entry["max_payload_bytes"] = knownvalue.Null()
			} else {
				entry["auth_types"] = knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("access_key")})
				entry["delivery_semantics"] = knownvalue.StringExact("file")
			}
			if hasNames || behavior.CatalogWithoutSchemas {
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
			acctest.CheckApplied(t, configuration(t, emulator.New(behavior), "connectors"),
				statecheck.ExpectKnownOutputValue("connectors", knownvalue.ObjectExact(all)),
				statecheck.ExpectKnownValue("data.talonic_delivery_connectors.all",
					tfjsonpath.New("connectors").AtSliceIndex(0).AtMapKey("type"), knownvalue.StringExact("azure_blob")),
			)
		})
	}
}
