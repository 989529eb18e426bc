package talonic

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestCheckKeys(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]struct{ repeated, repeatedFreely bool }{
		`null`: {}, `[]`: {}, ` {} `: {}, `"a"`: {}, `1.5e3`: {}, `[1, {"a": [true]}, {"a": 2}]`: {},
		`{"a": 1, "b": {"a": 1}}`:                               {},
		`{"a": 1, "a": 2}`:                                      {true, true},
		`{"a": 1, "\u0061": 2}`:                                 {true, true},
		`{"id": "1", "ID": "2"}`:                                {true, false},
		`{"data": [{"id": "1", "Id": "2"}]}`:                    {true, false},
		`{"config": {"a": 1, "A": 2}}`:                          {},
		`{"config": {"x": {"a": 1, "A": 2}}}`:                   {},
		`{"config": {"x": {"a": 1, "a": 2}}}`:                   {true, true},
		`{"config": {}, "CONFIG": {}}`:                          {true, false},
		`{"field_map": {"Total": "$.a", "total": "$.b"}}`:       {},
		`{"a": "\"}", "b": "{\"a\":1,\"a\":2}", "c": "\\"}`:     {},
		"{\n\t\"a\" : [ ] , \"b\" : -1e5,\r\n\"c\":false }":     {},
		`{"signal_filter": {"match": {"K": 1, "k": 2}}}`:        {},
		`{"signal_filter": {"event_type": 1, "Event_Type": 2}}`: {true, false},
	} {
		for freely, repeated := range map[bool]bool{false: want.repeated, true: want.repeatedFreely} {
			if err := checkKeys([]byte(body), freely); (err != nil) != repeated {
				t.Errorf("%s, freely %t: %v", body, freely, err)
			}
		}
	}
}

// Any valid JSON is scanned to its end.
func FuzzCheckKeys(f *testing.F) {
	for _, seed := range []string{`{"a":[{"b":"\""}]}`, `[[],{},"",0,null]`, `{"config":{"a":1,"A":2}}`, "{\"\\ud800\":1}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if !json.Valid(body) {
			return
		}
		s := keyScanner{body: body}
		if !s.value(true) {
			if s.skip(); s.at != len(body) {
				t.Errorf("%s is left of %s", body[s.at:], body)
			}
		}
	})
}

func BenchmarkCheckKeys(b *testing.B) {
	var list []string
	for i := range 1000 {
		list = append(list, fmt.Sprintf(`{"id":"%d","name":"n","type":"webhook","config":{"url":"https://api.example.com/in","headers":{"a":"b"}}}`, i))
	}
	body := []byte(`{"data":[` + strings.Join(list, ",") + `]}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if err := checkKeys(body, false); err != nil {
			b.Fatal(err)
		}
	}
}
