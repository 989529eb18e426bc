package connector

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

const (
	slackURL = "https://hooks.slack.com/services/T0FAKE000/B0FAKE000/fakefakefakefakefake0000"
	plainURL = "https://a.example/in"
)

// The value of a write-only argument is neither in the block nor in the record.
func TestWriteOnlyFromAPI(t *testing.T) {
	t.Parallel()
	sent := ConfigRecord{WriteOnly: map[string]credentials.ArgumentRecord{"url": credentials.NewArgumentRecord(plainURL, plainURL)}}
	for name, c := range map[string]struct {
		before  string // empty: an import
		prior   ConfigRecord
		shown   string
		url     types.String
		known   bool // the record recognizes a value
		drifted bool
	}{
		"as it was":                       {`{}`, sent, plainURL, types.StringNull(), true, false},
		"another one":                     {`{}`, sent, "https://b.example/in", types.StringNull(), true, true},
		"without a record":                {`{}`, ConfigRecord{}, plainURL, types.StringNull(), false, false},
		"tampered with":                   {`{}`, ConfigRecord{Unmanaged: Config{"url": "a"}, WriteOnly: sent.WriteOnly}, plainURL, types.StringNull(), true, false},
		"imported":                        {``, ConfigRecord{}, plainURL, types.StringValue(plainURL), false, false},
		"an imported secret":              {``, ConfigRecord{}, slackURL, types.StringNull(), true, false},
		"plain":                           {`{"url": "https://a.example/in"}`, ConfigRecord{}, plainURL, types.StringValue(plainURL), false, false},
		"a plain one that is a secret":    {`{"url": "` + slackURL + `"}`, ConfigRecord{}, slackURL, types.StringValue(slackURL), false, false},
		"plain, with a record of another": {`{"url": "https://a.example/in"}`, sent, plainURL, types.StringValue(plainURL), false, false},
	} {
		var before Values
		if c.before != "" {
			before = blockOf(t, Webhook, c.before)
		}
		got, next, err := Webhook.FromAPI(before, c.prior, Config{"url": c.shown, "other": "x"})
		if err != nil {
			t.Fatal(err)
		}
		record, known := next.WriteOnly["url"]
		if !got.Text("url").Equal(c.url) || known != c.known || record.Drifted != c.drifted {
			t.Errorf("%s: url %s, record %t %+v", name, got["url"], known, record)
		}
		if stored, _ := json.Marshal(next); strings.Contains(string(stored), "services") || strings.Contains(string(stored), ".example/in") {
			t.Errorf("%s: the record holds the value: %s", name, stored)
		}
		if diff := cmp.Diff(Config{"other": "x"}, next.Unmanaged); diff != "" {
			t.Errorf("%s: unmanaged keys (-want +got):\n%s", name, diff)
		}
	}
}

// Values that repeat a secret stay unredacted only if a write-only argument holds them, or if they are not new.
func TestComparable(t *testing.T) {
	t.Parallel()
	shown, raw := Config{"url": redact.Redacted, "headers": redact.Redacted}, Config{"url": plainURL, "headers": "raw"}
	for name, c := range map[string]struct {
		before Values
		prior  Config
		raw    bool
	}{
		"imported":                       {nil, nil, true},
		"write-only":                     {blockOf(t, Webhook, `{}`), nil, true},
		"plain, the same":                {blockOf(t, Webhook, `{"url": "https://a.example/in"}`), nil, true},
		"plain, as the API showed it":    {blockOf(t, Webhook, `{"url": "https://a.example/in/"}`), Config{"url": plainURL}, true},
		"plain, another one":             {blockOf(t, Webhook, `{"url": "https://b.example/in"}`), nil, false},
		"plain, another than shown last": {blockOf(t, Webhook, `{"url": "https://b.example/in"}`), Config{"url": "https://b.example/in/"}, false},
	} {
		got := Webhook.Comparable(c.before, ConfigRecord{Shown: c.prior}, shown, raw)
		want := map[bool]any{true: plainURL, false: redact.Redacted}[c.raw]
		if got["url"] != want || got["headers"] != redact.Redacted || shown["url"] != redact.Redacted {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestValidateWriteOnly(t *testing.T) {
	t.Parallel()
	var (
		null, unknown = types.StringNull(), types.StringUnknown()
		value         = types.StringValue(plainURL)
		slack         = types.StringValue(slackURL)
	)
	const (
		conflicting = "webhook[0].additional_config: Error: Conflicting url and url_wo"
		secret      = "id: Warning: Argument looks like a secret"
	)
	for name, c := range map[string]struct {
		url, secret types.String
		want        []string
	}{
		"plain":              {value, null, nil},
		"write-only":         {null, value, nil},
		"unknown":            {unknown, null, nil},
		"write-only unknown": {null, unknown, nil},
		"both unknown":       {unknown, unknown, nil},
		"one unknown":        {value, unknown, nil},
		"the other unknown":  {unknown, value, nil},
		"both":               {value, value, []string{conflicting}},
		"none":               {null, null, nil},
		"a secret":           {slack, null, []string{secret}},
		"no secret any more": {null, slack, nil},
	} {
		diags := Webhook.validateWriteOnly(Values{"url": c.url, "url_wo": c.secret})
		if diff := cmp.Diff(c.want, blocktest.Summaries(diags)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, d := range diags {
			if strings.Contains(d.Detail(), "services") || strings.Contains(d.Detail(), ".example") {
				t.Errorf("%s: the value is repeated: %s", name, d.Detail())
			}
		}
	}
}

// A secret URL is validated like any other, but diagnostics neither quote it nor point at its line.
func TestSecretURLRules(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "hunter2:word", "hunter2", "hunter2://word", "https://hunter2:word@x", "https://", "https:///hunter2", "https://a b/hunter2", "https://x:hunter2/",
		"https://x/hunter2\n", "http://x/hunter2", "https://x/hunter2", "http://hooks.slack.com/hunter2",
	} {
		for _, secret := range []bool{true, false} {
			var response, plain validator.StringResponse
			request := validator.StringRequest{Path: path.Root("url_wo"), ConfigValue: types.StringValue(text)}
			httpURL{isSecret: secret}.ValidateString(t.Context(), request, &response)
			httpURL{}.ValidateString(t.Context(), request, &plain)
			if len(response.Diagnostics) != len(plain.Diagnostics) || response.Diagnostics.HasError() != plain.Diagnostics.HasError() {
				t.Errorf("%q is judged in two ways: %v, %v", text, response.Diagnostics, plain.Diagnostics)
			}
			if !secret {
				continue
			}
			for i, summary := range blocktest.Summaries(response.Diagnostics) {
				if !strings.HasPrefix(summary, "id: ") || strings.Contains(response.Diagnostics[i].Detail(), "hunter2") {
					t.Errorf("%q: %s: %s", text, summary, response.Diagnostics[i].Detail())
				}
			}
		}
	}
}

// The key of a write-only argument is not in the config that state describes, and its value is registered as a secret.
func TestWriteOnlyArguments(t *testing.T) {
	t.Parallel()
	block := blockOf(t, Webhook, `{}`).With(Values{"url_wo": types.StringValue(slackURL)})
	if config, err := Webhook.Config(block); err != nil || len(config) > 0 {
		t.Errorf("the config of the arguments in state is %v, %v", config, err)
	}
	if got := WriteOnlyValue(block, "url").ValueString(); got != slackURL {
		t.Errorf("the value is %q", got)
	}
	for _, c := range All {
		want := []string(nil)
		if c.Name == "webhook" {
			want = []string{"url"}
		}
		if diff := cmp.Diff(want, c.WriteOnlyNames()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Name, diff)
		}
		for _, name := range c.WriteOnlyNames() {
			if a := c.Block().GetNestedObject().GetAttributes()[name+WriteOnlySuffix]; !a.IsWriteOnly() || a.IsSensitive() {
				t.Errorf("%s.%s: write-only %t, sensitive %t", c.Name, name, a.IsWriteOnly(), a.IsSensitive())
			}
		}
	}
}
