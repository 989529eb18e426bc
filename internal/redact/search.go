package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// encodedLayers is the number of layers of Base64 or hexadecimal that are decoded.
const encodedLayers = 2

// part defines a search: the minimum number of characters of a secret, and the number of layers of encoding.
type part struct {
	shortest int32
	layers   int
}

// repeatsPart reports whether a text contains a part of a secret.
func (r *Register) repeatsPart(text string, wanted part) bool {
	if len(r.places) == 0 || len(text) < windowSize {
		return false
	}
	plain, stable := Unescape(text)
	if !stable {
		return true // legitimate text does not have that many layers of escapes
	}
	if r.finds(fold(plain), wanted.shortest) {
		return true
	}
	return wanted.layers > 0 && r.repeatsEncoded(plain, part{wanted.shortest, wanted.layers - 1})
}

// repeatsEncoded decodes text that may be Base64 or hexadecimal and searches the result. It tries each alignment, because other
// letters may precede the encoded text.
func (r *Register) repeatsEncoded(plain string, wanted part) bool {
	const shortestBase64, shortestHex = (shortestPart*8 + 5) / 6, 2 * shortestPart
	if len(plain) < shortestBase64 {
		return false
	}
	if strings.ContainsAny(plain, " \t\r\n") {
		plain = strings.Join(strings.Fields(plain), "") // encoders insert line breaks
	}
	var buffer []byte
	tries := func(run string, alignments, shortest int, decode func(into, from []byte) (int, error)) bool {
		for offset := 0; offset < alignments && offset+shortest <= len(run); offset++ {
			part := run[offset:]
			buffer = append(buffer[:0], part...)
			n, _ := decode(buffer, buffer) // decodes up to the first invalid character
			if looksPrintable(buffer[:n]) && r.repeatsPart(string(buffer[:n]), wanted) {
				return true
			}
		}
		return false
	}
	for start := 0; start < len(plain); {
		if !isBase64[plain[start]] {
			start++
			continue
		}
		end := start
		for end < len(plain) && isBase64[plain[end]] {
			end++
		}
		run := plain[start:end]
		start = end
		if len(run) < shortestBase64 {
			continue
		}
		if strings.ContainsAny(run, "-_") {
			run = toStandard.Replace(run)
		}
		if tries(run, 4, shortestBase64, decodeBase64) {
			return true
		}
	}
	if strings.ContainsAny(plain, `:-x`) {
		plain = withoutHexMarks.Replace(plain)
	}
	for run := range strings.FieldsFuncSeq(plain, notHex) {
		if tries(run, 2, shortestHex, decodeHex) {
			return true
		}
	}
	return false
}

// decodeBase64 decodes all complete bytes.
func decodeBase64(into, from []byte) (int, error) {
	if len(from)%4 == 1 {
		from = from[:len(from)-1] // not a valid length of Base64
	}
	return base64.RawStdEncoding.Decode(into, from)
}

// decodeHex decodes all complete pairs of digits.
func decodeHex(into, from []byte) (int, error) { return hex.Decode(into, from[:len(from)/2*2]) }

// looksPrintable reports whether bytes contain enough consecutive printable characters to be a part of a secret. If a text is not an
// encoding, it rarely decodes to such bytes.
func looksPrintable(decoded []byte) bool {
	inARow := 0
	for len(decoded) > 0 {
		c, size := utf8.DecodeRune(decoded)
		decoded = decoded[size:]
		switch inARow++; {
		case c == utf8.RuneError && size <= 1, c < ' ' && c != '\n' && c != '\r' && c != '\t', c == 0x7f:
			inARow = 0
		case inARow >= shortestPart-1: // the encoding may cut one character
			return true
		}
	}
	return false
}

// toStandard converts the URL alphabet of Base64 to the standard one.
var toStandard = strings.NewReplacer("-", "+", "_", "/")

// withoutHexMarks removes common separators and prefixes of hexadecimal digits.
var withoutHexMarks = strings.NewReplacer(":", "", "-", "", `\x`, "", "0x", "")

// isBase64 holds true for the characters of both Base64 alphabets.
var isBase64 = func() (is [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") {
		is[c] = true
	}
	return is
}()

func notHex(c rune) bool {
	return (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F')
}

// finds reports whether a text that was normalized by [fold] shares a part with a secret.
func (r *Register) finds(text []byte, shortest int32) bool {
	var w uint64
	for i, b := range text {
		w = next(w, b)
		if bit := filterBit(w); i < windowSize-1 || r.filter[bit/64]&(1<<(bit%64)) == 0 {
			continue
		}
		head, ok := r.heads[w]
		for ; ok && head >= 0; head = r.places[head].next {
			if p := r.places[head]; r.common(text, i+1-windowSize, r.secrets[p.secret], int(p.at)) >= shortest {
				return true
			}
		}
	}
	return false
}

// common returns the number of characters that a text and a secret share around a window, or 0 if public texts contain the shared
// part.
func (r *Register) common(text []byte, inText int, s secret, inSecret int) int32 {
	start, end := inSecret, inSecret+windowSize
	for t := inText; t > 0 && start > 0 && text[t-1] == s.folded[start-1]; t-- {
		start--
	}
	for t := inText + windowSize; t < len(text) && end < len(s.folded) && text[t] == s.folded[end]; t++ {
		end++
	}
	// Dropped characters next to the shared part may be shared as well, so they count.
	first, last := int32(0), s.length
	if start > 0 {
		first = s.positions[start-1] + 1
	}
	if end < len(s.folded) {
		last = s.positions[end]
	}
	if last-first < shortestPart || r.isCovered(s.folded[start:end]) {
		return 0
	}
	return last - first
}

// isCovered reports whether public texts contain all but a few characters of a part of a secret.
func (r *Register) isCovered(part []byte) bool {
	const most = 3
	uncovered := 0
	for len(part) > 0 && uncovered <= most {
		size := 0
		for n := min(windowSize, len(part)); n <= len(part) && (n == windowSize || size > 0) && bytes.Contains(r.public, part[:n]); n++ {
			size = n
		}
		if size == 0 {
			uncovered, size = uncovered+1, 1
		}
		part = part[size:]
	}
	return uncovered <= most
}
