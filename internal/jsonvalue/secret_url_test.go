package jsonvalue_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

func TestSecretURLs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text   string
		secret bool   // according to its form
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
		{"https://a.example/in#access_token=b", true, "https://a.example/..."},
		{"https://a.example/in?a=1#state=2&id_token=b", true, "https://a.example/..."},
		{"https://a.example/#/callback?code=b", true, "https://a.example/..."},
		{"https://a.example/in?token=?abcdef", true, "https://a.example/..."},
		{"https://a.example/in?a=1&code=?b", true, "https://a.example/..."},
		{"https://a.example/in#token=#b", true, "https://a.example/..."},
		{"https://a.example/in?next=/in?token=b", true, "https://a.example/..."},
		{"https://a.example/in?next=/in?token=?b", true, "https://a.example/..."},
		{"https://a.example/in#token", false, ""},
		{"https://a.example/in#a=1", false, ""},
		{"https://user:word@a.example/", false, "https://a.example/..."},

		{"sftp://user:word@a.example/in", false, "sftp://a.example/..."},

		// The URL is invalid, but it has a user name or a credential.
		{"https://user:p%zz@a.example", false, "https://a.example"},
		{"https://user:p^{|}w@a.example/in", false, "https://a.example/..."},
		{"https://user:pa/ss@a.example/in", false, "https://a.example/..."},
		{"https://user:pa?s#s@a.example/in", false, "https://a.example/..."},
		{"https://user:word@a|b/in", false, "https://..."},
		{"sftp://user:word@", false, "sftp://..."},
		{"https://user:pa/ss@localhost:8443/in", false, "https://localhost:8443/..."},
		{"https://user:pa/ss@[::1]:8443/in", false, "https://[::1]:8443/..."},
		{"https://:pa/ss@a.example/in", false, "https://a.example/..."},

		// The password may contain a delimiter, and begin with digits or contain an "@".
		{"https://admin:1234/abcdfake@host/", false, "https://..."},
		{"https://user:123#4fake@host", false, "https://..."},
		{"https://user:123?4fake@host", false, "https://..."},
		{"https://first.last:123/4fake@a.example/in", false, "https://..."},
		{"https://first.last:12345678/@a.example/in", false, "https://..."},
		{"https://user:p@fake12/xyz@host/in", false, "https://..."},
		{"https://user@fake12/xyz@host/in", false, "https://..."},
		{"redis://:123/4fake@host", false, "redis://..."},
		{"https://hooks.slack.com:443/services/T000/B000/fake@1", true, "https://..."},
		{"https://user:word@hooks.slack.com/services/T000/fake@1", true, "https://..."},
		{"https://a.example:8443/@scope/@in", false, ""},
		{"http://localhost:8080/@scope/in", false, ""},
		{"https://[::1]:8443/x@y", false, ""},
		{"https://a.example/x@y.example/in", false, ""},

		// What follows the "@" may be no host.
		{"mongodb://h1:1,h2:2/db?x=a@b", false, "mongodb://..."},
		{"mongodb://h1:1,h2:2/db?x=a@b.example/in", false, "mongodb://..."},
		{"s3://bucket:prefix/logo@2x.png", false, "s3://..."},
		{"https://user:pa/ss@host", false, "https://..."},
		{"https://user:pa/ss@a.example", false, "https://..."},
		{"https://user:pa/ss@a|b.example/in", false, "https://..."},
		{"https://{host}:{port}/users/@me", false, ""},
		{"https://a.example:${port}/users/@me", false, ""},
		{"https://a.example/in:x/users/@me", false, ""},
		{"https://hooks.slack.com/services/T000/%zz", true, "https://hooks.slack.com/..."},
		{"https://hooks.slack.com:x/services/T000", true, "https://hooks.slack.com:x/..."},
		{" https://hooks.slack.com/services/T000\n", true, "https://hooks.slack.com/..."},
		{"https://a.example/%zz", false, ""},
		{"https://a.example:port/in?mail=a", false, ""},
		{"https://a.example:8443/@scope/in", false, ""},

		// The query is invalid, but a server may accept it.
		{"https://a.example/in?code=abcdef%2", true, "https://a.example/..."},
		{"https://a.example/in?a=1;sig=x", true, "https://a.example/..."},
		{"https://a.example/in?a=1&amp;sig=x", true, "https://a.example/..."},
		{"https://a.example/in?sig=ab%zz", true, "https://a.example/..."},
		{"https://a.example/in?a=%zz&%73ig=x", true, "https://a.example/..."},
		{"https://a.example/in?a=1&+sig=x", true, "https://a.example/..."},
		{"https://a.example/in?q=a1b2c3d4e5f6a7b8%zz", false, "https://a.example/..."},
		{"https://a.example/in?a1b2c3d4e5f6a7b8", false, "https://a.example/..."},
		{"https://a.example/in?a=%zz;b=1", false, ""},
		{"https://a.example/in?sig=;b=1", false, ""},

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
		"at https://a.example/in#access_token=b.":                             "at https://a.example/....",
		"at a.example/in#access_token=b, or /in#access_token=b":               "at a.example/..., or /...",
		"#access_token=b is invalid; issue #12 of a.example/in#key":           "/... is invalid; issue #12 of a.example/in#key",
		"sftp://user:word@a.example is down":                                  "sftp://a.example is down",
		"ssh://user:word@a.example/in, or //user:word@a.example/in":           "ssh://a.example/..., or //a.example/...",
		"cannot POST https://user:p%zz@a.example.":                            "cannot POST https://a.example.",
		"cannot POST https://user:p^{|}w@a.example/in.":                       "cannot POST https://a.example/....",
		"see https://a.example:8443/@scope/in and sftp://a.example/x@y":       "see https://a.example:8443/@scope/in and sftp://a.example/x@y",
		"see mongodb://h1:1,h2:2/db?x=a@b, s3://bucket:prefix/logo@2x.png":    "see mongodb://..., s3://...",
		"see https://{host}:{port}/users/@me and /v1//x@y":                    "see https://{host}:{port}/users/@me and /v1//x@y",
		"see v1//x@y, /v1//jane:word@a.example/in":                            "see v1//x@y, /v1//...",
		"see //{host}:{port}/users/@me":                                       "see //{host}:{port}/users/@me",
		"see https://admin:1234/abcdfake@host/, //user:123#4fake@host":        "see https://..., //...",
		"POST https://user:p@fake12/xyz@host/in: 404":                         "POST https://...: 404",
		"POST https://a.example/in?code=abcdef%2: 404":                        "POST https://a.example/...: 404",
		"POST https://a.example/in?a=1;sig=x":                                 "POST https://a.example/...",
		"POST /in?a=1;sig=x: 404":                                             "POST /...: 404",
		"POST /in?sig=ab%zz: 404":                                             "POST /...: 404",
		"POST https://a.example/in?token=?abcdef: 404":                        "POST https://a.example/...: 404",
		"POST /in?code=?b: 404":                                               "POST /...: 404",
		"POST /in?a=%zz;b=1: 404":                                             "POST /in?a=%zz;b=1: 404",
	} {
		if got := jsonvalue.WithoutSecretURLs(text); got != want {
			t.Errorf("WithoutSecretURLs(%q) = %q, want %q", text, got, want)
		}
	}
}

// A URL may contain an apostrophe. An apostrophe also quotes URLs.
func TestURLsWithApostrophes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"POST https://user:it'sfake@host.example/in: 404":                   "POST https://host.example/...: 404",
		"POST https://a.example/in?token=abc'deffake":                       "POST https://a.example/...",
		"POST /in?token=abc'deffake":                                        "POST /...",
		"POST /services/T000/B000/xxxx'fake":                                "POST /...",
		"POST a.example/in?token=abc'deffake.":                              "POST a.example/....",
		"'https://a.example/?sig=fake','https://b.example/in' is wrong":     "'https://a.example/...','https://b.example/in' is wrong",
		"{'url':'https://a.example/?sig=fake','ok':False}":                  "{'url':'https://a.example/...','ok':False}",
		"{'u':'//u:fake@a.example/','v':'/in'}":                             "{'u':'//a.example/...','v':'/in'}",
		"{'u':'/in?sig=fake','v':'/in'}":                                    "{'u':'/...','v':'/in'}",
		"{'u':'a.example/in?sig=fake','v':'/services/T000/B000/xxxfake'}":   "{'u':'a.example/...','v':'/...'}",
		"'https://user:it'sfake@host.example/in' is wrong":                  "'https://host.example/...' is wrong",
		"'POST https://a.example/?sig=fake' is wrong":                       "'POST https://a.example/...' is wrong",
		"'/fakeonefakeonefakeonefakeone0z23' or '/services/T000/B000/fake'": "'/...' or '/...'",
		"the host's https://a.example/in isn't 'https://b.example/it's'":    "the host's https://a.example/in isn't 'https://b.example/it's'",
	} {
		got := jsonvalue.WithoutSecretURLs(text)
		if got != want {
			t.Errorf("WithoutSecretURLs(%q) = %q, want %q", text, got, want)
		}
		if again := jsonvalue.WithoutSecretURLs(got); again != got {
			t.Errorf("%s becomes %s, which becomes %s", text, got, again)
		}
	}
}

// An escaped character, which would end a URL, may be a part of a secret.
func TestEncodedSecretsWithEscapes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"POST https%3A%2F%2Fuser%3Apa%2520ssfake%40host%2F: 404":            "POST (sensitive value) 404",
		`POST https:\/\/user:pa\u0022ssfake@host\/`:                         "POST (sensitive value)",
		`POST https:\/\/user:pa\u003cssfake@host\/`:                         "POST (sensitive value)",
		`POST https:\/\/user:pa\nssfake@host\/`:                             "POST (sensitive value)",
		"url=https%3A%2F%2Fa.example%2F%3Ftoken%3Dabc%2520deffake":          "(sensitive value)",
		"url=https%3A%2F%2Fa.example%2F%3Ftoken%3Dabc%2522deffake":          "(sensitive value)",
		"url=https%3A%2F%2Fa.example%2F%3Ftoken%3D%2522fake":                "(sensitive value)",
		"url=https%3A%2F%2Fuser%3Apa%27ssfake%40host%2F":                    "url=https://host/...",
		"url=https%3A%2F%2Fa.example%2Fa%2520b%3Fa%3D%2522b%2522":           "url=https%3A%2F%2Fa.example%2Fa%2520b%3Fa%3D%2522b%2522",
		"body=%7B%22url%22%3A%22https%3A%2F%2Fa.example%2Fin%22%7D":         "body=%7B%22url%22%3A%22https%3A%2F%2Fa.example%2Fin%22%7D",
		`C:\new\temp and {\"url\":\"https:\/\/a.example\/in\",\"ok\":true}`: `C:\new\temp and {\"url\":\"https:\/\/a.example\/in\",\"ok\":true}`,
	} {
		got := jsonvalue.WithoutSecretURLs(text)
		if got != want {
			t.Errorf("WithoutSecretURLs(%q) = %q, want %q", text, got, want)
		}
		if again := jsonvalue.WithoutSecretURLs(got); again != got {
			t.Errorf("%s becomes %s, which becomes %s", text, got, again)
		}
	}
}

// secretForms holds URLs of every kind that [jsonvalue.IsSecretURL] recognizes, each with a part that must not be shown.
var secretForms = map[string]string{
	"https://hooks.slack.com/services/T000/B000/XXXXfake":                             "XXXXfake",
	"https://hooks.slack.com/services/T0FAKE000/B0FAKE001/fakeonefakeonefakeone001":   "fakeone",
	"https://hooks.slack.com/workflows/T0FAKE000/A0FAKE001/123456789/fakeonefakeone":  "fakeone",
	"https://hooks.slack.com/triggers/E0FAKE000/123456789/fakeonefakeone":             "fakeone",
	"https://hooks.zapier.com/hooks/catch/123456/fakeone/":                            "fakeone",
	"https://hook.eu1.make.com/fakeonefakeonefakeonefakeone0123":                      "fakeone",
	"https://discord.com/api/webhooks/123456789012345678/fakeone_fakeone-fakeone":     "fakeone",
	"https://discord.com/api/v10/webhooks/123456789012345678/fakeone_fakeone-fakeone": "fakeone",
	"https://acme.azurewebsites.net/api/in?code=fakeone":                              "fakeone",
	"https://acme:fakeone@a.example/in":                                               "fakeone",
	"sftp://acme:fakeone@a.example/in":                                                "fakeone",
	"https://a.example/in#access_token=fakeone":                                       "fakeone",
	"https://a.example/in?a=1&signature=fakeone":                                      "fakeone",
	"https://acme.webhook.office.com/webhookb2/6f1d3c52-9be1-4b0a-8d1f-2f3c1f0a9b77@6f1d3c52-9be1-4b0a-8d1f-2f3c1f0a9b77/IncomingWebhook/0fake/1":       "0fake",
	"https://prod-00.westeurope.logic.azure.com:443/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke?sp=%2Ftriggers&sig=fakeone": "fakeone",
	"https://default1.2f.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0fake/triggers/manual":                        "0fake",
}

// A secret URL is found in every encoding, without its scheme, and without its host.
func TestEncodedSecretURLs(t *testing.T) {
	t.Parallel()
	jsonText := func(text string) string { return strings.ReplaceAll(text, "/", `\/`) }
	encodings := map[string]func(string) string{
		"plain":            func(text string) string { return text },
		"JSON":             jsonText,
		"JSON in JSON":     func(text string) string { return `{\"url\":\"` + strings.ReplaceAll(text, "/", `\\\/`) + `\"}` },
		"JSON with digits": func(text string) string { return strings.NewReplacer("/", `\u002f`, "&", `\u0026`).Replace(text) },
		"URL":              url.QueryEscape,
		"URL in a path":    url.PathEscape,
		"URL in URL":       func(text string) string { return url.QueryEscape(url.QueryEscape(text)) },
		"URL of JSON":      func(text string) string { return url.QueryEscape(`{"url":"` + jsonText(text) + `"}`) },
		"form":             func(text string) string { return "id=1&url=" + url.QueryEscape(text) + "&more=2" },
		"HTML":             func(text string) string { return strings.NewReplacer("/", "&#x2F;", "&", "&amp;").Replace(text) },
		"in upper case":    func(text string) string { return strings.Replace(text, "https://", "HTTPS://", 1) },
	}
	for secret, part := range secretForms {
		u, err := url.Parse(secret)
		if err != nil {
			t.Fatal(err)
		}
		parts := map[string]string{"whole": secret, "without scheme": strings.TrimPrefix(secret, u.Scheme+":"), "without host": u.RequestURI()}
		if u.Fragment != "" {
			parts["without host"] = u.RequestURI() + "#" + u.EscapedFragment()
			parts["fragment"] = "#" + u.EscapedFragment()
		}
		if u.RawQuery != "" && !strings.Contains(u.Path, part) {
			parts["query"] = "?" + u.RawQuery
		}
		for name, encode := range encodings {
			for what, text := range parts {
				for _, around := range []string{"%s", "cannot POST %s.", `{"url":"%s"}`, "url=%s: 404", "(%s)"} {
					message := strings.Replace(around, "%s", encode(text), 1)
					got := jsonvalue.WithoutSecretURLs(message)
					if strings.Contains(got, part) {
						t.Errorf("%s, %s: %s is shown as %s", name, what, message, got)
					}
					if again := jsonvalue.WithoutSecretURLs(got); again != got {
						t.Errorf("%s becomes %s, which becomes %s", message, got, again)
					}
				}
			}
		}
	}
}

// Ordinary paths, IDs and escapes in messages stay unchanged.
func TestOrdinaryTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Cannot POST /v1/delivery/destinations",
		"no destination 5b0f6c1e-8a43-4f0e-9a55-0d6a3c2be901 (/v1/delivery/destinations/5b0f6c1e-8a43-4f0e-9a55-0d6a3c2be901)",
		"GET /v1/delivery/items?cursor=eyJpZCI6MTIzfQ%3D%3D&limit=500: 500",
		"GET /v1/delivery/destinations/5b0f6c1e-8a43-4f0e-9a55-0d6a3c2be901/test?verbose=true",
		"request req_01HZX3V9Q2M4N5P6R7S8T9V0W1, event 9007199254740993",
		"config.remote_path must begin with /, not with uploads/2026",
		"delivery/{date}/{event_id} is no template; %{token} and {customer_id} are",
		"remote_path /services/team1/build2/run3, /services/erp/in, /workflows/nightly/triggers/run, /hooks/catch/all",
		"/api/webhooks/12/deliveries and /api/webhooks/5b0f6c1e-8a43-4f0e-9a55-0d6a3c2be901",
		"/0123456789abcdef0123456789abcdef and /v1/a1b2c3d4e5f6a7b8a1b2c3d4e5f6a7bz",
		"/abcdefghijklmnopqrstuvwxyzabcdef has no digits",
		`"url": "https:\/\/api.example.com\/ingest" and https%3A%2F%2Fapi.example.com%2Fingest%3Fq%3D1`,
		"https://hooks.slack.com/ answers with 404; hooks.slack.com/ as well",
		"100% of a&b; C:\\new\\temp; 50%2 and &nbsp; and R&D?",
		"unknown parameters ?code=&key=",
		"is it ? or ?? in a/b?",
		"arn:aws:s3:::acme-archive/delivery/2026-11-26/1.json",
		"SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDfakefakefakefake",
		"image registry.example.com/acme/receiver:1.2.3@sha256:0123456789abcdef",
		"",
	} {
		if got := jsonvalue.WithoutSecretURLs(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
