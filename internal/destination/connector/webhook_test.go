package connector

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestCanonicalURL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool // a and b are equal
	}{
		{"https://a.example.com", "https://a.example.com/", true},
		{"https://a.example.com/x", "https://a.example.com/x//", true},
		{"HTTPS://A.Example.COM/x", "https://a.example.com/x", true},
		{"https://a.example.com:443/x", "https://a.example.com/x", true},
		{"http://a.example.com:80/x", "http://a.example.com/x", true},
		{"https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x", true},
		{"https://[2001:db8::443]/x", "https://[2001:db8::]/x", false},
		{"https://a.example.com/?q=1", "https://a.example.com?q=1", true},
		{"https://a.example.com/%7Ex", "https://a.example.com/%7Ex/", true},
		{"https://xn--bcher-kva.example", "https://XN--BCHER-KVA.example/", true},
		{"https://a.example.com/x?b=1&a=2", "https://a.example.com/x?a=2&b=1", true},
		{"https://a.example.com/y/../%7ex", "https://a.example.com/~x/", true},
		{"https://a.example.com:80/x", "https://a.example.com/x", false},
		{"http://a.example.com:443/x", "http://a.example.com/x", false},
		{"https://a.example.com:8443/x", "https://a.example.com/x", false},
		{"http://a.example.com/x", "https://a.example.com/x", false},
		{"https://a.example.com/X", "https://a.example.com/x", false},
		{"https://a.example.com/x", "https://b.example.com/x", false},
		{"https://a.example.com/x?q=1", "https://a.example.com/x?q=2", false},
		{"https://a.example.com/x?q=/", "https://a.example.com/x?q=", false},
		{"https://a.example.com/x%2Fy", "https://a.example.com/x/y", false},
		{"https://a.example.com/Caf\u00e9?\u00e9", "https://a.example.com/Cafe\u0301?e\u0301", true},
		{"https://a.example.com/%zz", "https://a.example.com/%zz/", false}, // invalid URL
	} {
		if got := normalizeURL(test.a) == normalizeURL(test.b); got != test.want {
			t.Errorf("%s and %s are the same: %t, want %t (%s, %s)", test.a, test.b, got, test.want, normalizeURL(test.a), normalizeURL(test.b))
		}
		if once := normalizeURL(test.a); normalizeURL(once) != once {
			t.Errorf("%s becomes %s, which becomes %s", test.a, once, normalizeURL(once))
		}
	}
	if got := normalizeURL(true); got != true {
		t.Errorf("what is no string becomes %v", got)
	}
}

func TestCanonicalHeaders(t *testing.T) {
	t.Parallel()
	original := map[string]any{"X-Source": "Talonic", "etag": "A"}
	if diff := cmp.Diff(any(map[string]any{"x-source": "Talonic", "etag": "A"}), normalizeHeaders(original)); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
	if _, still := original["X-Source"]; !still {
		t.Error("the original has changed")
	}
	if got := normalizeHeaders("***"); got != "***" {
		t.Errorf("what is no object becomes %v", got)
	}
}

func TestJudgeURL(t *testing.T) {
	t.Parallel()
	for _, valid := range []string{
		"https://api.example.com", "https://api.example.com/ingest?source=talonic#top", "HTTPS://API.example.com/", "http://localhost:8080/x",
		"https://192.0.2.1/x", "https://[2001:db8::1]:8443/x", "https://[fe80::1%25eth0]/x", "https://xn--bcher-kva.example/", "https://bücher.example/",
		"https://api.example.com/a%20b", "https://api.example.com/a@b", "https://api.example.com/?to=a@b:c",
	} {
		if problem := validateURL(valid, false); problem != "" {
			t.Errorf("%s: %s", valid, problem)
		}
	}
	const (
		relative   = "must be an absolute"
		unparsable = "cannot be parsed"
		userinfo   = "contains a user name or a password"
		space      = "contains a space"
	)
	for text, want := range map[string]string{
		"api.example.com":                    relative,
		"/ingest":                            relative,
		"//api.example.com/ingest":           relative,
		"https:api.example.com":              relative,
		"https:///ingest":                    relative,
		"https://:8443/ingest":               relative,
		"ftp://api.example.com":              relative,
		"httpss://api.example.com":           relative,
		"api.example.com:443/ingest":         relative,
		"{url}":                              relative,
		"localhost:8080":                     relative,
		"https://api.example.com:port":       unparsable,
		"https://[2001:db8::1":               unparsable,
		"https://api.example.com/%zz":        unparsable,
		"https://api.exa mple.com":           unparsable,
		" https://api.example.com":           unparsable,
		"https://api.example.com\n":          "ends with a line break",
		"https://api.example.com/a b":        space,
		"https://api.example.com/ ":          space,
		"https://user@api.example.com":       userinfo,
		"https://user:hunter2@api.example":   userinfo,
		"https://:hunter2@api.example.com":   userinfo,
		"https://@api.example.com":           userinfo,
		"ftp://user:hunter2@api.example.com": userinfo,
		"https://user:hunter2%zz@a.example":  unparsable,
		"https://user:hunter2@a b":           unparsable,
	} {
		switch problem := validateURL(text, false); {
		case !strings.Contains(problem, want):
			t.Errorf("%q: %q, want %q", text, problem, want)
		case strings.Contains(problem, "hunter2"):
			t.Errorf("%q: the password is repeated: %s", text, problem)
		}
	}
}

func TestURLArgument(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value types.String
		want  []string
	}{
		"null":                {types.StringNull(), nil},
		"unknown":             {types.StringUnknown(), nil},
		"empty":               {types.StringValue(""), nil}, // rejected by NotEmpty
		"https":               {types.StringValue("https://a"), nil},
		"https in upper case": {types.StringValue("HTTPS://a"), nil},
		"http":                {types.StringValue("http://a"), []string{"webhook.url: Warning: URL is not encrypted"}},
		"http in upper case":  {types.StringValue("HTTP://a"), []string{"webhook.url: Warning: URL is not encrypted"}},
		"invalid":             {types.StringValue("http:"), []string{"webhook.url: Error: Invalid URL"}},
		"with a password":     {types.StringValue("http://u:p@a"), []string{"id: Error: Invalid URL"}}, // not on the argument, because CLIs print its line
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var response validator.StringResponse
			request := validator.StringRequest{Path: path.Root("webhook").AtName("url"), ConfigValue: test.value}
			httpURL{}.ValidateString(t.Context(), request, &response)
			if diff := cmp.Diff(test.want, blocktest.Summaries(response.Diagnostics)); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	const credential = `id: Warning: Header looks like a credential`
	for name, test := range map[string]struct {
		headers map[string]attr.Value
		want    []string
	}{
		"none":               {nil, nil},
		"valid":              {map[string]attr.Value{"X-Source": types.StringValue("talonic"), "a!#$%&'*+.^_`|~9": types.StringValue("tab\t, é")}, nil},
		"empty value":        {map[string]attr.Value{"X-Source": types.StringValue("")}, nil},
		"unknown value":      {map[string]attr.Value{"X-Source": types.StringUnknown()}, nil},
		"null value":         {map[string]attr.Value{"X-Source": types.StringNull()}, []string{`headers["X-Source"]: Error: Header without a value`}},
		"empty name":         {map[string]attr.Value{"": types.StringValue("a")}, []string{`headers[""]: Error: Invalid header name`}},
		"space in the name":  {map[string]attr.Value{"X Source": types.StringValue("a")}, []string{`headers["X Source"]: Error: Invalid header name`}},
		"colon in the name":  {map[string]attr.Value{"X-Source:": types.StringValue("a")}, []string{`headers["X-Source:"]: Error: Invalid header name`}},
		"umlaut in the name": {map[string]attr.Value{"Ü": types.StringValue("a")}, []string{`headers["Ü"]: Error: Invalid header name`}},
		"line break":         {map[string]attr.Value{"a": types.StringValue("1\r\nb: 2")}, []string{`headers["a"]: Error: Invalid header value`}},
		"control character":  {map[string]attr.Value{"a": types.StringValue("\x00")}, []string{`headers["a"]: Error: Invalid header value`}},
		"named twice":        {map[string]attr.Value{"X-A": types.StringValue("1"), "x-a": types.StringValue("1")}, []string{`headers["x-a"]: Error: Header named twice`}},
		"in mixed case":      {map[string]attr.Value{"X-Ab": types.StringValue("1"), "X-aB": types.StringValue("2")}, []string{`headers["X-aB"]: Error: Header named twice`}},
		"masked by the API":  {map[string]attr.Value{"X-Author": types.StringValue("***"), "X-Star": types.StringValue("*")}, []string{`headers["X-Author"]: Error: Header value is masked`}},
		"masked in state":    {map[string]attr.Value{"X-Author": types.StringValue("(sensitive value)")}, []string{`headers["X-Author"]: Error: Header value is masked`}},
		"credential":         {map[string]attr.Value{"authorization": types.StringValue("1")}, []string{credential}},
		"unknown credential": {map[string]attr.Value{"X-API-Key": types.StringUnknown()}, []string{credential}},
		"several": {map[string]attr.Value{"b": types.StringNull(), "a ": types.StringValue("1"), "Cookie": types.StringValue("\n")}, []string{
			`headers["Cookie"]: Error: Invalid header value`,
			credential,
			`headers["a "]: Error: Invalid header name`,
			`headers["b"]: Error: Header without a value`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var response validator.MapResponse
			headers{}.ValidateMap(t.Context(), validator.MapRequest{
				Path: path.Root("headers"), ConfigValue: types.MapValueMust(types.StringType, test.headers),
			}, &response)
			if diff := cmp.Diff(test.want, blocktest.Summaries(response.Diagnostics)); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeaderName(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value types.String
		want  []string
	}{
		"null":    {types.StringNull(), nil},
		"unknown": {types.StringUnknown(), nil},
		"valid":   {types.StringValue("X-API-Key"), nil},
		"colon":   {types.StringValue("X-API-Key:"), []string{"header_name: Error: Invalid header name"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var response validator.StringResponse
			headerName{}.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("header_name"), ConfigValue: test.value}, &response)
			if diff := cmp.Diff(test.want, blocktest.Summaries(response.Diagnostics)); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}
