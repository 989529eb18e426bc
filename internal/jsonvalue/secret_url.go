package jsonvalue

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	// secretHosts are hosts of services whose webhooks have their credential in the path; a dot in front stands for any subdomain.
	secretHosts = []string{
		"hooks.slack.com", "hooks.slack-gov.com", "hooks.zapier.com", "hook.make.com", "hook.integromat.com",
		".logic.azure.com", ".webhook.office.com", ".powerplatform.com",
	}

	// makeHost is a host of Make's, whose name has the zone in the middle.
	makeHost = regexp.MustCompile(`^hook\.[a-z0-9-]+\.make\.com$`)

	// discordHosts have webhooks under discordPath only.
	discordHosts = []string{"discord.com", "discordapp.com", ".discord.com", ".discordapp.com"}

	// secretQueries are names of query parameters whose values are credentials, and secretEndings are the ends of others.
	secretQueries = []string{"sig", "signature", "code", "token", "key", "secret", "password", "apikey"}
	secretEndings = []string{"-signature", "_signature", "-token", "_token", "-secret", "_secret", "-key", "_key", "apikey"}
)

const discordPath = "/api/webhooks/"

// IsSecretURL reports whether a text is an absolute http or https URL that holds a credential by its form: it is of a service whose
// webhooks have their credential in the path, or its query has a parameter that is named like one.
func IsSecretURL(text string) bool {
	u := httpURL(text)
	if u == nil {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if isOneOf(host, secretHosts) || makeHost.MatchString(host) ||
		isOneOf(host, discordHosts) && strings.HasPrefix(u.Path, discordPath) {
		return true
	}
	for name, values := range u.Query() {
		name = strings.ToLower(name)
		named := slices.Contains(secretQueries, name) || slices.ContainsFunc(secretEndings, func(end string) bool { return strings.HasSuffix(name, end) })
		if named && strings.Join(values, "") != "" {
			return true
		}
	}
	return false
}

// isOneOf reports whether a host is one of some hosts, or a subdomain of one that has a dot in front.
func isOneOf(host string, hosts []string) bool {
	return slices.ContainsFunc(hosts, func(one string) bool {
		return host == one || strings.HasPrefix(one, ".") && strings.HasSuffix(host, one)
	})
}

// httpURL is an absolute http or https URL; nil for any other text.
func httpURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil || !strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https") || u.Hostname() == "" {
		return nil
	}
	return u
}

// WithoutSecretURL returns a text as those see it who need not know its secrets: of a URL that may hold a credential, only the scheme and
// the host, as [ShownURL] has it. That is one that [IsSecretURL] recognizes, one with a user name or a password, and one that has a part which looks random.
func WithoutSecretURL(text string) string {
	u := httpURL(text)
	if u == nil || u.User == nil && !IsSecretURL(text) && !hasRandomPart(u) {
		return text
	}
	return ShownURL(text)
}

// hasRandomPart reports whether a segment of the path, a value of the query or the fragment looks as if a machine had made it up.
func hasRandomPart(u *url.URL) bool {
	parts := append(strings.Split(u.Path, "/"), u.Fragment)
	for _, values := range u.Query() {
		parts = append(parts, values...)
	}
	return slices.ContainsFunc(parts, looksRandom)
}

// looksRandom reports whether a text is as long as a secret, and has letters, digits and no space.
func looksRandom(text string) bool {
	const shortest = 16
	return len(text) >= shortest && strings.ContainsFunc(text, unicode.IsLetter) && strings.ContainsFunc(text, unicode.IsDigit) &&
		!strings.ContainsFunc(text, unicode.IsSpace)
}

// urlInText is a URL within a text.
var urlInText = regexp.MustCompile(`(?i)https?://[^\s"'<>` + "`" + `]+`)

// WithoutSecretURLs returns a text in which every URL that [IsSecretURL] recognizes, or that has a user name or a password, is as [ShownURL] has
// it. Others stay whole, since messages name objects by URLs with random ids.
func WithoutSecretURLs(text string) string {
	return urlInText.ReplaceAllStringFunc(text, func(found string) string {
		bare := strings.TrimRight(found, ".,;:!?)]}")
		after := found[len(bare):]
		if u := httpURL(bare); u != nil && u.Path == "/" && u.User == nil && u.RawQuery == "" && u.Fragment == "" {
			return found // nothing is behind the host, or it was taken out before
		}
		if u := httpURL(bare); u != nil && (u.User != nil || IsSecretURL(bare)) {
			bare = ShownURL(bare)
		}
		return bare + after
	})
}
