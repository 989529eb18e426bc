package jsonvalue

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// notInURL ends a URL in a text. An apostrophe does not, except the one that closes a quoted URL; see [replaceEach].
const notInURL = "\\s\"<>`"

var (
	// wordInText matches a word that may be a URL or a part of a URL, in any encoding.
	wordInText = regexp.MustCompile(`[^` + notInURL + `]*[/\\%?#&][^` + notInURL + `]*`)

	// endOfURL matches a character that ends a URL.
	endOfURL = regexp.MustCompile(`[` + notInURL + `]`)

	// urlInText matches a URL.
	urlInText = regexp.MustCompile(`(?i)https?://[^` + notInURL + `]+`)

	// userInText matches a URL that may have a user name and a password. The scheme may be any or none. Instead of the scheme, it also matches a
	// path before two slashes.
	userInText = regexp.MustCompile(`(?i)(?:[a-z][a-z0-9+.-]*:|[a-z0-9._~%/-]+)?//[^` + notInURL + `]+`)

	// hostInText matches a URL without its scheme.
	hostInText = regexp.MustCompile(`(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)+\.?(?::[0-9]+)?/[^` + notInURL + `]*`)

	// pathInText matches a path with a query or a fragment.
	pathInText = regexp.MustCompile(`(?:/[^` + notInURL + `?#]*)?[?#&][^` + notInURL + `]*`)

	// secretPaths match the paths of webhook URLs at secretHosts and discordHosts. They are specific enough not to match paths of
	// other services.
	secretPaths = []*regexp.Regexp{
		behindHost(`/services/T[0-9A-Z]{2,}/B[0-9A-Z]{2,}/[0-9A-Za-z]{4,}`),
		behindHost(`/services/t[0-9a-z]{7,}/b[0-9a-z]{7,}/[0-9a-z]{20,}`),
		behindHost(`/(?:workflows|triggers)/[TE][0-9A-Z]+/(?:A[0-9A-Z]+/)?[0-9]+/[0-9A-Za-z]+`),
		behindHost(`(?i:/workflows/[0-9a-f]{32}/triggers/)`),
		behindHost(`(?i:/powerautomate/automations/direct/)`),
		behindHost(`(?i:/webhook(?:b2)?/[0-9a-f-]{36}@[0-9a-f-]{36}/)`),
		behindHost(`(?i:/hooks/(?:catch|standard)/[0-9]+/[0-9a-z]+)`),
		behindHost(`(?i:/api/(?:v[0-9]+/)?webhooks/[0-9]{15,}/[0-9a-z_-]{20,})`),
	}

	// makePath matches a path that may belong to a webhook of Make.
	makePath = regexp.MustCompile(`(?:^|[(\[{=:,'])/[0-9a-z]{32}(?:$|[?&;:,)\]}'])`)
)

// hiddenPath replaces a secret path, as [ShownURL] does in a whole URL.
const hiddenPath = "/..."

func behindHost(path string) *regexp.Regexp { return regexp.MustCompile(path + `[^` + notInURL + `]*`) }

// WithoutSecretURLs returns a text in which the scheme and the host replace every URL that [IsSecretURL] recognizes, and every URL of
// any scheme that has a user name or a password. It also finds such URLs without a scheme, without a scheme and host, and in the
// escaped forms of URLs, JSON, HTML and programming languages. If it is unclear where an escaped URL ends, [redact.Redacted] replaces the whole
// word. A random part alone is no reason to hide a URL: URLs in messages contain the object IDs that users need.
//
// WithoutSecretURLs recognizes URLs only by their form. For known secret URLs, use [redact.Register].
func WithoutSecretURLs(text string) string {
	return wordInText.ReplaceAllStringFunc(text, func(word string) string {
		shown := withoutPlainSecretURLs(word)
		plain, stable := redact.Unescape(shown)
		if !stable {
			return redact.Redacted // legitimate text does not have that many escapes
		}
		// An unescaped space or quote may end a URL, or be a part of it.
		if joined := endOfURL.ReplaceAllLiteralString(plain, "|"); joined != plain && withoutPlainSecretURLs(joined) != joined {
			return redact.Redacted
		}
		if without := withoutPlainSecretURLs(plain); without != plain {
			return without
		}
		return shown
	})
}

// withoutPlainSecretURLs is [WithoutSecretURLs] for a text without escapes.
func withoutPlainSecretURLs(text string) string {
	text = replaceEach(urlInText, text, func(found string) string {
		u, ok := splitURL(found)
		if !ok || !u.mayHaveUser() && !u.isSecret() || u.hasOnlyHost() {
			return found
		}
		return u.shown()
	})
	text = replaceEach(userInText, text, func(found string) string {
		const scheme = "any:"
		before, rest, _ := strings.Cut(found, "//")
		u, ok := splitURL(scheme + "//" + rest)
		switch isPath := before != "" && !strings.HasSuffix(before, ":"); {
		case !ok || !u.mayHaveUser() || isPath && !u.isUnclear && !strings.Contains(u.user, ":"):
			return found
		case isPath:
			return before + "//..." // it is unclear whether a host follows
		}
		return before + strings.TrimPrefix(u.shown(), scheme)
	})
	text = replaceEach(hostInText, text, func(found string) string {
		const scheme = "https://"
		if !IsSecretURL(scheme+found) || strings.HasSuffix(found, "/") && strings.Count(found, "/") == 1 {
			return found
		}
		return strings.TrimPrefix(ShownURL(scheme+found), scheme)
	})
	for _, path := range secretPaths {
		text = replaceEach(path, text, func(string) string { return hiddenPath })
	}
	text = replaceEach(wordInText, text, withoutMakePath)
	return replaceEach(pathInText, text, func(found string) string {
		if start := strings.IndexAny(found, "?#&"); start >= 0 && isSecretQuery(found[start:]) {
			return hiddenPath
		}
		return found
	})
}

// withoutMakePath redacts the path of a webhook of Make in a word. Such a path contains letters after "f", unlike a UUID without
// hyphens or another hexadecimal ID.
func withoutMakePath(word string) string {
	return makePath.ReplaceAllStringFunc(word, func(found string) string {
		const size = 32
		start := strings.Index(found, "/")
		end := start + 1 + size
		if path := found[start+1 : end]; !looksRandom(path) || !strings.ContainsFunc(path, func(c rune) bool { return c > 'f' }) {
			return found
		}
		return found[:start] + hiddenPath + found[end:]
	})
}

// replaceEach replaces each match, but keeps the punctuation of the sentence around it. If there is an apostrophe directly before a match, the
// match ends at the apostrophe that closes the quote.
func replaceEach(pattern *regexp.Regexp, text string, replace func(found string) string) string {
	var b strings.Builder
	again, mostAgain := 0, 100*len(text) // limits the bytes that are searched again, for texts with very many quotes
	for isQuoted := false; ; {
		at := pattern.FindStringIndex(text)
		if at == nil {
			return b.String() + text
		}
		start, end := at[0], at[1]
		if start > 0 {
			isQuoted = text[start-1] == '\''
		}
		found := text[start:end]
		if quote := closingQuote(found); isQuoted && quote >= 0 && again < mostAgain {
			again += len(found) - quote
			found = found[:quote]
		}
		bare := strings.TrimRight(found, ".,;:!?)]}\\'")
		b.WriteString(text[:start])
		b.WriteString(replace(bare))
		b.WriteString(found[len(bare):])
		text, isQuoted = text[start+len(found):], strings.HasSuffix(found, "'")
	}
}

// closingQuote returns the index of the first apostrophe that is not a part of a word, or -1.
func closingQuote(text string) int {
	for i := range len(text) {
		if next, _ := utf8.DecodeRuneInString(text[i+1:]); text[i] == '\'' && !unicode.IsLetter(next) && !unicode.IsDigit(next) {
			return i
		}
	}
	return -1
}
