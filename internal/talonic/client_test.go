package talonic

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestParseBaseURL(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"https://api.talonic.com", "https://api.talonic.com/", "http://127.0.0.1:8080", "http://[::1]:8080/prefix"} {
		if _, err := ParseBaseURL(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	for s, want := range map[string]string{
		"":                            "absolute",
		"api.talonic.com":             "absolute",
		"/v1":                         "absolute",
		"ftp://api.talonic.com":       "absolute",
		"https:api.talonic.com":       "absolute",
		"https:///v1":                 "absolute",
		"https://:443":                "absolute",
		"https://user:fake@host":      "user name",
		"https://host/v1":             "/v1",
		"https://host/prefix/v1/":     "/v1",
		"127.0.0.1:8787":              "absolute",
		"https://host?x=1":            "query",
		"https://host?":               "query",
		"https://host#top":            "fragment",
		"https://host:fake-secret":    "parsed",
		"https://ho st":               "white space",
		" https://host":               "white space",
		"https://host\n":              "ends with a line break",
		"https://host/fake\nfake":     "contains a line break",
		"https://host/%zz":            "parsed",
		"https://host/\x00":           "control character",
		"https://user:fake@[host/%zz": "parsed",
	} {
		_, err := ParseBaseURL(s)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "fake") {
			t.Errorf("ParseBaseURL(%q) = %v, want an error with %q that does not repeat it", s, err, want)
		}
	}
}

func TestNewRefusesKeys(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"": "empty", " ": "empty", "fake key": "outside ASCII", "f\u00e4ke": "outside ASCII", "fake\n": "ends with a line break", "fake\x7f": "control character",
	} {
		_, err := New(DefaultBaseURL, key)
		if err == nil || !strings.Contains(err.Error(), "API key") || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "fake") {
			t.Errorf("New with key %q: %v, want an error with %q that does not repeat it", key, err, want)
		}
	}
	if _, err := New("nowhere", testKey); err == nil {
		t.Error("New accepted a relative base URL")
	}
}

func TestBaseURLMayHaveAPath(t *testing.T) {
	t.Parallel()
	server := record(always(200, listOfNone))
	c := newTestClient(t, server.ServeHTTP)
	for base, want := range map[string]string{
		c.baseURL + "/":          "/v1/delivery/destinations",
		c.baseURL + "/a%2Fb/c//": "/a%2Fb/c/v1/delivery/destinations",
	} {
		if _, err := newClient(t, base).ListDestinations(t.Context()); err != nil {
			t.Fatal(err)
		}
		all := server.all()
		if got := all[len(all)-1].uri; got != want {
			t.Errorf("base URL %s: requested %s, want %s", base, got, want)
		}
	}
}

func TestDecodeJSON(t *testing.T) {
	t.Parallel()
	var object map[string]any
	if err := decodeJSON([]byte(` {"n": 12345678901234567890.10} `), &object); err != nil {
		t.Fatal(err)
	}
	if got := object["n"]; got != json.Number("12345678901234567890.10") {
		t.Errorf("n = %v (%T), want all its digits", got, got)
	}

	for body, want := range map[string]string{
		`{"name":1}`:        `its "name" is a JSON number`,
		`{"config":"fake"}`: `its "config" is a JSON string`,
		`["fake"]`:          `it is a JSON array`,
		`"fake"`:            `it is a JSON string`,
		`{"name":"fake`:     `the JSON is truncated`,
		`{"name":fake}`:     `it is not JSON`,
		`fake`:              `it is not JSON`,
		`{} fake`:           `there is text after the JSON value`,
		`{}{}`:              `there is text after the JSON value`,
	} {
		var d Destination
		err := decodeJSON([]byte(body), &d)
		if err == nil || err.Error() != want {
			t.Errorf("decodeJSON(%s) = %v, want %s", body, err, want)
		}
	}
}

func TestRequestThatCannotBeEncoded(t *testing.T) {
	t.Parallel()
	server := record(always(201, "{}"))
	c := newTestClient(t, server.ServeHTTP)
	_, err := c.CreateDestination(t.Context(), NewDestination{Config: map[string]any{"f": func() {}}})
	if err == nil || isOutcomeUnknown(err) || !strings.Contains(err.Error(), "cannot be encoded") {
		t.Errorf("error = %v", err)
	}
	if n := len(server.all()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
