package destination

import (
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// Any config that the API shows is either an error or kept completely: reading it and sending it back changes nothing.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"url":"https://a.example.com/","headers":{"X-A":"1"}}`, `{"host":"a","port":22,"timeout_ms":30000.0}`, `{"port":"22"}`,
		`{"public_read":false,"extra":{"a":[1,null,{"b":2}]}}`, `{"url":null}`, `{"n":12345678901234567890,"m":1e400}`, `{"headers":{}}`, `{"":""}`,
	} {
		for i := range connector.All {
			f.Add(seed, uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		shown, err := jsonvalue.ParseObject(text)
		if err != nil {
			return
		}
		c := connector.All[int(which)%len(connector.All)]
		held, next, err := c.FromAPI(nil, connector.ConfigRecord{}, shown)
		if err != nil {
			return
		}
		owned, err := c.Config(held)
		if err != nil {
			t.Fatalf("what was read cannot be sent: %v", err)
		}
		sent := connector.Values{}.With(held)
		back := desiredState{connector: c, arguments: owned, unmanaged: next.Unmanaged}.config()
		if found := c.Discrepancies(nil, back, shown); len(found) > 0 {
			t.Errorf("%s: %v", text, found)
		}
		for key := range shown {
			_, kept := back[key]
			a, isArgument := c.Argument(key)
			if !kept && !slices.Contains(next.Redacted, key) && (!isArgument || !a.IsDefault(shown[key])) {
				t.Errorf("the key %q is lost", key)
			}
		}
		again, _, err := c.FromAPI(sent, next, shown)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range again {
			if !value.Equal(held[name]) {
				t.Errorf("%s: the second reading of %q has %v, the first %v", text, name, value, held[name])
			}
		}
	})
}

// A template is invalid exactly if the API would leave a part of it unreplaced.
func FuzzJudgeTemplate(f *testing.F) {
	for _, seed := range []string{"", "{event_id}", "{evnt_id}", "{{event_id}}", "{", "}", "{}", "a}{b", "{event_id", "{date}/{event_id}.json", "{ date }"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		problems := connector.ValidateTemplate(text)
		rest := text
		for _, token := range connector.Tokens {
			rest = strings.ReplaceAll(rest, "{"+token+"}", "")
		}
		if clean := !strings.ContainsAny(rest, "{}"); clean != (len(problems) == 0) {
			t.Errorf("%q: %q", text, problems)
		}
	})
}
