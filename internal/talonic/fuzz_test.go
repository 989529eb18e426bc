package talonic

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// Any body of an error is parsed without a panic, and no secret in it is shown.
func FuzzParseErrorBody(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{}`, `[]`, `"text"`, `<html>`, `{"statusCode":400,"code":"VALIDATION_ERROR","message":"no","retryable":false,"request_id":"req_1"}`,
		`{"error":{"code":"c","message":["a","b"]}}`, `{"error":{"error":{"error":{}}}}`, `{"message":[[["deep"]]]}`, `{"code":1e400}`, "\xff\xfe",
		`{"message":"the key tlnc_fake_0123456789abcdef is not known"}`,
	} {
		f.Add([]byte(seed))
	}
	hide := scrubberOf(testKey)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := call{method: http.MethodGet, path: "/v1/x"}
		response := &http.Response{StatusCode: 400, Header: http.Header{}}
		e := hide.apiError(newError(r, response, body, time.Now()))
		if text := e.Error() + e.Describe(); strings.Contains(text, testKey) {
			t.Errorf("the key is shown: %s", text)
		}
		if !utf8.ValidString(e.Message) && utf8.Valid(body) {
			t.Errorf("not UTF-8 any more: %q", e.Message)
		}
	})
}

// A catalog is a list of entries with names, or an error.
func FuzzDecodeCatalog(f *testing.F) {
	for _, seed := range []string{
		`{"data":[{"type":"s3","auth_types":["access_key"]}]}`, `["s3","sftp"]`, `{"s3":{"auth_types":[]}}`, `{"data":{"s3":{}}}`,
		`{"data":[{"type":"s3","capabilities":{"max_payload_bytes":1}}]}`, `{"data":null}`, `{}`, `[]`, `null`, `[{}]`, `[null]`, `{"error":"x"}`,
		`[{"type":"a","default_rate_limit":{"ratePerSec":1.5,"capacity":2}}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var decoded any
		if decodeJSON(body, &decoded) != nil {
			return
		}
		entries, err := decodeCatalog(decoded, "type")
		if err != nil {
			return
		}
		last := ""
		for _, entry := range entries {
			c := newConnector(entry)
			if c.Type <= last {
				t.Errorf("%q after %q", c.Type, last)
			}
			if len(c.Raw) == 0 {
				t.Errorf("%q: the entry is lost", c.Type)
			}
			last = c.Type
		}
	})
}

// No header makes the client wait for a negative or unlimited time.
func FuzzRequestedWait(f *testing.F) {
	for _, seed := range []string{
		"", "0", "30", "-1", "1.5", "NaN", "Inf", "1e300", "Wed, 21 Oct 2026 07:28:00 GMT", "2026-10-21T07:28:00Z", "1790000000", "1790000000000", " 5 ",
	} {
		f.Add(seed, seed, "0")
	}
	now := time.Date(2026, 10, 21, 7, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, retryAfter, reset, remaining string) {
		response := &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{
			"Retry-After": {retryAfter}, "X-Ratelimit-Reset": {reset}, "X-Ratelimit-Remaining": {remaining},
		}}
		wait, ok := parseRetryAfter(response, now)
		if wait < 0 || !ok && wait != 0 {
			t.Errorf("wait %v, %t", wait, ok)
		}
	})
}

// A field_map is decoded in one of two forms, or rejected. Encoding and decoding it again returns the same.
func FuzzFieldMap(f *testing.F) {
	for _, seed := range []string{
		`{}`, `null`, `[]`, `{"rules":[{"source":"total","target":"amount"}],"static":{"origin":"talonic","n":1.10},"drop":["debug"]}`,
		`{"amount":"$.total"}`, `{"rules":"$.rules"}`, `{"rules":null,"static":null,"drop":null}`, `{"rules":[null]}`, `{"static":{"a":null}}`,
		`{"drop":[""]}`, `{"a":"$.b","rules":[]}`, `{"a":null}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var read, again FieldMap
		if decodeJSON(body, &read) != nil {
			return
		}
		written, err := json.Marshal(read)
		if err != nil {
			t.Fatal(err)
		}
		if err := decodeJSON(written, &again); err != nil || again.Flat {
			t.Fatalf("%s is written as %s: %v", body, written, err)
		}
		read.Flat = false
		if diff := cmp.Diff(read, again); diff != "" {
			t.Errorf("%s is written as %s (-want +got):\n%s", body, written, diff)
		}
	})
}
