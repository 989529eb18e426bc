package secretscan

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Encoder encodes a text like a function of a common language or library.
type Encoder struct {
	Name string
	Text func(string) string

	// Quoted reports that the result is the content of a JSON string, without the quotation marks.
	Quoted bool
}

// Encoders holds the encoders that APIs are likely to use.
var Encoders = []Encoder{
	{"as it is", func(s string) string { return s }, false},

	{"PHP json_encode", jsonRules(map[rune]string{'/': `\/`}, true, "%04x"), true},
	{"PHP json_encode, hexadecimal", jsonRules(map[rune]string{
		'/': `\/`, '"': `\u0022`, '\'': `\u0027`, '<': `\u003C`, '>': `\u003E`, '&': `\u0026`,
	}, true, "%04x"), true},
	{"PHP htmlspecialchars", replacer("&", "&amp;", `"`, "&quot;", "'", "&#039;", "<", "&lt;", ">", "&gt;"), false},
	{"PHP urlencode", percentRules("-_.", "+", "%%%02X"), false},
	{"PHP rawurlencode", percentRules("-_.~", "%20", "%%%02X"), false},
	{"PHP addslashes", replacer(`\`, `\\`, `"`, `\"`, "'", `\'`), false},

	{"Java Jackson", jsonRules(nil, false, "%04X"), true},
	{"Java Jackson, ASCII", jsonRules(nil, true, "%04X"), true},
	{"Java Gson", jsonRules(map[rune]string{'<': `\u003c`, '>': `\u003e`, '&': `\u0026`, '=': `\u003d`, '\'': `\u0027`}, false, "%04x"), true},
	{"Java URLEncoder", percentRules("-_.*", "+", "%%%02X"), false},
	{"Java StringEscapeUtils", replacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;", "é", "&eacute;", "ü", "&uuml;"), false},

	{".NET System.Text.Json", jsonRules(map[rune]string{
		'"': `\u0022`, '&': `\u0026`, '\'': `\u0027`, '<': `\u003C`, '>': `\u003E`, '+': `\u002B`, '`': `\u0060`,
	}, true, "%04X"), true},
	{".NET Newtonsoft", jsonRules(nil, false, "%04x"), true},
	{".NET HttpUtility.UrlEncode", percentRules("-_.!*()", "+", "%%%02x"), false},
	{".NET Uri.EscapeDataString", percentRules("-_.~", "%20", "%%%02X"), false},
	{".NET HtmlEncode", numericHTML(replacer("&", "&amp;", `"`, "&quot;", "'", "&#39;", "<", "&lt;", ">", "&gt;")), false},

	{"Python json.dumps", jsonRules(nil, true, "%04x"), true},
	{"Python repr", pythonRepr, false},
	{"Python quote", percentRules("-_.~/", "%20", "%%%02X"), false},
	{"Python quote_plus", percentRules("-_.~", "+", "%%%02X"), false},
	{"Python html.escape", replacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#x27;"), false},

	{"JavaScript JSON.stringify", jsonRules(nil, false, "%04x"), true},
	{"JavaScript encodeURIComponent", percentRules("-_.!~*'()", "%20", "%%%02X"), false},
	{"JavaScript encodeURI", percentRules("-_.!~*'();/?:@&=+$,#", "%20", "%%%02X"), false},
	{"JavaScript escape", javaScriptEscape, false},
	{"JavaScript URLSearchParams", percentRules("-_.*", "+", "%%%02X"), false},

	{"Base64", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }, false},
	{"Base64 for URLs", func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }, false},
	{"Base64 in lines", func(s string) string { return inLines(base64.StdEncoding.EncodeToString([]byte(s)), 76) }, false},
	{"Base64 of a header", func(s string) string { return base64.StdEncoding.EncodeToString([]byte("user:" + s)) }, false},
	{"hexadecimal", func(s string) string { return hex.EncodeToString([]byte(s)) }, false},
	{"HEXADECIMAL", func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) }, false},

	{"upper case", strings.ToUpper, false},
	{"lower case", strings.ToLower, false},
	{"trimmed", strings.TrimSpace, false},
	{"on one line", replacer("\r\n", " ", "\n", " "), false},
	{"without line breaks", replacer("\r\n", "", "\n", ""), false},
	{"with other line ends", replacer("\r\n", "\n", "\n", "\r\n"), false},
	{"indented", replacer("\n", "\n      "), false},
	{"cut off at the end", func(s string) string { return s[:len(s)*2/3] + "..." }, false},
	{"cut off at the begin", func(s string) string { return "..." + strings.ToValidUTF8(s[len(s)/3:], "") }, false},
	{"the middle", func(s string) string { return strings.ToValidUTF8(s[len(s)/4:len(s)*3/4], "") }, false},
}

func replacer(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

// jsonRules returns a JSON encoder with the given escapes. ascii makes it escape all non-ASCII characters, and number is the
// format of the digits in an escape.
func jsonRules(own map[rune]string, ascii bool, number string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, r := range s {
			escape, isOwn := own[r]
			switch {
			case isOwn:
				b.WriteString(escape)
			case r == '"' || r == '\\':
				b.WriteString(`\` + string(r))
			case r == '\n':
				b.WriteString(`\n`)
			case r == '\r':
				b.WriteString(`\r`)
			case r == '\t':
				b.WriteString(`\t`)
			case r < ' ' || ascii && r >= utf8.RuneSelf:
				for _, unit := range utf16.Encode([]rune{r}) {
					fmt.Fprintf(&b, `\u`+number, unit)
				}
			default:
				b.WriteRune(r)
			}
		}
		return b.String()
	}
}

// percentRules returns an encoder for URLs. left holds the characters that it does not escape, besides letters and digits. space
// replaces a space, and number is the format of an escaped byte.
func percentRules(left, space, number string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for i := range len(s) {
			switch c := s[i]; {
			case c == ' ':
				b.WriteString(space)
			case isAlphanumeric(c) || strings.IndexByte(left, c) >= 0:
				b.WriteByte(c)
			default:
				fmt.Fprintf(&b, number, c)
			}
		}
		return b.String()
	}
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func numericHTML(named func(string) string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, r := range named(s) {
			if r >= 0xa0 && r < 0x100 {
				fmt.Fprintf(&b, "&#%d;", r)
			} else {
				b.WriteRune(r)
			}
		}
		return b.String()
	}
}

func pythonRepr(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\' || r == '\'':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r >= utf8.RuneSelf && r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r >= 0x10000:
			fmt.Fprintf(&b, `\U%08x`, r)
		case r >= 0x100:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func javaScriptEscape(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		switch {
		case unit < utf8.RuneSelf && (isAlphanumeric(byte(unit)) || strings.ContainsRune("@*_+-./", rune(unit))):
			b.WriteByte(byte(unit))
		case unit < 0x100:
			fmt.Fprintf(&b, "%%%02X", unit)
		default:
			fmt.Fprintf(&b, "%%u%04X", unit)
		}
	}
	return b.String()
}

func inLines(s string, width int) string {
	var b strings.Builder
	for len(s) > width {
		b.WriteString(s[:width] + "\r\n")
		s = s[width:]
	}
	return b.String() + s
}

// JSON returns a value as JSON, with its strings and keys encoded by text.
func JSON(value any, text func(string) string) string {
	switch value := value.(type) {
	case string:
		return `"` + text(value) + `"`
	case map[string]any:
		var pairs []string
		for _, key := range slices.Sorted(maps.Keys(value)) {
			pairs = append(pairs, JSON(key, text)+":"+JSON(value[key], text))
		}
		return "{" + strings.Join(pairs, ",") + "}"
	case []any:
		var items []string
		for _, item := range value {
			items = append(items, JSON(item, text))
		}
		return "[" + strings.Join(items, ",") + "]"
	}
	encoded, _ := json.Marshal(value) // a number, a boolean or null
	return string(encoded)
}
