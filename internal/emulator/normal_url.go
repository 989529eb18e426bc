package emulator

import (
	"net/url"
	"strings"
)

// normalizedURL returns a valid URL in the normalized form of RFC 3986, section 6.2.
func normalizedURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Host = strings.ToLower(u.Host)
	if defaults := map[string]string{"http": "80", "https": "443"}; u.Port() == defaults[u.Scheme] {
		u.Host = strings.TrimSuffix(u.Host, ":"+u.Port())
	}
	trailing := strings.HasSuffix(u.Path, "/") || strings.HasSuffix(u.Path, "/.") || strings.HasSuffix(u.Path, "/..")
	normal := u.JoinPath()                                         // without dot segments and unnecessary percent encoding
	if !strings.Contains(strings.ToUpper(normal.RawPath), "%2F") { // an encoded slash in a segment must stay encoded
		normal.RawPath = ""
	}
	if normal.Path == "" || trailing && !strings.HasSuffix(normal.Path, "/") {
		normal.Path += "/"
	}
	return normal.String()
}
