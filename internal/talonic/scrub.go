package talonic

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// redacted stands where a secret stood.
const redacted = "(sensitive value)"

// scrubber takes secrets out of texts: an API may echo in an error what it was sent.
type scrubber struct {
	forms []string // longest first
	whole *strings.Replacer
}

// shortestSecret is the length from which a value can be a secret. What is shorter is in every text by accident.
const shortestSecret = 4

// shortestPart is how much of a secret has to be in a text to be recognised where the rest was cut off. What is shorter is a
// word that many texts have.
const shortestPart = 12

// newScrubber covers each secret as it is and in the forms that errors and gateways write text in, and each long word and line
// of it, such as those of a private key.
func newScrubber(secrets []string) scrubber {
	var forms []string
	for _, secret := range secrets {
		parts := []string{secret, strings.TrimSpace(secret)}
		parts = append(parts, strings.FieldsFunc(secret, func(r rune) bool { return r == '\n' || r == '\r' })...)
		parts = append(parts, strings.FieldsFunc(secret, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
		for i, part := range parts {
			if isWhole := i < 2; len(part) >= shortestSecret && (isWhole || len(part) >= shortestPart) {
				forms = append(forms, encodings(part)...)
			}
		}
	}
	slices.SortFunc(forms, func(a, b string) int { // a secret may be part of another
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	})
	forms = slices.DeleteFunc(slices.Compact(forms), func(form string) bool { return len(strings.TrimSpace(form)) < shortestSecret })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, redacted)
	}
	return scrubber{forms, strings.NewReplacer(pairs...)}
}

// encodings are the forms of a secret in text: as it is or in JSON, and each of these encoded once more.
func encodings(secret string) []string {
	inJSON, inGoJSON := jsonForm(secret, false), jsonForm(secret, true)
	forms := []string{secret, inJSON, inGoJSON, jsonForm(inJSON, false), jsonForm(inGoJSON, true)}
	for _, text := range slices.Compact([]string{secret, inJSON, inGoJSON}) {
		forms = append(forms, url.QueryEscape(text), url.PathEscape(text), html.EscapeString(text),
			hex.EncodeToString([]byte(text)), strings.ToUpper(hex.EncodeToString([]byte(text))))
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
			forms = append(forms, encoding.EncodeToString([]byte(text)))
		}
		for offset := range 3 {
			forms = append(forms, base64Form(base64.RawStdEncoding, text, offset), base64Form(base64.RawURLEncoding, text, offset))
		}
	}
	return forms
}

// base64Form is what a text looks like within the base64 of a longer one in which it begins at an offset of so many bytes into
// a group of three. Characters that depend on what surrounds it are left out.
func base64Form(encoding *base64.Encoding, text string, offset int) string {
	encoded := encoding.EncodeToString(append(make([]byte, offset), text...))
	if (offset+len(text))%3 != 0 {
		encoded = encoded[:len(encoded)-1]
	}
	if encoded = encoded[min(len(encoded), []int{0, 2, 3}[offset]):]; len(encoded) < 4 {
		return ""
	}
	return encoded
}

// jsonForm is a text between the quotes of JSON. Encoders differ in whether they escape <, > and &.
func jsonForm(text string, escapeHTML bool) string {
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(escapeHTML)
	_ = encoder.Encode(text) // any string can be encoded
	return strings.TrimSuffix(quoted.String(), "\"\n")[1:]
}

// text replaces secrets, and then the beginnings of secrets that were cut off.
func (s scrubber) text(text string) string {
	text = s.whole.Replace(text)
	for _, form := range s.forms {
		if len(form) > shortestPart {
			text = replaceBeginnings(text, form)
		}
	}
	return text
}

func replaceBeginnings(text, form string) string {
	for from := 0; ; from += len(redacted) {
		i := strings.Index(text[from:], form[:shortestPart])
		if i < 0 {
			return text
		}
		from += i
		end := from + shortestPart
		for end < len(text) && end-from < len(form) && text[end] == form[end-from] {
			end++
		}
		text = text[:from] + redacted + text[end:]
	}
}

// error returns err with no secret in any text of it. The package's own errors keep their types; any other is reduced to its
// text, unless it is harmless.
func (s scrubber) error(err error) error {
	if err == nil {
		return nil
	}
	switch e := err.(type) { //nolint:errorlint // Wrapping is taken apart below, layer by layer.
	case *Error:
		return s.apiError(e)
	case *UnexpectedBodyError:
		scrubbed := *e
		scrubbed.Reason, scrubbed.ContentType, scrubbed.RequestID = s.text(e.Reason), s.text(e.ContentType), s.text(e.RequestID)
		return &scrubbed
	case *OutcomeUnknownError:
		return &OutcomeUnknownError{
			Cause: s.error(e.Cause), Refusal: s.error(e.Refusal), Lookup: s.error(e.Lookup), Adoption: s.error(e.Adoption), Candidates: e.Candidates,
		}
	}
	if text := err.Error(); s.text(text) != text {
		return errors.New(s.text(text))
	}
	return err
}

func (s scrubber) apiError(e *Error) *Error {
	scrubbed := *e
	scrubbed.Code, scrubbed.Message, scrubbed.RequestID = s.text(e.Code), s.text(e.Message), s.text(e.RequestID)
	scrubbed.Message = shorten(scrubbed.Message) // not before: a secret that is cut would not be found
	return &scrubbed
}

// withoutSecrets takes secrets out of the body of a success, before anything of it is kept: the API should never show one, but
// nobody could take it out of a state again. A secret that is also a part of what is no secret, such as a word of the URL, is
// left alone, and so is one that is short enough to be found by accident.
func withoutSecrets(body []byte, apiKey string, r call) []byte {
	const shortest = 8
	public, _ := json.Marshal(r.public) // what cannot be encoded was not sent
	for _, secret := range append([]string{apiKey}, r.secrets...) {
		if len(secret) < shortest || bytes.Contains(public, []byte(jsonForm(secret, true))) {
			continue
		}
		for _, form := range encodings(secret) {
			if len(form) >= shortest {
				body = bytes.ReplaceAll(body, []byte(form), []byte(redacted))
			}
		}
	}
	return body
}

// withoutURL takes an error of net/http apart: it names the whole URL, which the caller says better.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
