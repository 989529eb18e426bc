package destination

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Diagnostics redact values that may be sensitive from what the API quotes.
func TestWithoutValues(t *testing.T) {
	t.Parallel()
	m := destinationOf(connector.Webhook, blockOf(t, connector.Webhook, `{
		"url": "https://hooks.example/services/S3cr3tPath", "headers": {"X-Key": "S3cr3tHeader"}, "additional_config": "{\"a\":[{\"b\":\"S3cr3tInJSON\"}]}"
	}`))
	m.Name = types.StringValue("hook")
	for said, want := range map[string]string{
		"config.url https://hooks.example/services/S3cr3tPath is no URL": "config.url https://hooks.example/... is no URL",
		"S3cr3tHeader is no value of a header":                           "(value not shown) is no value of a header",
		"a.b must not be 'S3cr3tInJSON'":                                 "a.b must not be '(value not shown)'",
		"nothing of that":                                                "nothing of that",
	} {
		d := describe(apidiag.Updating, m, &talonic.Error{Method: "PUT", Path: "/v1/x", StatusCode: 400, Code: "x", Message: said})
		if !strings.Contains(d.Detail(), want) || strings.Contains(d.Detail(), "S3cr3t") {
			t.Errorf("%q: %s", said, d.Detail())
		}
	}
	placed := describe(apidiag.Updating, m, &talonic.Error{StatusCode: 400, Message: "config.headers: S3cr3tHeader"})
	if at, ok := placed.(interface{ Path() path.Path }); !ok || strings.Contains(placed.Detail(), "S3cr3t") {
		t.Errorf("%v: %s", at, placed.Detail())
	}
}

// Values are redacted before text is wrapped or truncated, so that they are found.
func TestWithoutLongValues(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("S3cr3t words ", 12) + "\nand more S3cr3t"
	m := destinationOf(connector.Webhook, blockOf(t, connector.Webhook, `{
		"url": "https://hooks.example/`+strings.Repeat("S3cr3tPath", 20)+`", "headers": {"X-Key": "`+strings.Repeat("S3cr3t header ", 10)+`end"},
		"additional_config": `+strconv.Quote(`{"a":`+strconv.Quote(long)+`}`)+`
	}`))
	for _, said := range []string{
		"config.url https://hooks.example/" + strings.Repeat("S3cr3tPath", 20) + " is no URL",
		"what stands before it " + strings.Repeat("S3cr3t header ", 10) + "end is no value",
		"a must not be " + long,
		strings.Repeat("word ", 150) + long,
	} {
		for what, err := range map[string]error{
			"a refusal":            &talonic.Error{Method: "PUT", Path: "/v1/x", StatusCode: 400, Code: "x", Message: said},
			"an unknown outcome":   &talonic.OutcomeUnknownError{Cause: &talonic.Error{StatusCode: 502, Message: said}},
			"a failed look-up":     &talonic.OutcomeUnknownError{Cause: errors.New("x"), Lookup: &talonic.Error{StatusCode: 502, Message: said}},
			"something unforeseen": errors.New(said),
		} {
			if d := describe(apidiag.Creating, m, err); strings.Contains(d.Detail(), "S3cr3t") {
				t.Errorf("%s: %q: %s", what, said, d.Detail())
			}
		}
		recovered := m.subject().Recovered(talonic.Recovery{Adopted: true, Cause: &talonic.Error{StatusCode: 502, Message: said}})
		if strings.Contains(recovered[0].Detail(), "S3cr3t") {
			t.Errorf("%q: %s", said, recovered[0].Detail())
		}
	}
}
