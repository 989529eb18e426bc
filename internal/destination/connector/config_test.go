package connector

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestObserve(t *testing.T) {
	t.Parallel()
	const (
		defaults = `{"port": 22, "timeout_ms": 30000, "filename_template": "delivery_{event_id}"}`
		custom1  = `{"config": "{\"sheet\":\"one\",\"rows\":{\"first\":1}}"}`
	)
	for name, test := range map[string]struct {
		connector Connector
		before    string // "": no block
		was       string // shown before
		now       string // shown now
		want      string
		shown     string // in the record
		unmanaged string // in the record
	}{
		"imported":                          {connector: SFTP, now: `{"host": "h", "port": 2222}`, want: `{"host": "h", "port": 2222}`},
		"imported without config":           {connector: SFTP, want: `{}`},
		"imported, defaults filled in":      {connector: SFTP, now: defaults, want: `{}`, shown: defaults},
		"imported, unmanaged keys":          {connector: SFTP, now: `{"host": "h", "a": {"b": [1.0, null]}}`, want: `{"host": "h"}`, unmanaged: `{"a": {"b": [1.0, null]}}`},
		"imported, custom adopts every key": {connector: Custom, now: `{"sheet": "<one>", "n": 12345678901234567890.10}`, want: `{"config": "{\"n\":12345678901234567890.10,\"sheet\":\"\\u003cone\\u003e\"}"}`},
		"imported, custom without keys":     {connector: Custom, now: `{}`, want: `{}`},
		"imported, null is absent":          {connector: Webhook, now: `{"url": null, "headers": null}`, want: `{}`},
		"imported, empty map is absent":     {connector: Webhook, now: `{"headers": {}}`, want: `{}`, shown: `{"headers": {}}`},
		"unchanged":                         {connector: SFTP, before: `{"host": "h", "port": 22}`, now: `{"host": "h", "port": 22}`, want: `{"host": "h", "port": 22}`},
		"unchanged, number written anew":    {connector: SFTP, before: `{"port": 22}`, now: `{"port": 22.0}`, want: `{"port": 22}`},
		"default filled in":                 {connector: SFTP, before: `{}`, now: defaults, want: `{}`, shown: defaults},
		"default still filled in":           {connector: SFTP, before: `{}`, was: defaults, now: defaults, want: `{}`, shown: defaults},
		"default false filled in":           {connector: S3, before: `{}`, now: `{"public_read": false}`, want: `{}`, shown: `{"public_read": false}`},
		"default no longer filled in":       {connector: SFTP, before: `{}`, was: defaults, now: `{}`, want: `{}`},
		"default changed":                   {connector: SFTP, before: `{}`, was: defaults, now: `{"port": 2222}`, want: `{"port": 2222}`},
		"value without a default filled in": {connector: GoogleDrive, before: `{}`, now: `{"folder_id": "f"}`, want: `{"folder_id": "f"}`},
		"default omitted though configured": {connector: SFTP, before: `{"port": 22}`, now: `{}`, want: `{"port": 22}`, shown: `{"port": null}`},
		"default still omitted":             {connector: SFTP, before: `{"port": 22}`, was: `{"port": null}`, now: `{}`, want: `{"port": 22}`, shown: `{"port": null}`},
		"default omitted, then changed":     {connector: SFTP, before: `{"port": 22}`, was: `{"port": null}`, now: `{"port": 23}`, want: `{"port": 23}`},
		"default omitted, then shown":       {connector: SFTP, before: `{"port": 22}`, was: `{"port": null}`, now: `{"port": 22}`, want: `{"port": 22}`},
		"empty map left out":                {connector: Webhook, before: `{"headers": {}}`, now: `{}`, want: `{"headers": {}}`, shown: `{"headers": null}`},
		"drift":                             {connector: SFTP, before: `{"host": "h", "port": 22}`, now: `{"host": "i", "port": 23}`, want: `{"host": "i", "port": 23}`},
		"drift to nothing":                  {connector: SFTP, before: `{"host": "h", "port": 23}`, now: `{"port": null}`, want: `{}`},
		"drift in a map":                    {connector: Webhook, before: `{"headers": {"A": "1"}}`, now: `{"headers": {"A": "1", "B": "2"}}`, want: `{"headers": {"A": "1", "B": "2"}}`},
		"drift of a boolean":                {connector: S3, before: `{"public_read": true}`, now: `{"public_read": false}`, want: `{"public_read": false}`},
		"other spelling remembered": {connector: Webhook,
			before: `{"url": "https://A.example.com/", "headers": {"X-A": "1"}}`, was: `{"url": "https://a.example.com", "headers": {"x-a": "1"}}`,
			now:   `{"url": "https://a.example.com", "headers": {"x-a": "1"}}`,
			want:  `{"url": "https://A.example.com/", "headers": {"X-A": "1"}}`,
			shown: `{"url": "https://a.example.com", "headers": {"x-a": "1"}}`},
		"drift behind another spelling":       {connector: Webhook, before: `{"url": "https://A.example.com/"}`, was: `{"url": "https://a.example.com"}`, now: `{"url": "https://b.example.com"}`, want: `{"url": "https://b.example.com"}`},
		"the value itself after a spelling":   {connector: Webhook, before: `{"url": "https://A.example.com/"}`, was: `{"url": "https://a.example.com"}`, now: `{"url": "https://A.example.com/"}`, want: `{"url": "https://A.example.com/"}`},
		"back to the spelling after drift":    {connector: Webhook, before: `{"url": "https://b.example.com"}`, now: `{"url": "https://a.example.com"}`, want: `{"url": "https://a.example.com"}`},
		"masked value remembered":             {connector: Webhook, before: `{"headers": {"Token": "t"}}`, was: `{"headers": {"Token": "***"}}`, now: `{"headers": {"Token": "***"}}`, want: `{"headers": {"Token": "t"}}`, shown: `{"headers": {"Token": "***"}}`},
		"unmanaged key added":                 {connector: SFTP, before: `{"host": "h"}`, now: `{"host": "h", "a": 1}`, want: `{"host": "h"}`, unmanaged: `{"a": 1}`},
		"unmanaged key in a custom":           {connector: Custom, before: `{}`, now: `{"a": 1}`, want: `{}`, unmanaged: `{"a": 1}`},
		"JSON unchanged keeps its text":       {connector: Webhook, before: `{"additional_config": "{ \"b\": 1, \"a\": {} }"}`, now: `{"a": {}, "b": 1.0, "c": 2}`, want: `{"additional_config": "{ \"b\": 1, \"a\": {} }"}`, unmanaged: `{"c": 2}`},
		"JSON partially drifted":              {connector: Webhook, before: `{"additional_config": "{ \"b\": 1, \"a\": 2 }"}`, now: `{"a": 2, "b": 3}`, want: `{"additional_config": "{\"a\":2,\"b\":3}"}`},
		"JSON drifted to null":                {connector: Webhook, before: `{"additional_config": "{\"a\":2}"}`, now: `{"a": null}`, want: `{"additional_config": "{\"a\":null}"}`},
		"JSON with a key gone":                {connector: Webhook, before: `{"additional_config": "{\"a\":2,\"b\":1}"}`, now: `{"b": 1}`, want: `{"additional_config": "{\"b\":1}"}`},
		"JSON with all keys gone":             {connector: Webhook, before: `{"additional_config": "{\"a\":2}"}`, now: `{}`, want: `{"additional_config": "{}"}`},
		"JSON null left out":                  {connector: Webhook, before: `{"additional_config": "{\"a\": null}"}`, now: `{}`, want: `{"additional_config": "{\"a\": null}"}`},
		"JSON in another spelling remembered": {connector: Webhook, before: `{"additional_config": "{\"a\": \"RED\"}"}`, was: `{"a": "red"}`, now: `{"a": "red"}`, want: `{"additional_config": "{\"a\": \"RED\"}"}`, shown: `{"a": "red"}`},
		"JSON drifted behind a spelling":      {connector: Webhook, before: `{"additional_config": "{\"a\": \"RED\"}"}`, was: `{"a": "red"}`, now: `{"a": "blue"}`, want: `{"additional_config": "{\"a\":\"blue\"}"}`},
		"JSON empty":                          {connector: Webhook, before: `{"additional_config": "{ }"}`, now: `{"a": 1}`, want: `{"additional_config": "{ }"}`, unmanaged: `{"a": 1}`},
		"custom unchanged":                    {connector: Custom, before: custom1, now: `{"sheet": "one", "rows": {"first": 1}}`, want: custom1},
		"custom with a key added":             {connector: Custom, before: custom1, now: `{"sheet": "one", "rows": {"first": 1}, "a": 1}`, want: custom1, unmanaged: `{"a": 1}`},
		"custom drifted inside":               {connector: Custom, before: custom1, now: `{"sheet": "one", "rows": {"first": 2}}`, want: `{"config": "{\"rows\":{\"first\":2},\"sheet\":\"one\"}"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, shown := blockOf(t, test.connector, test.before), blocktest.Object(t, test.now)
			wasShown, wasBefore := maps.Clone(shown), maps.Clone(before)
			got, next, err := test.connector.FromAPI(before, ConfigRecord{Shown: blocktest.Object(t, test.was)}, shown)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(blockOf(t, test.connector, test.want), got); diff != "" {
				t.Errorf("arguments (-want +got):\n%s", diff)
			}
			want := ConfigRecord{Shown: blocktest.Object(t, test.shown), Unmanaged: blocktest.Object(t, test.unmanaged)}
			if diff := cmp.Diff(want, next, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("remembered (-want +got):\n%s", diff)
			}
			if !cmp.Equal(wasShown, shown) || !cmp.Equal(wasBefore, before) {
				t.Error("what was passed in has changed")
			}
		})
	}
}

// A value whose type no argument can hold is an error that names the key and does not repeat the value.
func TestObserveErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		connector Connector
		before    string
		now       string
		want      string
	}{
		"number for a string":     {Webhook, `{"url": "https://x"}`, `{"url": 7177}`, `config.url is a number, which is not a valid value of the argument "url"`},
		"object for a string":     {Webhook, ``, `{"url": {"a": 7177}}`, `config.url is an object, which is not a valid value of the argument "url"`},
		"list for a map":          {Webhook, `{}`, `{"headers": ["7177"]}`, `config.headers is a list, which is not a valid value of the argument "headers"`},
		"number in a map":         {Webhook, `{}`, `{"headers": {"a": 7177}}`, `config.headers is an object, which is not a valid value of the argument "headers"`},
		"null in a map":           {Webhook, `{}`, `{"headers": {"a": null}}`, `config.headers is an object, which is not a valid value of the argument "headers"`},
		"string for a number":     {SFTP, `{"port": 7177}`, `{"port": "7177"}`, `config.port is a string, which is not a valid value of the argument "port"`},
		"fraction for an integer": {SFTP, `{}`, `{"port": 7177.5}`, `config.port is a number, which is not a valid value of the argument "port"`},
		"huge for an integer":     {SFTP, `{}`, `{"port": 71770000000000000000}`, `config.port is a number, which is not a valid value of the argument "port"`},
		"string for a boolean":    {S3, `{}`, `{"public_read": "7177"}`, `config.public_read is a string, which is not a valid value of the argument "public_read"`},
		"boolean for a string":    {S3, `{}`, `{"bucket": true}`, `config.bucket is a boolean, which is not a valid value of the argument "bucket"`},
		"broken JSON argument":    {S3, `{"additional_config": "7177{"}`, `{}`, `additional_config: there is text after the JSON value`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := test.connector.FromAPI(blockOf(t, test.connector, test.before), ConfigRecord{}, blocktest.Object(t, test.now))
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "7177") {
				t.Errorf("the error repeats the value: %v", err)
			}
		})
	}
}

// samplesOf returns all arguments of a connector with values derived from n, as decoded JSON.
func samplesOf(c Connector, n int64) Config {
	all := Config{}
	for _, a := range c.Arguments {
		all[a.Name] = blocktest.Sample(a.Name, a.Attribute.GetType(), n)
	}
	return all
}

// defaultsOf returns what the API may fill in.
func defaultsOf(c Connector) Config {
	all := Config{}
	for _, a := range c.Arguments {
		if a.apiDefault != nil {
			all[a.Name] = a.apiDefault
		}
	}
	return all
}

// Reading the same config again changes nothing, whatever the values before were.
func TestObserveIsStable(t *testing.T) {
	t.Parallel()
	unmanaged := Config{"zeta": []any{nil, json.Number("1e2")}, "eta": map[string]any{"theta": false}}
	for _, c := range All {
		befores := map[string]Values{"nothing": nil, "an empty block": blockOf(t, c, `{}`)}
		for n := range int64(2) {
			v, _, err := c.FromAPI(nil, ConfigRecord{}, samplesOf(c, n))
			if err != nil {
				t.Fatal(err)
			}
			befores[fmt.Sprintf("sample %d", n)] = v.With(Values{c.OtherKeys.Name: types.StringValue(`{ "zeta": 1, "iota": null }`)})
		}
		showns := map[string]Config{"nothing": nil, "defaults": defaultsOf(c), "sample 0": samplesOf(c, 0), "sample 1": samplesOf(c, 1), "unmanaged": unmanaged}
		showns["all"] = samplesOf(c, 1)
		maps.Copy(showns["all"], unmanaged)
		for beforeName, before := range befores {
			for wasName, was := range showns {
				for shownName, shown := range showns {
					once, next, err := c.FromAPI(before, ConfigRecord{Shown: was}, shown)
					if err != nil {
						t.Fatal(err)
					}
					stored, _ := json.Marshal(next) // as in private state
					var again ConfigRecord
					again.Shown, _ = blocktest.Object(t, string(stored))["shown"].(Config)
					twice, isAgain, err := c.FromAPI(once, again, shown)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(once, twice) + cmp.Diff(next, isAgain); diff != "" {
						t.Errorf("%s that held %s, after %s, shows %s: reading it again (-once +twice):\n%s",
							c.Name, beforeName, wasName, shownName, diff)
					}
				}
			}
		}
	}
}

// Every argument is sent under its own name, and read back unchanged.
func TestConfigRoundTrip(t *testing.T) {
	t.Parallel()
	for _, c := range All {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			samples := samplesOf(c, 1)
			block := Values{c.OtherKeys.Name: types.StringValue(`{"other":{"key":[1,"a",null]}}`)}
			for _, a := range c.Arguments {
				value, err := a.FromWire(samples[a.Name])
				if err != nil {
					t.Fatal(err)
				}
				block[a.Name] = value
			}
			samples["other"] = map[string]any{"key": []any{json.Number("1"), "a", nil}}

			sent, err := c.Config(block)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(samples, sent); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
			wire, err := json.Marshal(sent)
			if err != nil {
				t.Fatal(err)
			}
			shown := blocktest.Object(t, string(wire))
			got, next, err := c.FromAPI(block, ConfigRecord{}, shown)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(block, got) + cmp.Diff(ConfigRecord{}, next, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("read back (-want +got):\n%s", diff)
			}
			if found := c.Discrepancies(nil, sent, shown); found != nil {
				t.Errorf("discrepancies: %v", found)
			}
			imported, next, err := c.FromAPI(nil, ConfigRecord{}, shown)
			if err != nil {
				t.Fatal(err)
			}
			again, err := c.Config(imported)
			if err != nil {
				t.Fatal(err)
			}
			maps.Copy(again, next.Unmanaged)
			if diff := cmp.Diff(sent, again); diff != "" {
				t.Errorf("sent after an import (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		connector Connector
		block     string
		want      string
		err       string
	}{
		"left out is not sent":         {Webhook, `{"url": "https://a"}`, `{"url": "https://a"}`, ""},
		"empty is sent":                {Webhook, `{"url": "", "headers": {}}`, `{"url": "", "headers": {}}`, ""},
		"default is sent when written": {SFTP, `{"port": 22}`, `{"port": 22}`, ""},
		"false is sent":                {S3, `{"public_read": false}`, `{"public_read": false}`, ""},
		"further keys":                 {S3, `{"bucket": "b", "additional_config": "{\"a\": null, \"b\": 1.50}"}`, `{"bucket": "b", "a": null, "b": 1.50}`, ""},
		"custom":                       {Custom, `{"config": "{\"a\": 1}"}`, `{"a": 1}`, ""},
		"argument wins":                {S3, `{"bucket": "b", "additional_config": "{\"bucket\": \"c\"}"}`, `{"bucket": "b"}`, ""},
		"broken JSON":                  {S3, `{"additional_config": "secret"}`, ``, "additional_config: it is not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := test.connector.Config(blockOf(t, test.connector, test.block))
			if text := fmt.Sprint(err); err != nil && text != test.err || err == nil && test.err != "" {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if diff := cmp.Diff(blocktest.Object(t, test.want), got); diff != "" {
				t.Errorf("config (-want +got):\n%s", diff)
			}
		})
	}
	unknown, err := S3.Config(Values{"bucket": types.StringUnknown(), "additional_config": types.StringUnknown()})
	if err != nil || len(unknown) > 0 {
		t.Errorf("of what is not known: %v, %v", unknown, err)
	}
}

// WithoutSecrets redacts recorded secrets that have become known since. It changes nothing else: an empty list of keys stays distinct
// from an unknown one.
func TestRememberedWithoutSecrets(t *testing.T) {
	t.Parallel()
	redact.Process.Add("fake-remembered-0123456789")
	for name, c := range map[string]struct {
		before, want ConfigRecord
	}{
		"not known": {ConfigRecord{}, ConfigRecord{}},
		"none":      {ConfigRecord{Unmanaged: Config{}}, ConfigRecord{Unmanaged: Config{}}},
		"no secret": {ConfigRecord{Unmanaged: Config{"a": "b"}}, ConfigRecord{Unmanaged: Config{"a": "b"}}},
		"a secret": {
			ConfigRecord{Unmanaged: Config{"a": "b", "debug": []any{"seen: fake-remembered-0123456789"}}, Redacted: []string{"token"}},
			ConfigRecord{Unmanaged: Config{"a": "b"}, Redacted: []string{"token", "debug"}},
		},
	} {
		if diff := cmp.Diff(c.want, c.before.WithoutSecrets()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A key that is recorded as unmanaged, and has its own argument now, stays unmanaged until the argument is set.
func TestUnmanagedKeyWithArgument(t *testing.T) {
	t.Parallel()
	const shown = `{"url": "https://a.example", "headers": {"X-Team": "dashboard"}}`
	for name, c := range map[string]struct {
		before    string
		prior     ConfigRecord
		headers   string // value of the argument
		unmanaged string
	}{
		"null":               {`{"url": "https://a.example"}`, ConfigRecord{Unmanaged: Config{"headers": 1}}, ``, `{"headers": {"X-Team": "dashboard"}}`},
		"null, redacted":     {`{"url": "https://a.example"}`, ConfigRecord{Redacted: []string{"headers"}}, ``, `{"headers": {"X-Team": "dashboard"}}`},
		"set":                {`{"url": "https://a.example", "headers": {"X": "y"}}`, ConfigRecord{Unmanaged: Config{"headers": 1}}, `{"X-Team": "dashboard"}`, `{}`},
		"null, not recorded": {`{"url": "https://a.example"}`, ConfigRecord{Unmanaged: Config{}}, `{"X-Team": "dashboard"}`, `{}`},
		"imported":           {``, ConfigRecord{Unmanaged: Config{"headers": 1}}, `{"X-Team": "dashboard"}`, `{}`},
	} {
		now, next, err := Webhook.FromAPI(blockOf(t, Webhook, c.before), c.prior, blocktest.Object(t, shown))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(blocktest.Decode(t, c.headers), ToWire(now["headers"])); diff != "" {
			t.Errorf("%s: headers (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(blocktest.Object(t, c.unmanaged), next.Unmanaged); diff != "" {
			t.Errorf("%s: unmanaged (-want +got):\n%s", name, diff)
		}
	}
}
