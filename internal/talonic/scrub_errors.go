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

// withheldMessage replaces a message in which a secret was recognized. No part of the message is shown, because the other parts
// and the size of the gap would reveal too much.
const withheldMessage = "The API's message contains a credential and is not shown"

// scrubber removes secrets and unprintable text from what the API returns, because the API may echo a request.
type scrubber struct{ known *redact.Register }

// newScrubber returns the scrubber of this process, after it has registered these secrets.
func newScrubber(secrets []string) scrubber {
	redact.Process.Add(secrets...)
	return scrubber{redact.Process}
}

// authTypes are the published types of auth_config. They are never secret.
var authTypes = []string{
	"none", "bearer", "basic", "api_key", "password", "private_key", "access_key", "connection_string", "account_key", "oauth2", "service_account",
}

// These are the forms of the fields beside the message of an error. A value in a different form is not shown.
var (
	codeForm      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)
	requestIDForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.:=+/-]{0,127}$`)
	mediaTypeForm = regexp.MustCompile(`^[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}$`)
)

// error returns err without secrets in any of its texts. The package's own errors keep their types. A generic error replaces any
// other error that contains a secret.
func (s scrubber) error(err error) error {
	if err == nil {
		return nil
	}
	switch e := err.(type) { //nolint:errorlint // Wrapped errors are handled below, layer by layer.
	case *Error:
		return s.apiError(e)
	case *UnexpectedBodyError:
		scrubbed := *e
		scrubbed.Reason = redact.Line(s.message(e.Reason))
		scrubbed.ContentType, scrubbed.RequestID = s.mediaType(e.ContentType), s.word(requestIDForm, e.RequestID)
		return &scrubbed
	case *AcceptedError:
		return &AcceptedError{Method: e.Method, Path: e.Path, Err: s.error(e.Err)}
	case *OutcomeUnknownError:
		scrubbed := OutcomeUnknownError{
			Cause: s.error(e.Cause), Refusal: s.error(e.Refusal), Lookup: s.error(e.Lookup), Adoption: s.error(e.Adoption),
		}
		for _, id := range e.Candidates {
			scrubbed.Candidates = append(scrubbed.Candidates, s.known.Text(id))
		}
		return &scrubbed
	}
	if text, ok := withoutSecrets(s.known, err.Error()); !ok || text != err.Error() {
		return errors.New("the request failed; its error contains a credential and is not shown")
	}
	return err
}

func (s scrubber) apiError(e *Error) *Error {
	scrubbed := *e
	scrubbed.Code, scrubbed.RequestID = s.word(codeForm, e.Code), s.word(requestIDForm, e.RequestID)
	scrubbed.Message = s.message(e.Message)
	return &scrubbed
}

// withoutSecrets returns a text from the API in a form that users may see: without URLs that may be secret, even if this process
// does not know them. ok is false if the text contains a known secret and must not be shown. Every text from the API goes through
// withoutSecrets, except values in a known form and values of arguments.
func withoutSecrets(known *redact.Register, text string) (shown string, ok bool) {
	shown = jsonvalue.WithoutSecretURLs(text)
	return shown, !known.Repeats(shown)
}

// message returns the API's message if it contains no secret. Otherwise it returns a replacement that names only the request keys
// in the message.
func (s scrubber) message(text string) string {
	text, ok := withoutSecrets(s.known, text)
	if ok {
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
			shown += "; it mentions " + about
		}
	}
	return shown
}

// namedKeys matches the keys of requests in messages of the API.
var namedKeys = regexp.MustCompile(`\b(?:(?:auth_)?config(?:\.[a-z][a-z_]{0,39})?|signing_secret|payload_cap_bytes|is_active)\b`)

// word returns text if it has the given form and contains no secret, otherwise "".
func (s scrubber) word(form *regexp.Regexp, text string) string {
	if shown, ok := withoutSecrets(s.known, text); !ok || shown != text || !form.MatchString(text) {
		return ""
	}
	return text
}

// mediaType returns the type in a Content-Type header without its parameters.
func (s scrubber) mediaType(header string) string {
	mediaType, _, err := mime.ParseMediaType(header)
	if err != nil {
		return ""
	}
	return s.word(mediaTypeForm, mediaType)
}

// shownPath returns the path of a call for messages: without the query, whose cursor the API chose, and with secrets in IDs
// redacted.
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

// withoutURL returns the cause of an error from net/http, because the error itself quotes the whole URL. The caller adds the
// method and the path.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
