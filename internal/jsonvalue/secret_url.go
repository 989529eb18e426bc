package jsonvalue

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	// secretHosts lists hosts of services whose webhook URLs contain a credential in the path. A leading dot stands for any
	// subdomain.
	secretHosts = []string{
		"hooks.slack.com", "hooks.slack-gov.com", "hooks.zapier.com", "hook.make.com", "hook.integromat.com",
		".logic.azure.com", ".webhook.office.com", ".powerplatform.com",
	}

	// makeHost matches Make's webhook hosts, such as hook.eu1.make.com.
	makeHost = regexp.MustCompile(`^hook\.[a-z0-9-]+\.make\.com$`)

	// discordHosts lists Discord's hosts. Only their paths under discordPath are webhooks.
	discordHosts = []string{"discord.com", "discordapp.com", ".discord.com", ".discordapp.com"}

	// secretQueries lists names of query parameters whose values are credentials, and secretEndings lists endings of such names.
	secretQueries = []string{"sig", "signature", "code", "token", "key", "secret", "password", "apikey"}
	secretEndings = []string{"-signature", "_signature", "-token", "_token", "-secret", "_secret", "-key", "_key", "apikey"}
)

// discordPath matches the paths of webhooks at discordHosts.
var discordPath = regexp.MustCompile(`^/api/(?:v[0-9]+/)?webhooks/`)

// IsSecretURL reports whether a text is an absolute http or https URL that contains a credential, according to its form: it
// belongs to a service whose webhook URLs have a credential in the path, or its query or fragment has a parameter with a name such as
// "token". IsSecretURL also recognizes URLs that [url.Parse] rejects.
func IsSecretURL(text string) bool {
	u, ok := splitURL(text)
	return ok && u.isSecret()
}

// isSecretQuery reports whether a parameter of a raw query or a fragment has the name of a credential, and a value.
func isSecretQuery(query string) bool {
	return slices.ContainsFunc(parametersOf(query), func(p parameter) bool {
		name := strings.ToLower(strings.TrimSpace(p.name))
		isSecret := slices.Contains(secretQueries, name) || slices.ContainsFunc(secretEndings, func(end string) bool { return strings.HasSuffix(name, end) })
		return isSecret && p.value != ""
	})
}

// isOneOf reports whether a host is in a list of hosts. In the list, a leading dot stands for any subdomain.
func isOneOf(host string, hosts []string) bool {
	return slices.ContainsFunc(hosts, func(one string) bool {
		return host == one || strings.HasPrefix(one, ".") && strings.HasSuffix(host, one)
	})
}

// httpURL returns an absolute http or https URL, or nil for any other text.
func httpURL(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil || !strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https") || u.Hostname() == "" {
		return nil
	}
	return u
}

// WithoutSecretURL returns a text unchanged, unless the text is a URL that may contain a credential: then it returns only the
// scheme and the host, and "/..." for the rest, or "..." for all after the scheme if the host is unclear. A URL may contain a credential if
// [IsSecretURL] returns true, if it has a user name or a password, or, for http and https, if it has a part that looks random.
func WithoutSecretURL(text string) string {
	u, ok := splitURL(text)
	if ok && (u.mayHaveUser() || u.isSecret() || u.isHTTP() && u.hasRandomPart()) {
		return u.shown()
	}
	return text
}

// looksRandom reports whether a text has at least 16 bytes, with letters and digits and without white space.
func looksRandom(text string) bool {
	const shortest = 16
	return len(text) >= shortest && strings.ContainsFunc(text, unicode.IsLetter) && strings.ContainsFunc(text, unicode.IsDigit) &&
		!strings.ContainsFunc(text, unicode.IsSpace)
}
