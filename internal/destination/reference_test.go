package destination_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// TestReferenceExample applies the example of the API's reference page: a webhook with a signing secret and no other credential. It
// compares request and response field by field.
func TestReferenceExample(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	config := a.configuration(`
		name = "Production Webhook"
		webhook {
			url               = "https://api.example.com/ingest"
			headers           = { "X-Source" = "talonic" }
			signing_secret_wo = "whsec_reference"
		}`)
	known := func(attribute string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), check)
	}
	webhook := tfjsonpath.New("webhook").AtSliceIndex(0)
	acctest.CheckApplied(t, config,
		known("id", knownvalue.StringFunc(func(id string) error {
			if want := a.only(t).ID; id != want {
				return fmt.Errorf("it is %q, not %q", id, want)
			}
			return nil
		})),
		known("name", knownvalue.StringExact("Production Webhook")),
		known("type", knownvalue.StringExact("webhook")),
		statecheck.ExpectKnownValue(address, webhook.AtMapKey("url"), knownvalue.StringExact("https://api.example.com/ingest")),
		statecheck.ExpectKnownValue(address, webhook.AtMapKey("headers"),
			knownvalue.MapExact(map[string]knownvalue.Check{"X-Source": knownvalue.StringExact("talonic")})),
		statecheck.ExpectKnownValue(address, webhook.AtMapKey("signing_secret_wo"), knownvalue.Null()),
		known("has_auth_config", knownvalue.Bool(false)),
		known("has_signing_secret", knownvalue.Bool(true)),
		known("payload_cap_bytes", knownvalue.Null()),
		known("is_active", knownvalue.Bool(true)),
		known("last_delivery_at", knownvalue.Null()),
		known("last_delivery_status", knownvalue.Null()),
		known("created_at", knownvalue.StringFunc(isMilliseconds)),
		known("updated_at", knownvalue.StringFunc(isMilliseconds)),
	)
	checkReferenceRequest(t, a)
}

func isMilliseconds(text string) error {
	_, err := time.Parse("2006-01-02T15:04:05.000Z", text)
	return err
}

// checkReferenceRequest checks the only create request that the API received.
func checkReferenceRequest(t *testing.T, a api) {
	t.Helper()
	var creates []emulator.Request
	for _, r := range a.Requests() {
		if r.Method == http.MethodPost {
			creates = append(creates, r)
		}
	}
	if len(creates) != 1 {
		t.Fatalf("%d creates were sent, not 1", len(creates))
	}
	create := creates[0]
	var body any
	if err := json.Unmarshal(create.Body, &body); err != nil {
		t.Fatal(err)
	}
	want := any(map[string]any{
		"name":        "Production Webhook",
		"type":        "webhook",
		"config":      map[string]any{"url": "https://api.example.com/ingest", "headers": map[string]any{"X-Source": "talonic"}},
		"auth_config": map[string]any{"signing_secret": "whsec_reference"},
	})
	if diff := cmp.Diff(want, body); diff != "" {
		t.Errorf("request body (-want +got):\n%s", diff)
	}
	for name, form := range map[string]string{
		"Authorization":   `^Bearer tlnc_emulator$`,
		"Content-Type":    `^application/json$`,
		"Accept":          `^application/json$`,
		"User-Agent":      `^terraform-provider-talonic/dev$`,
		"Idempotency-Key": `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`,
	} {
		if value := create.Header.Get(name); !regexp.MustCompile(form).MatchString(value) {
			t.Errorf("%s: %q does not match %s", name, value, form)
		}
	}
}
