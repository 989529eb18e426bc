package destination_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Text in decomposed Unicode, as macOS writes it, shows no diff and causes no error.
func TestDecomposedTexts(t *testing.T) {
	t.Parallel()
	const (
		name, decomposedName = "Caf\u00e9 Z\u00fcrich", "Cafe\u0301 Zu\u0308rich"
		dir, decomposedDir   = "/\u00dcbergabe", "/U\u0308bergabe"
		key, decomposedKey   = "pr\u00e4fix", "pra\u0308fix"
	)
	a := newAPI(t, emulator.Behavior{})
	a.Add(emulator.Destination{
		Name: decomposedName, Type: "sftp", IsActive: true, HasAuthConfig: true,
		Config: map[string]any{"host": "sftp.example.com", "username": "u", "remote_path": decomposedDir, decomposedKey: map[string]any{"a": decomposedName}},
	})
	resource := func(host, more string) string {
		return a.configuration(fmt.Sprintf(`
			name = %q
			sftp {
				host              = %q
				username          = "u"
				remote_path       = %q
				additional_config = jsonencode({ %q = { a = %q }%s })
				auth_password {
					password_wo = "password-one"
				}
			}`, name, host, dir, key, name, more))
	}
	imports := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, name)
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "imports.tf": imports, "main.tf": resource("sftp.example.com", "")})
	w.Apply()
	w.PlanEmpty()
	n := len(a.Requests())
	w.Apply()
	for _, r := range a.Requests()[n:] {
		if r.Method != "GET" {
			t.Errorf("%s %s although nothing but forms differs", r.Method, r.Body)
		}
	}
	w.Write("main.tf", resource("other.example.com", ""))
	w.Apply()
	w.PlanEmpty()
	w.Write("main.tf", resource("other.example.com", ", b = 2"))
	w.Apply()
	w.PlanEmpty()
	d := a.only(t)
	want := map[string]any{
		"host": "other.example.com", "username": "u", "remote_path": decomposedDir, decomposedKey: map[string]any{"a": decomposedName}, "b": 2.0,
	}
	if diff := cmp.Diff(want, d.Config); diff != "" || d.Name != decomposedName {
		t.Errorf("name %+q, config (-want +got):\n%s", d.Name, diff)
	}
	w.Destroy()
}

// State holds unprintable characters in a printable form. Updates leave the API's characters in all values that do not change.
func TestUnprintableTexts(t *testing.T) {
	t.Parallel()
	const (
		name, shownName = "Ops\u00a0\U0001F469\u200d\U0001F4BB", "Ops \U0001F469<U+200D>\U0001F4BB"
		dir, shownDir   = "/in\u00a0box", "/in box"
		key             = "a\u200cb"
	)
	a := newAPI(t, emulator.Behavior{})
	a.Add(emulator.Destination{
		Name: name, Type: "sftp", IsActive: true, HasAuthConfig: true,
		Config: map[string]any{"host": "sftp.example.com", "username": "u", "remote_path": dir, key: dir},
	})
	resource := func(limit int, host string) string {
		return a.configuration(fmt.Sprintf(`
			name              = %q
			payload_cap_bytes = %d
			sftp {
				host        = %q
				username    = "u"
				remote_path = %q
			}`, shownName, limit, host, shownDir))
	}
	imports := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, a.only(t).ID)
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "imports.tf": imports, "main.tf": resource(5<<20, "sftp.example.com")})
	w.Apply()
	w.PlanEmpty()
	n := len(a.Requests())
	w.Write("main.tf", resource(7, "sftp.example.com"))
	w.Apply()
	w.PlanEmpty()
	for _, r := range a.Requests()[n:] {
		if r.Method == "PUT" && (strings.Contains(string(r.Body), "config") || strings.Contains(string(r.Body), "name")) {
			t.Errorf("the update of the cap sends %s", r.Body)
		}
	}
	w.Write("main.tf", resource(7, "other.example.com"))
	w.Apply()
	w.PlanEmpty()
	d := a.only(t)
	want := map[string]any{"host": "other.example.com", "username": "u", "remote_path": dir, key: dir}
	if diff := cmp.Diff(want, d.Config); diff != "" || d.Name != name {
		t.Errorf("name %+q, config (-want +got):\n%s", d.Name, diff)
	}
}

// Data sources find names and prefixes in any Unicode normalization form.
func TestDecomposedNamesAreFound(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.Add(emulator.Destination{Name: "Cafe\u0301 Zu\u0308rich", Type: "webhook", IsActive: true, Config: map[string]any{"url": "https://a.example"}})
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": requiredProvider + fmt.Sprintf(`
provider "talonic" {
  base_url = %q
  api_key  = %q
}
data "talonic_delivery_destination" "d" {
  name = "Caf\u00e9 Z\u00fcrich"
}
data "talonic_delivery_destinations" "d" {
  name_prefix = "Caf\u00e9"
}
output "count" {
  value = length(data.talonic_delivery_destinations.d.destinations)
}
`, a.url, emulator.DefaultAPIKey)})
	if r := w.Apply(); !strings.Contains(r.Output(), "count = 1") {
		t.Error(r)
	}
}

// A user replaces an unprintable character with its printable form.
func TestPrintableTextInsteadOfUnprintable(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{RedactHeaders: true})
	w := a.workspace(t, hook("", "headers = { \"X-Api-Key\" = \"fake-1\", \"X-Label\" = \"a\u00a0b\" }"))
	w.Apply()
	w.Write("main.tf", a.configuration(hook("", `headers = { "X-Api-Key" = "fake-1", "X-Label" = "a b" }`)))
	w.Apply()
	w.PlanEmpty()
	if headers, _ := a.only(t).Config["headers"].(map[string]any); headers["X-Label"] != "a b" {
		t.Errorf("%+q", headers)
	}
}
