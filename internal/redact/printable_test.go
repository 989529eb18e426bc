package redact

import (
	"strings"
	"testing"
	"unicode"
)

func TestBlock(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                   "",
		" \n \n":                             "",
		"plain":                              "  | plain",
		"two\r\nlines\n":                     "  | two\n  | lines",
		"::add-mask::x":                      "  | ::add-mask::x",
		"a ##[add-mask]x ####, ##vso[a]":     "  | a # #[add-mask]x ####, # #vso[a]",
		"\x1b[2Jgone\u0085\u202Ereversed":    "  | ␛[2Jgone<U+0085><U+202E>reversed",
		"a\u2028b\u00a0c\u200bd\x00\x7f\xff": "  | a\n  | b c<U+200B>d␀␡\uFFFD",
		strings.Repeat("word ", 30):          "  | " + strings.TrimSpace(strings.Repeat("word ", 24)) + "\n  | " + strings.TrimSpace(strings.Repeat("word ", 6)),
		strings.Repeat("x", 150):             "  | " + strings.Repeat("x", 120) + "\n  | " + strings.Repeat("x", 30),
		strings.Repeat("\n.", 20):            strings.Repeat("  | .\n", 8) + "  | …",
	} {
		if got := Block(text); got != want {
			t.Errorf("%q:\n%s\nwant:\n%s", text, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                `""`,
		"two words":                       "\"two\u00a0words\"",
		"a \"b\"\n::set-output name=x::y": "\"a\u00a0'b'␊::set-output\u00a0name=x::y\"",
		strings.Repeat("é", maxInLine+1):  `"` + strings.Repeat("é", maxInLine) + `…"`,
		"Plan: 0\tto\u3000add":            "\"Plan:\u00a00␉to\u00a0add\"",
	} {
		if got := Quote(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// No shown text contains a terminal control sequence, and no line begins with text from outside.
func FuzzDisplay(f *testing.F) {
	for _, seed := range []string{"", "a\nb", "\x1b]0;title\a", "\u202e\u2066", "\xc2\x9b31m", "####[x]", strings.Repeat("ab ", 600)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, shown := range []string{Block(text), Line(text), Quote(text)} {
			for _, r := range shown {
				if r != '\n' && r != ' ' && r != '\u00a0' && !unicode.IsPrint(r) || unicode.Is(unicode.Bidi_Control, r) {
					t.Fatalf("%U in %q", r, shown)
				}
			}
			if logCommands.MatchString(shown) || len(shown) > 8*1024 {
				t.Fatalf("%q", shown)
			}
		}
		for line := range strings.SplitSeq(Block(text), "\n") {
			if line != "" && !strings.HasPrefix(line, "  | ") {
				t.Fatalf("a line is not marked: %q", line)
			}
		}
		if strings.Contains(Line(text), "\n") {
			t.Fatalf("several lines: %q", Line(text))
		}
	})
}
