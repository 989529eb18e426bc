package talonic

import (
	"errors"
	"mime"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// withheldMessage stands in place of a message in which a secret was recognized. It is not repaired: what was cut out of it, and
// what is left, would tell too much.
const withheldMessage = "The API's message repeats a credential and is not shown"

// scrubber keeps secrets, and what is harmful in other ways, out of what comes from the API: it may repeat what it was sent.
type scrubber struct{ known *redact.Register }

// newScrubber returns the scrubber of this process, which now also knows these secrets.
func newScrubber(secrets []string) scrubber {
	redact.Process.Add(secrets...)
	return scrubber{redact.Process}
}

// authTypes are the published types of auth_config, which are no secrets wherever they stand.
var authTypes = []string{
	"none", "bearer", "basic", "api_key", "password", "private_key", "access_key", "connection_string", "account_key", "oauth2", "service_account",
}

// The forms of what the API gives along with a message. Anything else is not shown.
var (
	codeForm      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)
	requestIDForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.:=+/-]{0,127}$`)
	mediaTypeForm = regexp.MustCompile(`^[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}$`)
)

// error returns err with no secret in any text of it. The package's own errors keep their types; any other is reduced to the
// fact that there was one, unless it is harmless.
func (s scrubber) error(err error) error {
	if err == nil {
		return nil
	}
	switch e := err.(type) { //nolint:errorlint // Wrapping is taken apart below, layer by layer.
	case *Error:
		return s.apiError(e)
	case *UnexpectedBodyError:
		scrubbed := *e
		scrubbed.Reason = redact.Line(s.message(e.Reason))
		scrubbed.ContentType, scrubbed.RequestID = s.mediaType(e.ContentType), s.word(requestIDForm, e.RequestID)
		return &scrubbed
	case *OutcomeUnknownError:
		scrubbed := OutcomeUnknownError{
			Cause: s.error(e.Cause), Refusal: s.error(e.Refusal), Lookup: s.error(e.Lookup), Adoption: s.error(e.Adoption),
		}
		for _, id := range e.Candidates {
			scrubbed.Candidates = append(scrubbed.Candidates, s.known.Text(id))
		}
		return &scrubbed
	}
	if s.known.Repeats(err.Error()) {
		return errors.New("the request failed; what there is to say about it repeats a credential and is not shown")
	}
	return err
}

func (s scrubber) apiError(e *Error) *Error {
	scrubbed := *e
	scrubbed.Code, scrubbed.RequestID = s.word(codeForm, e.Code), s.word(requestIDForm, e.RequestID)
	scrubbed.Message = s.message(e.Message)
	return &scrubbed
}

// message is what the API says, unless a secret is in it. What is told then is only which keys it names. Of URLs that may be secrets,
// which nobody need have configured as such, it has the host.
func (s scrubber) message(text string) string {
	text = jsonvalue.WithoutSecretURLs(text)
	if !s.known.Repeats(text) {
		return text
	}
	shown := withheldMessage
	const most = 6
	var keys []string
	for _, key := range namedKeys.FindAllString(text, -1) {
		if !slices.Contains(keys, key) && len(keys) < most {
			keys = append(keys, key)
		}
	}
	if len(keys) > 0 {
		if about := strings.Join(keys, ", "); !s.known.Repeats(about) {
			shown += "; it names " + about
		}
	}
	return shown
}

// namedKeys are the keys of requests that messages of the API name.
var namedKeys = regexp.MustCompile(`\b(?:(?:auth_)?config(?:\.[a-z][a-z_]{0,39})?|signing_secret|payload_cap_bytes|is_active)\b`)

// word is a text that has a form, or nothing.
func (s scrubber) word(form *regexp.Regexp, text string) string {
	if !form.MatchString(text) || s.known.Repeats(text) {
		return ""
	}
	return text
}

// mediaType is the type in a Content-Type header without its parameters.
func (s scrubber) mediaType(header string) string {
	mediaType, _, err := mime.ParseMediaType(header)
	if err != nil {
		return ""
	}
	return s.word(mediaTypeForm, mediaType)
}

// shownPath is the path of a call as texts show it: without the query, which the API chose, and without what an id repeats.
func (r call) shownPath() string {
	path, _, _ := strings.Cut(r.path, "?")
	if r.hide == nil {
		return path
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = r.hide().known.Text(segment)
	}
	return strings.Join(segments, "/")
}

// withoutURL takes an error of net/http apart: it names the whole URL, which the caller says better.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
