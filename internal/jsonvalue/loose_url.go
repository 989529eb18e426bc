package jsonvalue

import (
	"regexp"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// looseURL holds the parts of an absolute URL. Unlike [url.Parse], [splitURL] also accepts invalid escapes, characters and ports, because an
// invalid URL can still contain a credential.
type looseURL struct {
	scheme   string // in lower case
	user     string // user name and password
	host     string // with the port
	path     string // without the host; empty, or begins with a delimiter
	query    string
	fragment string

	// isUnclear is set if a password may contain a delimiter, so that the host may be a part of the password, or no host at all.
	isUnclear bool
}

var (
	schemeForm = regexp.MustCompile(`^(?i)[a-z][a-z0-9+.-]*$`)

	// authorityForm matches a host with or without a port.
	authorityForm = regexp.MustCompile(`^(?:[^:\[]*|\[[^\]]*\])(?::[0-9]*)?$`)

	// templateForm matches a host with a placeholder for the port.
	templateForm = regexp.MustCompile(`^[^:\[]*:\$?\{[\w.]+\}$`)

	// fullHostForm matches a host that is certainly no other word.
	fullHostForm = regexp.MustCompile(`^(?:localhost|\[[0-9a-fA-F:.]+\]|[\pL\pM\pN_-]+(?:\.[\pL\pM\pN_-]+)+\.?)(?::[0-9]{1,5})?$`)

	// hostForm matches a host, with or without a port, that messages may show.
	hostForm = regexp.MustCompile(`^[\pL\pM\pN._~%:\[\]-]+$`)
)

// splitURL returns the parts of an absolute URL of any scheme. ok is false for any other text.
func splitURL(text string) (u looseURL, ok bool) {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(text), "://")
	if !ok || !schemeForm.MatchString(scheme) {
		return looseURL{}, false
	}
	u.scheme = strings.ToLower(scheme)
	authority, _ := cutAt(rest, `/\?#`)
	at, last := strings.LastIndexByte(authority, '@'), strings.LastIndexByte(rest, '@')
	switch hasPort := strings.Contains(authority, ":") && !strings.HasPrefix(authority, "["); {
	case at >= 0:
		u.isUnclear = last > at
	case last < 0 || templateForm.MatchString(authority):
	case !authorityForm.MatchString(authority):
		// The text after the colon is not a port, so it may be a password that contains a delimiter. A comma separates hosts with ports, and
		// the name of a file can look like a host, so a path must follow the host.
		at = last
		host, path := cutAt(rest[at+1:], `/\?#`)
		u.isUnclear = strings.Contains(authority, ",") || !fullHostForm.MatchString(host) || !strings.HasPrefix(path, "/")
	case hasPort:
		// The text after the colon may be a port, or a password that begins with digits. A name in the path may begin with "@".
		u.isUnclear = !fullHostForm.MatchString(authority) || strings.Count(rest, "@") > strings.Count(rest, "/@")
	}
	if at >= 0 {
		u.user, rest = rest[:at], rest[at+1:]
	}
	rest, u.fragment = cutAt(rest, "#")
	rest, u.query = cutAt(rest, "?")
	u.host, u.path = cutAt(rest, `/\`)
	return u, u.host != "" || u.user != ""
}

// cutAt splits a text before the first of these characters.
func cutAt(text, characters string) (before, after string) {
	if i := strings.IndexAny(text, characters); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

// isHTTP reports whether the scheme is http or https.
func (u looseURL) isHTTP() bool { return u.scheme == "http" || u.scheme == "https" }

// isSecret reports whether an http or https URL contains a credential, according to its form.
func (u looseURL) isSecret() bool {
	host, _ := cutAt(strings.ToLower(u.host), ":")
	host = strings.TrimSuffix(host, ".")
	if !u.isHTTP() || host == "" {
		return false
	}
	path, _ := redact.Unescape(u.path)
	return isOneOf(host, secretHosts) || makeHost.MatchString(host) || isOneOf(host, discordHosts) && discordPath.MatchString(path) ||
		isSecretQuery(u.query) || isSecretQuery(u.fragment) // OAuth passes tokens in the fragment
}

// hasRandomPart reports whether a segment of the path, a name or a value in the query or fragment, or the whole fragment looks
// generated.
func (u looseURL) hasRandomPart() bool {
	path, _ := redact.Unescape(u.path)
	fragment, _ := redact.Unescape(strings.TrimPrefix(u.fragment, "#"))
	parts := append(strings.Split(path, "/"), fragment)
	for _, p := range slices.Concat(parametersOf(u.query), parametersOf(u.fragment)) {
		parts = append(parts, p.name, p.value)
	}
	return slices.ContainsFunc(parts, looksRandom)
}

// mayHaveUser reports whether the URL has, or may have, a user name or a password.
func (u looseURL) mayHaveUser() bool { return u.user != "" || u.isUnclear }

// hasOnlyHost reports whether nothing follows the host, except a slash.
func (u looseURL) hasOnlyHost() bool {
	return !u.mayHaveUser() && (u.path == "" || u.path == "/") && len(u.query) <= 1 && len(u.fragment) <= 1
}

// shown returns the scheme and the host. It omits an unclear or invalid host, because it may be a part of a password.
func (u looseURL) shown() string {
	switch {
	case u.isUnclear || !hostForm.MatchString(u.host):
		return u.scheme + "://..."
	case u.path != "" || len(u.query) > 1 || len(u.fragment) > 1:
		return u.scheme + "://" + u.host + "/..."
	}
	return u.scheme + "://" + u.host
}
