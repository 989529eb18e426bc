package docs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// A CLI without support for write-only arguments prints the error that the compatibility page quotes, and no other error of the provider.
func TestOlderCLI(t *testing.T) {
	t.Parallel()
	const (
		resource = "talonic_delivery_destination"
		want     = "Write-only attributes are only supported in Terraform 1.11 and later."
	)
	server := provider.NewServer("test")()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	destination := schemas.ResourceSchemas[resource].ValueType()
	for name, secret := range map[string]any{"a secret": "fakeToken01a2b3c4", "none": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, err := tfprotov6.NewDynamicValue(destination, acctest.Configured(destination, map[string]any{
				"name": "Production Webhook",
				"webhook": map[string]any{
					"url": "https://erp.example.com/hooks/talonic", "auth_bearer": map[string]any{"token_wo": secret},
				},
			}))
			if err != nil {
				t.Fatal(err)
			}
			got, err := server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: resource, Config: &config})
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, d := range got.Diagnostics {
				said = append(said, d.Summary+": "+d.Detail)
			}
			refused := len(said) == 1 && strings.Contains(said[0], want)
			if refused != (secret != nil) || len(said) > 0 && !refused {
				t.Errorf("it says: %q", said)
			}
		})
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "guides", "compatibility.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(strings.Fields(string(page)), " "), want) {
		t.Errorf("the page does not quote %q", want)
	}
}
