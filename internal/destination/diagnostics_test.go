package destination

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// A message that names a secret is reported on the block, because CLIs print the line that a diagnostic points at.
func TestArgumentNamed(t *testing.T) {
	t.Parallel()
	destinations := map[string]*model{
		"webhook":  destinationOf(connector.Webhook, connector.Values{}),
		"secret":   destinationOf(connector.Webhook, connector.Values{"url": types.StringValue("https://hooks.slack.com/services/T/B/x")}),
		"bearer":   destinationOf(connector.Webhook, withCredentials(connector.Values{}, connector.Webhook, "auth_bearer", connector.Values{})),
		"basic":    destinationOf(connector.Webhook, withCredentials(connector.Values{}, connector.Webhook, "auth_basic", connector.Values{})),
		"api key":  destinationOf(connector.Webhook, withCredentials(connector.Values{}, connector.Webhook, "auth_api_key", connector.Values{})),
		"sftp":     destinationOf(connector.SFTP, withCredentials(connector.Values{}, connector.SFTP, "auth_password", connector.Values{})),
		"s3":       destinationOf(connector.S3, withCredentials(connector.Values{}, connector.S3, "auth_access_key", connector.Values{})),
		"azure":    destinationOf(connector.AzureBlob, withCredentials(connector.Values{}, connector.AzureBlob, "auth_account_key", connector.Values{})),
		"drive":    destinationOf(connector.GoogleDrive, withCredentials(connector.Values{}, connector.GoogleDrive, "auth_oauth", connector.Values{})),
		"custom":   destinationOf(connector.Custom, connector.Values{"type": types.StringValue("google_sheets")}),
		"imported": {},
	}
	for _, test := range []struct {
		destination string
		message     string
		want        string // "": none
	}{
		{"webhook", "config.url must be an absolute URL", "webhook[0].url"},
		{"webhook", "config.headers.X-A must be a string", "webhook[0].headers"},
		{"webhook", `"config.url": not valid`, "webhook[0].url"},
		{"webhook", "url must be an absolute URL", "webhook[0].url"},
		{"webhook", "property config.color should not exist", "webhook[0].additional_config"},
		{"webhook", "config must be an object", "webhook[0].additional_config"},
		{"webhook", "signing_secret must be longer", "webhook[0].additional_config"},
		{"webhook", "auth_config.signing_secret must be longer", "webhook[0].additional_config"},
		{"webhook", "auth_config.token should not be empty", "webhook[0].additional_config"},
		{"webhook", "payload_cap_bytes must not be less than 1024", "payload_cap_bytes"},
		{"webhook", "is_active must be a boolean", "is_active"},
		{"webhook", "name must be shorter than or equal to 100 characters", "name"},
		{"webhook", "The name: too long", "name"},
		{"webhook", "payload_cap_bytes must be a number; name should not be empty", "payload_cap_bytes"},
		{"webhook", "name should not be empty; config.url must be an absolute URL", "webhook[0].url"},
		{"webhook", "config.headers must be an object; config.url must be an absolute URL", "webhook[0].url"},
		{"webhook", "the hostname cannot be resolved", ""},
		{"webhook", "renamed, filenames, name2, a_name and NAME", ""},
		{"webhook", "the curl and the urls", ""},
		{"webhook", "the quota of the organization is spent", ""},
		{"webhook", "", ""},
		{"secret", "config.url must be reachable", "webhook[0].additional_config"},
		{"s3", "The bucket name is not valid", "s3[0].bucket"},
		{"custom", "config.spreadsheet_id is required", "custom[0].config"},
		{"custom", "config.name is required", "custom[0].config"},
		{"bearer", "auth_config.token should not be empty", "webhook[0].additional_config"},
		{"bearer", "auth_config.password should not be empty", "webhook[0].additional_config"},
		{"bearer", "auth_config is not valid", "webhook[0].additional_config"},
		{"bearer", "config.url and auth_config.token are not valid", "webhook[0].url"},
		{"basic", "auth_config.username should not be empty", "webhook[0].additional_config"},
		{"basic", "auth_config.password should not be empty", "webhook[0].additional_config"},
		{"api key", "auth_config.api_key should not be empty", "webhook[0].additional_config"},
		{"api key", "auth_config.header_name is no header", "webhook[0].additional_config"},
		{"sftp", "config.username should not be empty", "sftp[0].username"},
		{"sftp", "auth_config.username should not exist", "sftp[0].additional_config"},
		{"sftp", "auth_config.password should not be empty", "sftp[0].additional_config"},
		{"sftp", "config.hostname should not exist", "sftp[0].additional_config"},
		{"sftp", "the hostname cannot be resolved", ""},
		{"sftp", "host cannot be resolved", "sftp[0].host"},
		{"sftp", "config.port must not be greater than 65535", "sftp[0].port"},
		{"sftp", "config.filename_template is not valid", "sftp[0].filename_template"},
		{"sftp", "signing_secret should not exist", "sftp[0].additional_config"},
		{"s3", "auth_config.access_key_id should not be empty", "s3[0].additional_config"},
		{"s3", "auth_config.secret_access_key should not be empty", "s3[0].additional_config"},
		{"s3", "region eu-central-7 does not exist", "s3[0].region"},
		{"azure", "config.account_name must be lower case", "azure_blob[0].account_name"},
		{"azure", "account_name must be lower case", "azure_blob[0].account_name"},
		{"azure", "auth_config.account_key is no key", "azure_blob[0].additional_config"},
		{"drive", "auth_config.refresh_token is expired", "google_drive[0].additional_config"},
		{"drive", "auth_config.type is not known", "google_drive[0].additional_config"},
		{"custom", "auth_config.token should not be empty", "custom[0].config"},
		{"custom", "name should not be empty", "name"},
		{"imported", "name should not be empty", ""},
	} {
		at, ok := destinations[test.destination].argumentNamed(test.message)
		if got := at.String(); got != test.want || ok != (test.want != "") {
			t.Errorf("%s, %q: %q, %t; want %q", test.destination, test.message, got, ok, test.want)
		}
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	m := destinationOf(connector.Webhook, connector.Values{})
	m.ID, m.Name = types.StringValue("5b0f"), types.StringValue("erp")
	nameless := &model{ID: types.StringValue("5b0f")}
	refused := &talonic.Error{
		Method: "PUT", Path: "/v1/delivery/destinations/5b0f", StatusCode: 400, Code: "VALIDATION_ERROR",
		Message: "config.url must be an absolute URL", RequestID: "req_1",
	}
	missing := &talonic.Error{Method: "GET", Path: "/v1/delivery/destinations/5b0f", StatusCode: 404, Message: "no config.url here", Gone: true}
	for name, test := range map[string]struct {
		got, want diag.Diagnostic
	}{
		"refused argument": {describe(apidiag.Updating, m, refused), diag.NewAttributeErrorDiagnostic(connector.Webhook.Path().AtName("url"),
			`Cannot update delivery destination`,
			"Delivery destination \"erp\": The API responded with 400 Bad Request (VALIDATION_ERROR):\n\n  | config.url must be an absolute URL\n\n"+
				"Request: PUT /v1/delivery/destinations/5b0f, request ID req_1.\n\n"+
				"Nothing was changed. Correct the configuration and apply again.")},
		"refused otherwise": {describe(apidiag.Creating, m, &talonic.Error{Method: "POST", Path: "/x", StatusCode: 422, Message: "name is too long"}),
			diag.NewAttributeErrorDiagnostic(path.Root("name"), `Cannot create delivery destination`,
				"Delivery destination \"erp\": The API responded with 422 Unprocessable Entity:\n\n  | name is too long\n\nRequest: POST /x.\n\n"+
					"Nothing was created. Correct the configuration and apply again.")},
		"only a refusal is on an argument": {describe(apidiag.Reading, m, missing), diag.NewErrorDiagnostic(
			`Cannot read delivery destination`,
			"Delivery destination \"erp\": The API responded with 404 Not Found:\n\n  | no config.url here\n\nRequest: GET /v1/delivery/destinations/5b0f.\n\n"+
				"The destination was deleted outside Terraform. Run terraform plan again, which plans to re-create it.")},
		"without a name": {describe(apidiag.Importing, nameless, errors.New("GET /: no route to host")), diag.NewErrorDiagnostic(
			`Cannot import delivery destination`,
			"Delivery destination 5b0f: The request failed:\n\n  | GET /: no route to host\n\nCheck the network, base_url, and any proxy between this machine and the API. Then try again.")},
		"gone": {m.subject().Gone(missing, false), diag.NewWarningDiagnostic(
			`Delivery destination not found`,
			"Delivery destination \"erp\": The API responded with 404 Not Found:\n\n  | no config.url here\n\nRequest: GET /v1/delivery/destinations/5b0f.\n\n"+
				"The destination 5b0f was deleted outside Terraform, or the API key now belongs to a different organization. Terraform removes "+
				"it from state and plans to re-create it. If you do not want to re-create it, check the API key before you apply.")},
		"gone from the same organization": {m.subject().Gone(missing, true), diag.NewWarningDiagnostic(
			`Delivery destination not found`,
			"Delivery destination \"erp\": The API responded with 404 Not Found:\n\n  | no config.url here\n\nRequest: GET /v1/delivery/destinations/5b0f.\n\n"+
				"The destination 5b0f was deleted outside Terraform. Terraform removes it from state and plans to re-create it. If you do not "+
				"want to re-create it, remove it from the configuration before you apply.")},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if d := notRead(&model{ID: types.StringValue("5b0f")}); d.Severity() != diag.SeverityError || !strings.Contains(d.Detail(), "destination 5b0f: ") {
		t.Errorf("import: %v", d)
	}
	m.Type = types.StringValue("webhook")
	if d := notRead(m); d.Severity() != diag.SeverityWarning || !strings.Contains(d.Detail(), `"erp"`) {
		t.Errorf("not refreshed: %v", d)
	}
}
