package talonic

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"html"
	"net/url"
	"slices"
	"strings"
)

// redacted stands where a secret stood.
const redacted = "(sensitive value)"

// scrubber takes secrets out of texts: an API may echo in an error what it was sent.
type scrubber struct{ replacer *strings.Replacer }

// newScrubber covers each secret as it is and in the forms that errors and gateways write text in. A secret of several lines,
// such as a private key, is also covered line by line.
func newScrubber(secrets []string) scrubber {
	var forms []string
	for _, secret := range secrets {
		trimmed := strings.TrimSpace(secret)
		if trimmed == "" {
			continue
		}
		forms = append(forms, encodings(secret)...)
		forms = append(forms, encodings(trimmed)...)
		for line := range strings.Lines(secret) {
			const shortest = 16 // shorter lines are words that many texts have
			if line = strings.TrimSpace(line); len(line) >= shortest {
				forms = append(forms, encodings(line)...)
			}
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) }) // a secret may be part of another
	var pairs []string
	for _, form := range slices.Compact(forms) {
		pairs = append(pairs, form, redacted)
	}
	return scrubber{strings.NewReplacer(pairs...)}
}

func encodings(secret string) []string {
	raw := []byte(secret)
	inJSON, inGoJSON := jsonForm(secret, false), jsonForm(secret, true)
	return []string{
		secret,
		inJSON,
		inGoJSON,
		jsonForm(inJSON, false), // a JSON text inside of a JSON text
		jsonForm(inGoJSON, true),
		url.QueryEscape(secret),
		url.PathEscape(secret),
		html.EscapeString(secret),
		base64.StdEncoding.EncodeToString(raw),
		base64.URLEncoding.EncodeToString(raw),
		base64.RawStdEncoding.EncodeToString(raw),
		base64.RawURLEncoding.EncodeToString(raw),
		hex.EncodeToString(raw),
		strings.ToUpper(hex.EncodeToString(raw)),
	}
}

// jsonForm is a text between the quotes of JSON. Encoders differ in whether they escape <, > and &.
func jsonForm(text string, escapeHTML bool) string {
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(escapeHTML)
	_ = encoder.Encode(text) // any string can be encoded
	return strings.TrimSuffix(quoted.String(), "\"\n")[1:]
}

func (s scrubber) text(text string) string { return s.replacer.Replace(text) }

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
		scrubbed := OutcomeUnknownError{Cause: s.error(e.Cause), Lookup: s.error(e.Lookup)}
		for _, id := range e.Candidates {
			scrubbed.Candidates = append(scrubbed.Candidates, s.text(id))
		}
		return &scrubbed
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

// withoutURL takes an error of net/http apart: it names the whole URL, which the caller says better.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
