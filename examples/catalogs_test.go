package examples_test

import (
	"errors"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// TestBindingsWithEveryCatalog applies the examples of bindings, together with those that read the catalogs, against every form of
// the catalogs.
func TestBindingsWithEveryCatalog(t *testing.T) {
	t.Parallel()
	at := slices.IndexFunc(emulator.Switches(), func(s emulator.Switch) bool { return s.Name == "Catalog" })
	for _, form := range emulator.Switches()[at].Values {
		for _, schemas := range []string{"CatalogWithoutSchemas=false", "CatalogWithoutSchemas=true"} {
			t.Run(form.Name+" "+schemas, func(t *testing.T) {
				t.Parallel()
				api := emulator.New(emulator.Behavior{RefuseUnknownKeys: true})
				api.SetBehavior(func(b *emulator.Behavior) {
					if err := errors.Join(b.Set("Catalog="+form.Name), b.Set(schemas)); err != nil {
						t.Error(err)
					}
				})
				applyBindings(t, api, form.Name == "CatalogNames")
			})
		}
	}
}

// applyBindings applies the examples of bindings. A catalog that has names only is warned of.
func applyBindings(t *testing.T, api *emulator.Emulator, warns bool) {
	server := httptest.NewServer(whereAllAnswer(api))
	t.Cleanup(server.Close)
	w := acctest.NewWorkspace(t, nil)
	for from, to := range map[string]string{
		"from_a_signal_to_a_bucket/main.tf":                       "main.tf",
		"resources/talonic_delivery_binding/resource.tf":          "resource.tf",
		"data-sources/talonic_delivery_connectors/data-source.tf": "connectors.tf", "data-sources/talonic_delivery_signals/data-source.tf": "signals.tf",
		"data-sources/talonic_delivery_deliverables/data-source.tf": "deliverables.tf", "data-sources/talonic_delivery_serializers/data-source.tf": "serializers.tf",
	} {
		hcl, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		text := string(hcl)
		if to == "resource.tf" { // has a destination of the same name as main.tf
			text = strings.NewReplacer(`"erp"`, `"other"`, ".erp.", ".other.").Replace(text)
		}
		w.Write(to, text)
	}
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	w.Setenv("TF_VAR_signing_secret", "whsec-one")
	w.Setenv("TF_VAR_secret_access_key", "secret-one")
	if output := w.Apply().Output(); strings.Contains(w.Normalize(output), "Warning:") != warns {
		t.Errorf("it warns, or does not:\n%s", output)
	}
	w.PlanEmpty()
	if n := len(api.Bindings()); n != 3 {
		t.Errorf("there are %d bindings, not 3", n)
	}
}
