package secrets

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// sensitive holds resources whose arguments have values that are marked as sensitive. S stands for such a value. Names, types and values from
// a catalog are not marked, because texts need them.
var sensitive = map[string]string{
	"webhook": `webhook {
		url               = "https://hooks.example/${S}"
		headers           = { X-Source = S }
		additional_config = jsonencode({ note = S })
		auth_basic {
			username    = S
			password_wo = "password"
		}
	}`,
	"sftp": `sftp {
		host              = "${S}.example.com"
		username          = S
		remote_path       = "/${S}"
		filename_template = "${S}-{event_id}"
		additional_config = jsonencode({ note = [S] })
		auth_password {
			password_wo = "password"
		}
	}`,
	"s3": `s3 {
		bucket            = S
		region            = "eu-${S}-1"
		key_template      = "${S}/{event_id}"
		additional_config = jsonencode({ note = { inner = S } })
		auth_access_key {
			access_key_id        = S
			secret_access_key_wo = "secret"
		}
	}`,
	"azure": `azure_blob {
		account_name      = S
		container         = S
		blob_key_template = "${S}/{event_id}"
		additional_config = jsonencode({ note = S })
		auth_account_key {
			account_key_wo = "c29tZSBrZXk="
		}
	}`,
	"google": `google_drive {
		folder_id         = S
		filename_template = "${S}-{event_id}"
		additional_config = jsonencode({ note = S })
		auth_oauth {
			access_token_wo = "token"
			expires_at      = S
		}
	}`,
	"onedrive": `onedrive {
		drive_id          = S
		folder_path       = "/${S}"
		filename_template = "${S}-{event_id}"
		additional_config = jsonencode({ note = S })
		auth_oauth {
			access_token_wo = "token"
			expires_at      = S
		}
	}`,
	"custom": `custom {
		type   = "google_sheets"
		config = jsonencode({ sheet = S })
	}`,
}

// sensitiveBinding is a binding of the webhook with sensitive values.
const sensitiveBinding = `
resource "talonic_delivery_binding" "bound" {
  name              = "bound"
  deliverable_type  = "pipeline.capture"
  serializer_format = "json"
  serializer_config = jsonencode({ note = S })
  resolver_config   = jsonencode({ note = S })
  destination_id    = talonic_delivery_destination.webhook.id
  signal_filter {
    event_type = "document.extracted"
    match      = jsonencode({ source = S })
  }
  field_map {
    static = jsonencode({ note = S })
    drop   = [S]
    rule {
      source = S
      target = "${S}_target"
    }
  }
}
`

// notSensitive lists arguments that texts need, and arguments that are not texts.
var notSensitive = []string{"name", "type", "header_name", "event_type", "deliverable_type", "serializer_format", "destination_id", "deletion_policy"}

// sensitiveConfiguration returns a configuration with all of these resources. The values come from variables and differ between generations.
func (w *workspace) sensitiveConfiguration(generation string) {
	hcl, values := "", map[string]string{}
	place := regexp.MustCompile(`\$\{S\}|\bS\b`)
	fill := func(of, text string) string {
		i := 0
		return place.ReplaceAllStringFunc(text, func(found string) string {
			i++
			key := fmt.Sprintf("%s %d", of, i)
			values[key] = words(w.t.Name()+key+generation, 1)[0]
			reference := fmt.Sprintf("var.sensitive[%q]", key)
			if found == "S" {
				return reference
			}
			return "${" + reference + "}"
		})
	}
	for _, name := range slices.Sorted(maps.Keys(sensitive)) {
		hcl += fmt.Sprintf("\nresource \"talonic_delivery_destination\" %q {\n  name = %q\n  %s\n}\n", name, name, fill(name, sensitive[name]))
	}
	hcl += fill("bound", sensitiveBinding)
	planted := map[string]string{}
	for key, value := range values {
		planted[key+generation] = value
	}
	w.plant(planted)
	encoded, _ := json.Marshal(values)
	w.Setenv("TF_VAR_sensitive", string(encoded))
	w.write(requiredProvider + quickProvider + "\nvariable \"sensitive\" {\n  type      = map(string)\n  sensitive = true\n}\n" + hcl)
}

// refusesAll rejects every write with an error that quotes the whole request.
func refusesAll(r *request) *answer {
	if r.Method == http.MethodGet {
		return nil
	}
	return &answer{"refused", func(w http.ResponseWriter, r *request, _ func() *httptest.ResponseRecorder) {
		message, _ := json.Marshal(map[string]any{"statusCode": 400, "code": "VALIDATION_ERROR", "message": "config is wrong: " + string(r.body)})
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(message)
	}}
}

// storesOtherwise makes the API store different values than were sent.
func storesOtherwise(r *request) *answer {
	if r.Method != http.MethodPut && r.Method != http.MethodGet {
		return nil
	}
	return &answer{"otherwise", func(w http.ResponseWriter, _ *request, pass func() *httptest.ResponseRecorder) {
		own := pass()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(own.Code)
		_, _ = w.Write([]byte(strings.ReplaceAll(own.Body.String(), "fake", "Xfake")))
	}}
}

// Values that are marked as sensitive are only in state and plan files, where CLIs hide them, and never in output or logs of the provider.
func TestSensitiveValues(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	w.Setenv("TF_LOG", "")
	w.Setenv("TF_LOG_CORE", "OFF") // the log of the CLI contains stored values
	w.mayBeIn = []string{secretscan.State, secretscan.Backup, secretscan.Plan, secretscan.PlanJSON}

	w.sensitiveConfiguration("")
	w.api.answerWith(refusesAll)
	w.mustFail("apply", "-auto-approve")
	w.api.answerWith(nil)
	w.mustRun("apply", "-auto-approve")
	w.mustRun("plan", "-detailed-exitcode")
	w.wereSent()

	// Another user changes the destinations.
	for _, d := range w.api.Destinations() {
		w.api.Edit(d.ID, func(d *emulator.Destination) { d.Config = otherwise(d.Config).(map[string]any) })
	}
	for _, b := range w.api.Bindings() {
		w.api.EditBinding(b.ID, func(b *emulator.Binding) { b.FieldMap, _ = otherwise(b.FieldMap).(map[string]any) })
	}
	w.run("plan")
	w.mustRun("apply", "-refresh-only", "-auto-approve")
	w.mustRun("apply", "-auto-approve")

	w.sensitiveConfiguration(" changed")
	w.api.answerWith(refusesAll)
	w.mustFail("apply", "-auto-approve")
	w.api.answerWith(storesOtherwise)
	w.mustFail("apply", "-auto-approve")
	w.api.answerWith(nil)
	w.mustRun("apply", "-auto-approve")
	w.mustRun("destroy", "-auto-approve")
	w.wasSeen(secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}

// otherwise returns a decoded value with longer texts.
func otherwise(value any) any {
	switch value := value.(type) {
	case string:
		return value + "x"
	case map[string]any:
		changed := map[string]any{}
		for key, inner := range value {
			changed[key] = otherwise(inner)
		}
		return changed
	case []any:
		changed := []any{}
		for _, inner := range value {
			changed = append(changed, otherwise(inner))
		}
		return changed
	}
	return value
}

// Every argument has a value that the test searches for.
func TestEveryArgumentHasASensitiveValue(t *testing.T) {
	t.Parallel()
	all := sensitiveBinding
	for _, text := range sensitive {
		all += text
	}
	for _, newResource := range provider.New("test")().Resources(t.Context()) {
		var described resource.SchemaResponse
		newResource().Schema(t.Context(), resource.SchemaRequest{}, &described)
		for _, name := range textArguments(described.Schema.Attributes, described.Schema.Blocks) {
			if !slices.Contains(notSensitive, name) && !regexp.MustCompile(`\b`+name+` +=[^\n]*\bS\b`).MatchString(all) {
				t.Errorf("%s has no value that is looked for", name)
			}
		}
	}
}

// textArguments returns the names of all text arguments that are not write-only.
func textArguments(attributes map[string]schema.Attribute, blocks map[string]schema.Block) []string {
	var names []string
	for name, attribute := range attributes {
		isArgument := (attribute.IsRequired() || attribute.IsOptional()) && !attribute.IsWriteOnly()
		kind := attribute.GetType()
		holdsText := kind.Equal(types.StringType) || kind.Equal(types.ListType{ElemType: types.StringType}) || kind.Equal(types.MapType{ElemType: types.StringType})
		if isArgument && holdsText {
			names = append(names, name)
		}
	}
	for _, block := range blocks {
		if list, ok := block.(schema.ListNestedBlock); ok {
			names = append(names, textArguments(list.NestedObject.Attributes, list.NestedObject.Blocks)...)
		}
	}
	return names
}
