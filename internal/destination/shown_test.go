package destination

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// What the API quotes of values that may be sensitive is not repeated.
func TestWithoutValues(t *testing.T) {
	t.Parallel()
	m := destinationOf(webhook, blockOf(t, webhook, `{
		"url": "https://hooks.example/services/S3cr3tPath", "headers": {"X-Key": "S3cr3tHeader"}, "additional_config": "{\"a\":[{\"b\":\"S3cr3tInJSON\"}]}"
	}`))
	m.Name = types.StringValue("hook")
	for said, want := range map[string]string{
		"config.url https://hooks.example/services/S3cr3tPath is no URL": "config.url https://hooks.example/... is no URL",
		"S3cr3tHeader is no value of a header":                           "(value not shown) is no value of a header",
		"a.b must not be 'S3cr3tInJSON'":                                 "a.b must not be '(value not shown)'",
		"nothing of that":                                                "nothing of that",
	} {
		d := describe(diagnose.Updating, m, &talonic.Error{Method: "PUT", Path: "/v1/x", StatusCode: 400, Code: "x", Message: said})
		if !strings.Contains(d.Detail(), want) || strings.Contains(d.Detail(), "S3cr3t") {
			t.Errorf("%q: %s", said, d.Detail())
		}
	}
	placed := describe(diagnose.Updating, m, &talonic.Error{StatusCode: 400, Message: "config.headers: S3cr3tHeader"})
	if at, ok := placed.(interface{ Path() path.Path }); !ok || strings.Contains(placed.Detail(), "S3cr3t") {
		t.Errorf("%v: %s", at, placed.Detail())
	}
}
