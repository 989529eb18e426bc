package redact

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxRounds limits the layers of escapes that [Unescape] removes. Legitimate text has two or three.
const maxRounds = 16

// Unescape removes the escapes of JSON, programming languages, URLs and HTML until none remain. stable is false if the text has
// more layers than maxRounds.
func Unescape(text string) (plain string, stable bool) {
	for range maxRounds {
		if !strings.ContainsAny(text, `\%&`) {
			return text, true
		}
		next := html.UnescapeString(unescapePercent(unescapeBackslash(text)))
		if next == text {
			return text, true
		}
		text = next
	}
	return text, false
}

// unescapeBackslash removes the escapes of JSON, JavaScript, Java, PHP and Python, and backslashes that are not part of an escape.
func unescapeBackslash(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			i++
			continue
		}
		r, size := escapedRune(text[i+1:])
		b.WriteRune(r)
		i += 1 + size
	}
	return b.String()
}

// escapedRune decodes the text after a backslash. It returns the character and its size in bytes.
func escapedRune(rest string) (r rune, size int) {
	const digits = 4
	switch rest[0] {
	case 'n', 'r', 't', 'b', 'f', 'v', 'a', '0':
		return ' ', 1 // comparison drops all white space, so any white space is equivalent
	case 'u', 'x', 'U':
		if end := strings.IndexByte(rest, '}'); strings.HasPrefix(rest[1:], "{") && end > 0 {
			if r, ok := hexRune(rest[2:end]); ok {
				return r, end + 1
			}
		}
		length := map[byte]int{'x': 2, 'u': digits, 'U': 2 * digits}[rest[0]]
		if len(rest) <= length {
			break
		}
		r, ok := hexRune(rest[1 : 1+length])
		if !ok {
			break
		}
		if utf16.IsSurrogate(r) && strings.HasPrefix(rest[1+length:], `\u`) && len(rest) > 2*length+2 {
			if low, ok := hexRune(rest[length+3 : 2*length+3]); ok {
				return utf16.DecodeRune(r, low), 2*length + 3
			}
		}
		return r, 1 + length
	}
	r, size = utf8.DecodeRuneInString(rest)
	return r, size
}

func hexRune(digits string) (rune, bool) {
	n, err := strconv.ParseUint(digits, 16, 32)
	return rune(n), err == nil && n <= unicode.MaxRune //nolint:gosec // It is within the range of runes.
}

// unescapePercent removes the escapes of URLs and of JavaScript's escape function.
func unescapePercent(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if rest := text[i:]; rest[0] == '%' {
			if len(rest) >= 6 && (rest[1] == 'u' || rest[1] == 'U') {
				if r, ok := hexRune(rest[2:6]); ok {
					b = utf8.AppendRune(b, r)
					i += 6
					continue
				}
			}
			if len(rest) >= 3 {
				if r, ok := hexRune(rest[1:3]); ok && rest[1] != '+' && rest[1] != '-' {
					b = append(b, byte(r))
					i += 3
					continue
				}
			}
		}
		b = append(b, text[i])
		i++
	}
	return fromLatin1(string(b))
}

// fromLatin1 decodes bytes that are not UTF-8 as Latin-1.
func fromLatin1(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			r = rune(text[i])
		}
		b.WriteRune(r)
		i += size
	}
	return b.String()
}

// isDropped reports whether comparison ignores a character, because wrapping, indentation, quoting or form encoding may add,
// remove or replace it.
func isDropped(r rune) bool {
	switch r {
	case '\\', '"', '\'', '`', '+', utf8.RuneError:
		return true
	}
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.C, r) // control and format characters
}

// fold returns an unescaped text in the form for comparison: in lower case and without dropped characters.
func fold(plain string) []byte {
	folded := make([]byte, 0, len(plain))
	for _, r := range plain {
		if !isDropped(r) {
			folded = utf8.AppendRune(folded, unicode.ToLower(r))
		}
	}
	return folded
}

// foldWithPositions is like fold, but also returns for each byte its position in the text, in characters.
func foldWithPositions(plain string) (folded []byte, positions []int32) {
	var position int32
	for _, r := range plain {
		if !isDropped(r) {
			before := len(folded)
			folded = utf8.AppendRune(folded, unicode.ToLower(r))
			for range len(folded) - before {
				positions = append(positions, position)
			}
		}
		position++
	}
	return folded, positions
}
