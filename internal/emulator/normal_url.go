package emulator

import (
	"net/url"
	"strings"
)

// normalizedURL is a valid URL as RFC 3986, section 6.2, normalizes it.
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
	normal := u.JoinPath()                                         // without dot segments, and as little percent encoding as there can be
	if !strings.Contains(strings.ToUpper(normal.RawPath), "%2F") { // a slash in a segment cannot be told from others without it
		normal.RawPath = ""
	}
	if normal.Path == "" || trailing && !strings.HasSuffix(normal.Path, "/") {
		normal.Path += "/"
	}
	return normal.String()
}
