package talonic

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

func TestFormatTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-08-14T09:30:00.000Z":           "2026-08-14T09:30:00.000Z",
		"2026-08-14T09:30:00Z":               "2026-08-14T09:30:00Z",
		"2026-08-14t09:30:00.1z":             "2026-08-14T09:30:00.1Z",
		"2026-08-14 09:30:00+02:00":          "2026-08-14T09:30:00+02:00",
		"2026-08-14T09:30:00.123456789Z":     "2026-08-14T09:30:00.123456789Z",
		"2026-08-14T09:30:00":                "2026-08-14T09:30:00",
		"2026-08-14":                         "2026-08-14",
		"1786699800":                         "2026-08-14T09:30:00Z",
		"Fri, 14 Aug 2026 09:30:00 GMT":      "2026-08-14T09:30:00Z",
		"2026-13-14T09:30:00Z":               "",
		"2026-08-14T09:30:00.0000000000001Z": "2026-08-14T09:30:00Z",
		"yesterday":                          "",
		"":                                   "",
		"2026-08-14T09:30:00Z tlnc_fake":     "",
		"\x1b[2J2026-08-14T09:30:00Z":        "",
	} {
		got, ok := FormatTime(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t, want %q", text, got, ok, want)
		}
	}
	if !SameTime("2026-08-14T09:30:00.000Z", "2026-08-14T11:30:00+02:00") || SameTime("2026-08-14T09:30:00Z", "2026-08-14T09:30:01Z") || !SameTime("a", "a") {
		t.Error("times are compared wrongly")
	}
}

func TestIsOlder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2026-08-14T09:30:00.000Z", "2026-08-14T09:30:00.001Z", true},
		{"2026-08-14T11:30:00+02:00", "2026-08-14T09:30:01Z", true},
		{"2026-08-14T09:30:00.001Z", "2026-08-14T09:30:00.000Z", false},
		{"2026-08-14T09:30:00.000Z", "2026-08-14T09:30:00.000Z", false},
		{"2026-08-14T09:30:00Z", "2026-08-14T09:30:00.500Z", false}, // the first may have been cut off
		{"2026-08-14", "2026-08-14T09:30:00Z", false},
		{"", "2026-08-14T09:30:00Z", false},
		{"2026-08-14T09:30:00Z", "", false},
	} {
		if got := IsOlder(c.a, c.b); got != c.want {
			t.Errorf("%q is older than %q: %t", c.a, c.b, got)
		}
	}
}

func TestTypeAndStatus(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"webhook": true, "google_sheets": true, "document.extraction.completed": true, "application/json": true, "": false, "a b": false, "-a": false,
		"a\nb": false, strings.Repeat("a", 101): false, "é": false,
	} {
		if isType(text) != want {
			t.Errorf("type %q: %t", text, !want)
		}
	}
	for text, want := range map[string]bool{
		"succeeded": true, "HTTP 500": true, "dead_lettered": true, "": false, " a": false, "a\tb": false, "Bearer=x": false, strings.Repeat("a", 65): false,
	} {
		if IsStatus(text) != want {
			t.Errorf("status %q: %t", text, !want)
		}
	}
}

// A UUID shares short parts with secrets in hexadecimal digits by chance, so only a long part counts.
func TestScreenID(t *testing.T) {
	t.Parallel()
	known := redact.NewRegister()
	known.Add("5b0f6c1e8a434f0e9a550d6a3c2be901", "tlnc_fake_0123456789abcdef")
	for id, want := range map[string]string{
		"5b0f6c1e-0000-4000-8000-000000000000": "5b0f6c1e-0000-4000-8000-000000000000",
		"tlnc_fake_0123456789abcdef":           redact.Redacted,
		"x-89abcdef":                           redact.Redacted,
		"d1":                                   "d1",
	} {
		if got := screenID(known, id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if known.Add("11111111-2222-4333-8444-555555555555"); screenID(known, "11111111-2222-4333-8444-555555555555") != redact.Redacted {
		t.Error("a secret that is a UUID is taken for an id")
	}
}
