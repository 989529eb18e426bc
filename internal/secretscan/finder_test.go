package secretscan_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// These are a secret with all characters that encodings change, and a secret of several lines.
const (
	awkward = `faketoken0one "<\/+&=%~é> faketoken0two`
	lines   = "-----BEGIN FAKE KEY-----\nZmFrZWtleWxpbmVvbmU\nZmFrZWtleWxpbmV0d28\n-----END FAKE KEY-----\n"
)

func TestFinder(t *testing.T) {
	t.Parallel()
	finder := secretscan.NewFinder(map[string]string{"awkward": awkward, "lines": lines})
	inJSON := func(text string) string {
		encoded, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(encoded)
	}
	inBase64 := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	for name, test := range map[string]struct {
		content string
		want    string
	}{
		"as it is":                    {"a " + awkward + " b", "awkward"},
		"JSON":                        {inJSON(awkward), "awkward"},
		"JSON in JSON":                {inJSON(inJSON(awkward)), "awkward"},
		"query":                       {url.QueryEscape(awkward), "awkward"},
		"path":                        {url.PathEscape(awkward), "awkward"},
		"JSON in a query":             {url.QueryEscape(inJSON(awkward)), "awkward"},
		"HTML":                        {html.EscapeString(awkward), "awkward"},
		"JSON in HTML":                {html.EscapeString(inJSON(awkward)), "awkward"},
		"hex":                         {hex.EncodeToString([]byte("." + awkward)), "awkward"},
		"HEX":                         {strings.ToUpper(hex.EncodeToString([]byte(awkward))), "awkward"},
		"Base64":                      {inBase64(awkward), "awkward"},
		"Base64, one before":          {inBase64("." + awkward + "."), "awkward"},
		"Base64, two before":          {inBase64(".." + awkward + ".."), "awkward"},
		"Base64 for URLs":             {base64.URLEncoding.EncodeToString([]byte(awkward)), "awkward"},
		"Base64 without padding":      {base64.RawURLEncoding.EncodeToString([]byte(awkward)), "awkward"},
		"JSON in Base64":              {inBase64(inJSON(awkward)), "awkward"},
		"Base64, cut":                 {"/x" + inBase64("." + awkward)[3:], "awkward"},
		"Base64 in Base64":            {`{"private":"` + inBase64(`{"config":"`+inBase64(`{"unmanaged":`+inJSON(awkward)+`}`)+`"}`) + `"}`, "awkward"},
		"Base64 in Base64 for URLs":   {base64.RawURLEncoding.EncodeToString([]byte(inBase64("." + inBase64(awkward)))), "awkward"},
		"its first half":              {`the token "faketoken0one...`, "awkward"},
		"its second half":             {`...faketoken0two"`, "awkward"},
		"a line":                      {"bad line: ZmFrZWtleWxpbmV0d28", "lines"},
		"lines on one line":           {strings.ReplaceAll(lines, "\n", `\n`), "lines"},
		"both, and one of them twice": {lines + awkward + awkward, "awkward lines"},

		"nothing":             {"", ""},
		"a short part":        {"faketoken", ""},
		"another one":         {"faketoken0six", ""},
		"another, in Base64":  {inBase64("faketoken0six"), ""},
		"the marks of a key":  {"-----BEGIN FAKE KEY-----", ""},
		"almost at the end":   {"faketoken0on", ""},
		"more than one layer": {inBase64(inBase64(inBase64("nothing to see here, nothing at all"))), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var found []string
			for _, finding := range finder.In([]byte(test.content)) {
				found = append(found, finding.Name)
				if finding.Excerpt == "" {
					t.Error("no excerpt")
				}
			}
			if got := strings.Join(found, " "); got != test.want {
				t.Errorf("found %q in %q, not %q", got, test.content, test.want)
			}
		})
	}
}

// A secret that is too short to search for causes a panic, so that it does not count as absent.
func TestFinderRefusesShortSecrets(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	secretscan.NewFinder(map[string]string{"short": "hunter2-hunter2"})
}
