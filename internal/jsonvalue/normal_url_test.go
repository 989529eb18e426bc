package jsonvalue_test

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

func TestNormalURL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool // a and b are equivalent
	}{
		{"https://a.example", "https://a.example/", true},
		{"HTTPS://A.Example:443/x", "https://a.example/x", true},
		{"http://a.example:80", "http://a.example", true},
		{"https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x", true},
		{"https://a.example/a/../b/./c", "https://a.example/b/c", true},
		{"https://a.example/b/..", "https://a.example/", true},
		{"https://a.example/%7ex%c3%a4", "https://a.example/~x\u00e4", true},
		{"https://a.example/in?b=1&a=2", "https://a.example/in?a=2&b=1", true},
		{"https://a.example/in?a=1&a=2", "https://a.example/in?a=2&a=1", false},
		{"https://a.example/in?sig=%2f", "https://a.example/in?sig=%2F", true},
		{"https://a.example/in?sig=%2F", "https://a.example/in?sig=/", false},
		{"https://a.example/caf\u00e9?\u00e9", "https://a.example/cafe\u0301?e\u0301", true},
		{"https://a.example?q=1", "https://a.example/?q=1", true},
		{"https://a.example/in", "https://a.example/in/", false},
		{"https://a.example/in", "https://a.example/In", false},
		{"https://a.example/x%2Fy", "https://a.example/x/y", false},
		{"https://a.example//x", "https://a.example/x", false},
		{"https://a.example:8443/", "https://a.example/", false},
		{"https://a.example/#a", "https://a.example/#b", false},
		{"https://u@a.example/", "https://a.example/", false},
		{"http://a.example", "https://a.example", false},

		// An escaped slash stays different, whatever else the path contains.
		{"https://a.example/x%2Fy/\u00e9", "https://a.example/x/y/\u00e9", false},
		{"https://a.example/x%2Fy/{|}", "https://a.example/x/y/{|}", false},
		{"https://a.example/x%3Fy/\u00e9", "https://a.example/x%3fy/%C3%A9", true},
		{"https://a.example/{x|y}", "https://a.example/%7Bx%7cy%7D", true},
		{"https://a.example/#{x|y}/%2f", "https://a.example/#%7Bx%7cy%7D/%2F", true},
		{"https://a.example/#x%2Fy\u00e9", "https://a.example/#x/y\u00e9", false},

		// Escapes are decoded before dot segments are removed.
		{"https://a.example/a/%2e%2E/b", "https://a.example/b", true},
		{"https://a.example/a/.%2e", "https://a.example/", true},
		{"https://a.example/%2e/b", "https://a.example/b", true},
		{"https://a.example/a/..%2Fb", "https://a.example/b", false},
		{"https://a.example/../b", "https://a.example/b", true},
		{"https://a.example/a//../b", "https://a.example/a/b", true},
		{"https://a.example/a/%252e%252e/b", "https://a.example/b", false},

		// An empty query is not the same as none, and an empty fragment is.
		{"https://A.example/in?", "https://a.example/in?", true},
		{"https://a.example?", "https://a.example/?", true},
		{"https://a.example/in?", "https://a.example/in", false},
		{"https://a.example/in#", "https://a.example/in", true},

		// The order of parameters without a name counts.
		{"https://a.example/in?b&a", "https://a.example/in?a&b", false},
		{"https://a.example/in?b=1&a", "https://a.example/in?a&b=1", false},
		{"https://a.example/in?b=1&&a=2", "https://a.example/in?a=2&b=1", false},
		{"https://a.example/in?b=&a=1", "https://a.example/in?a=1&b=", true},
		{"no URL", "no URL ", false},
	} {
		if got := jsonvalue.NormalURL(test.a) == jsonvalue.NormalURL(test.b); got != test.want {
			t.Errorf("%s is %s, %s is %s", test.a, jsonvalue.NormalURL(test.a), test.b, jsonvalue.NormalURL(test.b))
		}
		for _, text := range []string{test.a, test.b} {
			if once := jsonvalue.NormalURL(text); jsonvalue.NormalURL(once) != once {
				t.Errorf("%s becomes %s, which becomes %s", text, once, jsonvalue.NormalURL(once))
			}
		}
	}
	for text, want := range map[string]string{
		"HTTPS://A.Example/in?":               "https://a.example/in?",
		"https://a.example/x%2fy/\u00e9":      "https://a.example/x%2Fy/%C3%A9",
		"https://a.example/a/%2E%2E/b?c":      "https://a.example/b?c",
		"https://J\u030c.example/":            "https://%C7%B0.example/",
		"https://a.example/in?a=%%7e%%32%65":  "https://a.example/in?a=%%7E%%32e",
		"https://u:%7e@A.example?q={x}#{y}":   "https://u:~@a.example/?q={x}#%7By%7D",
		"https://a.example/in?b&a=%2f&c=%41#": "https://a.example/in?b&a=%2F&c=A",
	} {
		if got := jsonvalue.NormalURL(text); got != want {
			t.Errorf("%s becomes %s, not %s", text, got, want)
		}
	}
	for _, text := range []string{"no URL", "ftp://A.example", "https://a.example/%zz", ""} {
		if got := jsonvalue.NormalURL(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if jsonvalue.SameURL("no URL", "no URL") || jsonvalue.SameURL(nil, nil) || !jsonvalue.SameURL("https://a.example", "https://A.example/") {
		t.Error("SameURL is not about URLs")
	}
}

// The normalized form of a URL is its own normalized form, and a URL with the same parts.
func TestNormalURLIsStable(t *testing.T) {
	t.Parallel()
	pieces := []string{"", "/", "//", ".", "..", "%2e", "%2E%2e", "%2f", "%25", "%41", "%c3%a9", "%", "%4", "%zz", "a", "2", "e", "=", "&", ";", "+", "?", "#", "{", "|", "\\", "[", " ",
		"\u00e9", "e\u0301", "\u0338", "\xff", "J\u030c", ":", "@", "!", "*"}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // The URLs need not be unpredictable.
	one := func(texts ...string) string { return texts[random.IntN(len(texts))] }
	some := func() (text string) {
		for range random.IntN(7) {
			text += one(pieces...)
		}
		return text
	}
	for range 20_000 {
		given := one("https://", "HTTP://") + one("a.example", "A.Example:443", "u:%7e@a.example:80", "J\u030c.example", "%c3%89.example", "[::1]") +
			one("", "/", "/a", "?", "#") + some() + one("", "?", "#") + some()
		once := jsonvalue.NormalURL(given)
		if twice := jsonvalue.NormalURL(once); twice != once {
			t.Fatalf("%q becomes %q, which becomes %q", given, once, twice)
		}
		before, err := url.Parse(norm.NFC.String(given))
		if err != nil || before.Hostname() == "" {
			continue
		}
		after, err := url.Parse(once)
		if err != nil {
			t.Fatalf("%q becomes %q: %v", given, once, err)
		}
		if strings.Count(after.RawQuery, "&") != strings.Count(before.RawQuery, "&") || before.ForceQuery != after.ForceQuery || after.Fragment != before.Fragment ||
			strings.Count(strings.ToUpper(after.RawPath), "%2F") > strings.Count(strings.ToUpper(given), "%2F") {
			t.Fatalf("%q becomes %q", given, once)
		}
	}
}
