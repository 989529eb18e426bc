package jsonvalue_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

func TestShown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`22`: "22", `true`: "true", `null`: "", `"a"`: "", `{"a":1}`: "", `[1]`: "",
		`"https://hooks.example.com/services/T0/S3cr3t"`:   "https://hooks.example.com/...",
		`"https://hooks.example.com?key=S3cr3t"`:           "https://hooks.example.com/...",
		`"https://user:S3cr3t@hooks.example.com"`:          "https://hooks.example.com",
		`"https://[2001:db8::1]:8443/S3cr3t"`:              "https://[2001:db8::1]:8443/...",
		`"https://user:123#4S3cr3t@hooks.example.com"`:     "https://...",
		`"https://user:p@S3cr3t/xyz@hooks.example.com/in"`: "https://...",
		`"hooks.example.com/services/S3cr3t"`:              "",
		`"ftp://hooks.example.com/S3cr3t"`:                 "",
		`"https:///S3cr3t"`:                                "",
	} {
		if got := jsonvalue.Shown(decode(t, text)); got != want {
			t.Errorf("of %s, %q is shown, want %q", text, got, want)
		}
	}
}

// The text of a difference contains no value that may be sensitive.
func TestDifferenceTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sent, stored string
		typed        bool
		want         string
	}{
		{`22`, `23`, true, "k was sent as 22, but the API stored 23"},
		{`22`, `23`, false, "k differs from the value that was sent"},
		{`"S3cr3t"`, `null`, true, "k was sent, but the API did not store it"},
		{`null`, `"S3cr3t"`, true, "k was removed, but the API still has it"},
		{`null`, `5`, true, "k was removed, but the API still has 5"},
		{`5`, `null`, true, "k was sent as 5, but the API did not store it"},
		{`"S3cr3t"`, `"s3Cr3t"`, true, "k differs from the value that was sent: only the case differs"},
		{`"S3cr3t "`, `"S3cr3t"`, true, "k differs from the value that was sent: only white space differs"},
		{`"S3cr3t"`, `"S3c"`, true, "k differs from the value that was sent: it has 3 characters instead of 6"},
		{`"S3cr3t"`, `"T3cr3t"`, false, "k differs from the value that was sent"},
		{`"https://a.example/S3cr3t"`, `"https://b.example/S3cr3t"`, true, "k was sent as https://a.example/..., but the API stored https://b.example/..."},
		{`"https://a.example/S3cr3t"`, `"https://a.example/T3cr3t"`, true, "k differs from the value that was sent: the path differs"},
		{`"https://a.example/x?a=S3cr3t#1"`, `"https://a.example/x?b=S3cr3t#12"`, true, "k differs from the value that was sent: the query and the fragment differ"},
		{`2222`, `"2222"`, true, "k differs from the value that was sent: it was sent as a number and stored as a string"},
		{`{"a":"S3cr3t"}`, `1`, false, "k differs from the value that was sent: it was sent as an object and stored as a number"},
	} {
		d := jsonvalue.Difference{Path: []string{"k"}, Sent: decode(t, c.sent), Stored: decode(t, c.stored), Typed: c.typed}
		if got := d.String(); got != c.want || strings.Contains(got, "3cr3t") {
			t.Errorf("%s and %s: %q, want %q", c.sent, c.stored, got, c.want)
		}
	}
}

// The parts of a URL are redacted even if its query is invalid.
func TestHiddenPartsOfURL(t *testing.T) {
	t.Parallel()
	var hidden jsonvalue.Hidden
	hidden.Add("https://a.example/in?a=1;b=fake0ne0%2&c=fake0two#d=fake0thr33")
	for _, part := range []string{"fake0ne0%2", "fake0two", "fake0thr33"} {
		if got := hidden.TakenOutOf("it got " + part); strings.Contains(got, "fake") {
			t.Errorf("%s is shown: %s", part, got)
		}
	}
}

// An escape may stand for a byte that is not UTF-8.
func TestHiddenPartsInLatin1(t *testing.T) {
	t.Parallel()
	for url, parts := range map[string][]string{
		"https://a.example/caf%E9-fake/in":   {"caf%E9-fake", "caf\xe9-fake", "caf\ufffd-fake"},
		"https://a.example/caf\xe9-fake":     {"caf%E9-fake", "caf\xe9-fake", "caf\ufffd-fake"},
		"https://a.example/in?q=caf%E9-fake": {"caf%E9-fake", "caf\xe9-fake", "caf\ufffd-fake"},
		"https://a.example/in#q=caf%E9-fake": {"caf%E9-fake", "caf\xe9-fake", "caf\ufffd-fake"},
		"https://a.example/in#caf%E9-fake":   {"caf%E9-fake", "caf\xe9-fake", "caf\ufffd-fake"},
		"caf\xe9-fake":                       {"caf\xe9-fake", "caf\ufffd-fake"},
	} {
		var hidden jsonvalue.Hidden
		hidden.Add(url)
		for _, part := range parts {
			if got := hidden.TakenOutOf("it got " + part); strings.Contains(got, "fake") {
				t.Errorf("of %q, %q is shown", url, got)
			}
		}
	}
}

// The parts of a URL are redacted in every form in which an API may have decoded them.
func TestHiddenPartsAreDecoded(t *testing.T) {
	t.Parallel()
	for url, parts := range map[string][]string{
		"https://a.example/in?dir=C%3A%5Cnewfake&b=1":      {`C:\newfake`, `C:\\newfake`, "C%3A%5Cnewfake"},
		"https://a.example/in?q=what?topfakevalue#f":       {"what?topfakevalue"},
		"https://a.example/in?q=what?id=topfakevalue":      {"what?id=topfakevalue", "topfakevalue"},
		"https://a.example/in?pw=100%2541topfake":          {"100%41topfake", "100Atopfake", "100%2541topfake"},
		"https://a.example/in?pw=fake+one%2Btwo":           {"fake one+two", "fake+one%2Btwo"},
		"https://a.example/in#top%20fakevalue":             {"top fakevalue", "top%20fakevalue"},
		"https://a.example/in#a/topfakevalue":              {"topfakevalue"},
		"https://a.example/in#a/top%20fakevalue?b=what?ab": {"top fakevalue", "top%20fakevalue"},
		"https://a.example/in#a=%22top%22fakevalue":        {`"top"fakevalue`, `\"top\"fakevalue`},
		"https://fakeuser1:fake%2Fword@a.example/in":       {"fakeuser1", "fake/word", "fake%2Fword", "fakeuser1:fake%2Fword"},
	} {
		var hidden jsonvalue.Hidden
		hidden.Add(url)
		for _, part := range parts {
			if got := hidden.TakenOutOf("it got " + part + "."); strings.Contains(got, "fake") {
				t.Errorf("of %s, %s is shown: %s", url, part, got)
			}
		}
	}
}
