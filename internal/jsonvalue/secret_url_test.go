package jsonvalue_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

func TestSecretURLs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text   string
		secret bool   // by its form
		shown  string // empty: unchanged
	}{
		{"https://hooks.slack.com/services/T000/B000/xxxx", true, "https://hooks.slack.com/..."},
		{"HTTPS://Hooks.Slack.Com/services/T000/B000/xxxx", true, "https://Hooks.Slack.Com/..."},
		{"https://hooks.slack.com.:443/services/T000", true, "https://hooks.slack.com.:443/..."},
		{"https://hooks.slack.com", true, "https://hooks.slack.com"},
		{"https://prod-00.westeurope.logic.azure.com:443/workflows/1", true, "https://prod-00.westeurope.logic.azure.com:443/..."},
		{"https://default1.2f.environment.api.powerplatform.com/powerautomate/x", true, "https://default1.2f.environment.api.powerplatform.com/..."},
		{"https://acme.webhook.office.com/webhookb2/x", true, "https://acme.webhook.office.com/..."},
		{"https://hooks.zapier.com/hooks/catch/1/abc", true, "https://hooks.zapier.com/..."},
		{"https://hook.eu1.make.com/abc", true, "https://hook.eu1.make.com/..."},
		{"https://hook.make.com/abc", true, "https://hook.make.com/..."},
		{"https://discord.com/api/webhooks/1/abc", true, "https://discord.com/..."},
		{"https://canary.discord.com/api/webhooks/1/abc", true, "https://canary.discord.com/..."},
		{"https://acme.azurewebsites.net/api/in?code=abc", true, "https://acme.azurewebsites.net/..."},
		{"https://a.example/in?SIG=abc", true, "https://a.example/..."},
		{"https://a.example/in?a=1&signature=b", true, "https://a.example/..."},
		{"https://a.example/in?token=b", true, "https://a.example/..."},
		{"https://a.example/in?access_token=b", true, "https://a.example/..."},
		{"https://a.example/in?key=b", true, "https://a.example/..."},
		{"https://a.example/in?api_key=b", true, "https://a.example/..."},
		{"https://a.example/in?secret=b", true, "https://a.example/..."},
		{"https://a.example/in?X-Amz-Signature=b", true, "https://a.example/..."},
		{"https://user:word@a.example/", false, "https://a.example/..."},

		{"https://webhook.site/6f1d3c52-9be1-4b0a-8d1f-2f3c1f0a9b77", false, "https://webhook.site/..."},
		{"https://a.example/hooks/a1b2c3d4e5f6a7b8/in", false, "https://a.example/..."},
		{"https://a.example/in?q=a1b2c3d4e5f6a7b8", false, "https://a.example/..."},
		{"https://a.example/in#a1b2c3d4e5f6a7b8", false, "https://a.example/..."},

		{"https://a.example/in", false, ""},
		{"https://erp.example.com/hooks/talonic", false, ""},
		{"https://a.example/in?code=", false, ""},
		{"https://a.example/in?country_code=de", false, ""},
		{"https://a.example/in?monkey=1", false, ""},
		{"https://a.example/code/token", false, ""},
		{"https://a.example/v1/deliveries/2026-11-26", false, ""},
		{"https://nothooks.slack.com/services/T000", false, ""},
		{"https://hooks.slack.com.example.com/x", false, ""},
		{"https://slack.com/x", false, ""},
		{"https://discord.com/channels/1", false, ""},
		{"https://notdiscord.com/api/webhooks/1", false, ""},
		{"https://make.com/hook", false, ""},
		{"ftp://hooks.slack.com/x", false, ""},
		{"hooks.slack.com/services", false, ""},
		{"https:///services?sig=1", false, ""},
		{"a1b2c3d4e5f6a7b8", false, ""},
		{"", false, ""},
	} {
		if got := jsonvalue.IsSecretURL(test.text); got != test.secret {
			t.Errorf("IsSecretURL(%q) = %t", test.text, got)
		}
		want := test.shown
		if want == "" {
			want = test.text
		}
		if got := jsonvalue.WithoutSecretURL(test.text); got != want {
			t.Errorf("WithoutSecretURL(%q) = %q, want %q", test.text, got, want)
		}
	}
}

func TestWithoutSecretURLs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"POST https://hooks.slack.com/services/T/B/x: 404.":                   "POST https://hooks.slack.com/...: 404.",
		`config.url "https://a.example/?sig=1" cannot be reached`:             `config.url "https://a.example/..." cannot be reached`,
		"see (https://a.example/?sig=1), https://a.example/in.":               "see (https://a.example/...), https://a.example/in.",
		"https://docs.example.com/errors/validation is of help":               "https://docs.example.com/errors/validation is of help",
		"HTTPS://HOOKS.ZAPIER.COM/hooks/catch/1/abc":                          "https://HOOKS.ZAPIER.COM/...",
		"redirects to https://a.example/6f1d3c52-9be1-4b0a-8d1f-2f3c1f0a9b77": "redirects to https://a.example/6f1d3c52-9be1-4b0a-8d1f-2f3c1f0a9b77",
		"https://user:word@a.example/in is wrong":                             "https://a.example/... is wrong",
		"POST https://hooks.slack.com/...: 404.":                              "POST https://hooks.slack.com/...: 404.",
		"no URL at all":                                                       "no URL at all",
	} {
		if got := jsonvalue.WithoutSecretURLs(text); got != want {
			t.Errorf("WithoutSecretURLs(%q) = %q, want %q", text, got, want)
		}
	}
}
