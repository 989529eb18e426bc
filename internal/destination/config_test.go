package destination

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
		connector connector
		before    string // "": there was no block
		was       string // shown before
		now       string // shown now
		want      string
		shown     string // remembered
		unowned   string // remembered
	}{
		"imported":                           {connector: sftp, now: `{"host": "h", "port": 2222}`, want: `{"host": "h", "port": 2222}`},
		"imported without config":            {connector: sftp, want: `{}`},
		"imported, defaults filled in":       {connector: sftp, now: defaults, want: `{}`, shown: defaults},
		"imported, unowned keys":             {connector: sftp, now: `{"host": "h", "a": {"b": [1.0, null]}}`, want: `{"host": "h"}`, unowned: `{"a": {"b": [1.0, null]}}`},
		"imported, custom adopts every key":  {connector: custom, now: `{"sheet": "<one>", "n": 12345678901234567890.10}`, want: `{"config": "{\"n\":12345678901234567890.10,\"sheet\":\"\\u003cone\\u003e\"}"}`},
		"imported, custom without keys":      {connector: custom, now: `{}`, want: `{}`},
		"imported, null is absent":           {connector: webhook, now: `{"url": null, "headers": null}`, want: `{}`},
		"imported, empty map is absent":      {connector: webhook, now: `{"headers": {}}`, want: `{}`, shown: `{"headers": {}}`},
		"unchanged":                          {connector: sftp, before: `{"host": "h", "port": 22}`, now: `{"host": "h", "port": 22}`, want: `{"host": "h", "port": 22}`},
		"unchanged, number written anew":     {connector: sftp, before: `{"port": 22}`, now: `{"port": 22.0}`, want: `{"port": 22}`},
		"default filled in":                  {connector: sftp, before: `{}`, now: defaults, want: `{}`, shown: defaults},
		"default still filled in":            {connector: sftp, before: `{}`, was: defaults, now: defaults, want: `{}`, shown: defaults},
		"default false filled in":            {connector: s3, before: `{}`, now: `{"public_read": false}`, want: `{}`, shown: `{"public_read": false}`},
		"default no longer filled in":        {connector: sftp, before: `{}`, was: defaults, now: `{}`, want: `{}`},
		"default changed":                    {connector: sftp, before: `{}`, was: defaults, now: `{"port": 2222}`, want: `{"port": 2222}`},
		"value without a default filled in":  {connector: googleDrive, before: `{}`, now: `{"folder_id": "f"}`, want: `{"folder_id": "f"}`},
		"default left out though configured": {connector: sftp, before: `{"port": 22}`, now: `{}`, want: `{"port": 22}`, shown: `{"port": null}`},
		"default still left out":             {connector: sftp, before: `{"port": 22}`, was: `{"port": null}`, now: `{}`, want: `{"port": 22}`, shown: `{"port": null}`},
		"default left out, then changed":     {connector: sftp, before: `{"port": 22}`, was: `{"port": null}`, now: `{"port": 23}`, want: `{"port": 23}`},
		"default left out, then shown":       {connector: sftp, before: `{"port": 22}`, was: `{"port": null}`, now: `{"port": 22}`, want: `{"port": 22}`},
		"empty map left out":                 {connector: webhook, before: `{"headers": {}}`, now: `{}`, want: `{"headers": {}}`, shown: `{"headers": null}`},
		"drift":                              {connector: sftp, before: `{"host": "h", "port": 22}`, now: `{"host": "i", "port": 23}`, want: `{"host": "i", "port": 23}`},
		"drift to nothing":                   {connector: sftp, before: `{"host": "h", "port": 23}`, now: `{"port": null}`, want: `{}`},
		"drift in a map":                     {connector: webhook, before: `{"headers": {"A": "1"}}`, now: `{"headers": {"A": "1", "B": "2"}}`, want: `{"headers": {"A": "1", "B": "2"}}`},
		"drift of a boolean":                 {connector: s3, before: `{"public_read": true}`, now: `{"public_read": false}`, want: `{"public_read": false}`},
		"other spelling remembered": {connector: webhook,
			before: `{"url": "https://A.example.com/", "headers": {"X-A": "1"}}`, was: `{"url": "https://a.example.com", "headers": {"x-a": "1"}}`,
			now:   `{"url": "https://a.example.com", "headers": {"x-a": "1"}}`,
			want:  `{"url": "https://A.example.com/", "headers": {"X-A": "1"}}`,
			shown: `{"url": "https://a.example.com", "headers": {"x-a": "1"}}`},
		"drift behind another spelling":       {connector: webhook, before: `{"url": "https://A.example.com/"}`, was: `{"url": "https://a.example.com"}`, now: `{"url": "https://b.example.com"}`, want: `{"url": "https://b.example.com"}`},
		"the value itself after a spelling":   {connector: webhook, before: `{"url": "https://A.example.com/"}`, was: `{"url": "https://a.example.com"}`, now: `{"url": "https://A.example.com/"}`, want: `{"url": "https://A.example.com/"}`},
		"back to the spelling after drift":    {connector: webhook, before: `{"url": "https://b.example.com"}`, now: `{"url": "https://a.example.com"}`, want: `{"url": "https://a.example.com"}`},
		"masked value remembered":             {connector: webhook, before: `{"headers": {"Token": "t"}}`, was: `{"headers": {"Token": "***"}}`, now: `{"headers": {"Token": "***"}}`, want: `{"headers": {"Token": "t"}}`, shown: `{"headers": {"Token": "***"}}`},
		"unowned key added":                   {connector: sftp, before: `{"host": "h"}`, now: `{"host": "h", "a": 1}`, want: `{"host": "h"}`, unowned: `{"a": 1}`},
		"unowned key in a custom":             {connector: custom, before: `{}`, now: `{"a": 1}`, want: `{}`, unowned: `{"a": 1}`},
		"JSON unchanged keeps its text":       {connector: webhook, before: `{"additional_config": "{ \"b\": 1, \"a\": {} }"}`, now: `{"a": {}, "b": 1.0, "c": 2}`, want: `{"additional_config": "{ \"b\": 1, \"a\": {} }"}`, unowned: `{"c": 2}`},
		"JSON partially drifted":              {connector: webhook, before: `{"additional_config": "{ \"b\": 1, \"a\": 2 }"}`, now: `{"a": 2, "b": 3}`, want: `{"additional_config": "{\"a\":2,\"b\":3}"}`},
		"JSON drifted to null":                {connector: webhook, before: `{"additional_config": "{\"a\":2}"}`, now: `{"a": null}`, want: `{"additional_config": "{\"a\":null}"}`},
		"JSON with a key gone":                {connector: webhook, before: `{"additional_config": "{\"a\":2,\"b\":1}"}`, now: `{"b": 1}`, want: `{"additional_config": "{\"b\":1}"}`},
		"JSON with all keys gone":             {connector: webhook, before: `{"additional_config": "{\"a\":2}"}`, now: `{}`, want: `{"additional_config": "{}"}`},
		"JSON null left out":                  {connector: webhook, before: `{"additional_config": "{\"a\": null}"}`, now: `{}`, want: `{"additional_config": "{\"a\": null}"}`},
		"JSON in another spelling remembered": {connector: webhook, before: `{"additional_config": "{\"a\": \"RED\"}"}`, was: `{"a": "red"}`, now: `{"a": "red"}`, want: `{"additional_config": "{\"a\": \"RED\"}"}`, shown: `{"a": "red"}`},
		"JSON drifted behind a spelling":      {connector: webhook, before: `{"additional_config": "{\"a\": \"RED\"}"}`, was: `{"a": "red"}`, now: `{"a": "blue"}`, want: `{"additional_config": "{\"a\":\"blue\"}"}`},
		"JSON empty":                          {connector: webhook, before: `{"additional_config": "{ }"}`, now: `{"a": 1}`, want: `{"additional_config": "{ }"}`, unowned: `{"a": 1}`},
		"custom unchanged":                    {connector: custom, before: custom1, now: `{"sheet": "one", "rows": {"first": 1}}`, want: custom1},
		"custom with a key added":             {connector: custom, before: custom1, now: `{"sheet": "one", "rows": {"first": 1}, "a": 1}`, want: custom1, unowned: `{"a": 1}`},
		"custom drifted inside":               {connector: custom, before: custom1, now: `{"sheet": "one", "rows": {"first": 2}}`, want: `{"config": "{\"rows\":{\"first\":2},\"sheet\":\"one\"}"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, shown := blockOf(t, test.connector, test.before), blocktest.Object(t, test.now)
			wasShown, wasBefore := maps.Clone(shown), maps.Clone(before)
			got, is, err := test.connector.observe(before, remembered{Shown: blocktest.Object(t, test.was)}, shown)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(blockOf(t, test.connector, test.want), got); diff != "" {
				t.Errorf("arguments (-want +got):\n%s", diff)
			}
			want := remembered{Shown: blocktest.Object(t, test.shown), Unowned: blocktest.Object(t, test.unowned)}
			if diff := cmp.Diff(want, is, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("remembered (-want +got):\n%s", diff)
			}
			if !cmp.Equal(wasShown, shown) || !cmp.Equal(wasBefore, before) {
				t.Error("what was passed in has changed")
			}
		})
	}
}

// What the API shows in a type that no argument can hold is an error that names the key, and does not repeat the value.
func TestObserveErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		connector connector
		before    string
		now       string
		want      string
	}{
		"number for a string":     {webhook, `{}`, `{"url": 7177}`, `config.url is a number, which is no value of the argument "url"`},
		"object for a string":     {webhook, ``, `{"url": {"a": 7177}}`, `config.url is an object, which is no value of the argument "url"`},
		"list for a map":          {webhook, `{}`, `{"headers": ["7177"]}`, `config.headers is a list, which is no value of the argument "headers"`},
		"number in a map":         {webhook, `{}`, `{"headers": {"a": 7177}}`, `config.headers is an object, which is no value of the argument "headers"`},
		"null in a map":           {webhook, `{}`, `{"headers": {"a": null}}`, `config.headers is an object, which is no value of the argument "headers"`},
		"string for a number":     {sftp, `{"port": 7177}`, `{"port": "7177"}`, `config.port is a string, which is no value of the argument "port"`},
		"fraction for an integer": {sftp, `{}`, `{"port": 7177.5}`, `config.port is a number, which is no value of the argument "port"`},
		"huge for an integer":     {sftp, `{}`, `{"port": 71770000000000000000}`, `config.port is a number, which is no value of the argument "port"`},
		"string for a boolean":    {s3, `{}`, `{"public_read": "7177"}`, `config.public_read is a string, which is no value of the argument "public_read"`},
		"boolean for a string":    {s3, `{}`, `{"bucket": true}`, `config.bucket is a boolean, which is no value of the argument "bucket"`},
		"broken JSON argument":    {s3, `{"additional_config": "7177{"}`, `{}`, `additional_config: there is text after the JSON value`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := test.connector.observe(blockOf(t, test.connector, test.before), remembered{}, blocktest.Object(t, test.now))
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "7177") {
				t.Errorf("the error repeats the value: %v", err)
			}
		})
	}
}

// samplesOf are all arguments of a connector with values for n, as JSON has them.
func samplesOf(c connector, n int64) config {
	all := config{}
	for _, a := range c.arguments {
		all[a.name] = blocktest.Sample(a.name, a.attribute.GetType(), n)
	}
	return all
}

// defaultsOf are what the API may fill in.
func defaultsOf(c connector) config {
	all := config{}
	for _, a := range c.arguments {
		if a.byDefault != nil {
			all[a.name] = a.byDefault
		}
	}
	return all
}

// Reading again what was read before changes nothing, whatever came before that.
func TestObserveIsStable(t *testing.T) {
	t.Parallel()
	unowned := config{"zeta": []any{nil, json.Number("1e2")}, "eta": map[string]any{"theta": false}}
	for _, c := range connectors {
		befores := map[string]values{"nothing": nil, "an empty block": blockOf(t, c, `{}`)}
		for n := range int64(2) {
			v, _, err := c.observe(nil, remembered{}, samplesOf(c, n))
			if err != nil {
				t.Fatal(err)
			}
			befores[fmt.Sprintf("sample %d", n)] = v.with(values{c.otherKeys.name: types.StringValue(`{ "zeta": 1, "iota": null }`)})
		}
		showns := map[string]config{"nothing": nil, "defaults": defaultsOf(c), "sample 0": samplesOf(c, 0), "sample 1": samplesOf(c, 1), "unowned": unowned}
		showns["all"] = samplesOf(c, 1)
		maps.Copy(showns["all"], unowned)
		for beforeName, before := range befores {
			for wasName, was := range showns {
				for shownName, shown := range showns {
					once, is, err := c.observe(before, remembered{Shown: was}, shown)
					if err != nil {
						t.Fatal(err)
					}
					stored, _ := json.Marshal(is) // as in private state
					var again remembered
					again.Shown, _ = blocktest.Object(t, string(stored))["shown"].(config)
					twice, isAgain, err := c.observe(once, again, shown)
					if err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(once, twice) + cmp.Diff(is, isAgain); diff != "" {
						t.Errorf("%s that held %s, after %s, shows %s: reading it again (-once +twice):\n%s",
							c.name, beforeName, wasName, shownName, diff)
					}
				}
			}
		}
	}
}

// Every argument reaches the API under its own name, and comes back as it was.
func TestConfigRoundTrip(t *testing.T) {
	t.Parallel()
	for _, c := range connectors {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			samples := samplesOf(c, 1)
			block := values{c.otherKeys.name: types.StringValue(`{"other":{"key":[1,"a",null]}}`)}
			for _, a := range c.arguments {
				value, err := a.fromWire(samples[a.name])
				if err != nil {
					t.Fatal(err)
				}
				block[a.name] = value
			}
			samples["other"] = map[string]any{"key": []any{json.Number("1"), "a", nil}}

			sent, err := c.config(block)
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
			got, is, err := c.observe(block, remembered{}, shown)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(block, got) + cmp.Diff(remembered{}, is, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("read back (-want +got):\n%s", diff)
			}
			if found := c.discrepancies(nil, sent, shown); found != nil {
				t.Errorf("discrepancies: %v", found)
			}
			imported, is, err := c.observe(nil, remembered{}, shown)
			if err != nil {
				t.Fatal(err)
			}
			again, err := c.config(imported)
			if err != nil {
				t.Fatal(err)
			}
			maps.Copy(again, is.Unowned)
			if diff := cmp.Diff(sent, again); diff != "" {
				t.Errorf("sent after an import (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		connector connector
		block     string
		want      string
		err       string
	}{
		"left out is not sent":         {webhook, `{"url": "https://a"}`, `{"url": "https://a"}`, ""},
		"empty is sent":                {webhook, `{"url": "", "headers": {}}`, `{"url": "", "headers": {}}`, ""},
		"default is sent when written": {sftp, `{"port": 22}`, `{"port": 22}`, ""},
		"false is sent":                {s3, `{"public_read": false}`, `{"public_read": false}`, ""},
		"further keys":                 {s3, `{"bucket": "b", "additional_config": "{\"a\": null, \"b\": 1.50}"}`, `{"bucket": "b", "a": null, "b": 1.50}`, ""},
		"custom":                       {custom, `{"config": "{\"a\": 1}"}`, `{"a": 1}`, ""},
		"argument wins":                {s3, `{"bucket": "b", "additional_config": "{\"bucket\": \"c\"}"}`, `{"bucket": "b"}`, ""},
		"broken JSON":                  {s3, `{"additional_config": "secret"}`, ``, "additional_config: it is not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := test.connector.config(blockOf(t, test.connector, test.block))
			if text := fmt.Sprint(err); err != nil && text != test.err || err == nil && test.err != "" {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if diff := cmp.Diff(blocktest.Object(t, test.want), got); diff != "" {
				t.Errorf("config (-want +got):\n%s", diff)
			}
		})
	}
	unknown, err := s3.config(values{"bucket": types.StringUnknown(), "additional_config": types.StringUnknown()})
	if err != nil || len(unknown) > 0 {
		t.Errorf("of what is not known: %v, %v", unknown, err)
	}
}

// Secrets that were remembered before they were known are withheld once they are. Nothing else changes: none is not the same as
// not known.
func TestRememberedWithoutSecrets(t *testing.T) {
	t.Parallel()
	redact.Process.Add("fake-remembered-0123456789")
	for name, c := range map[string]struct {
		before, want remembered
	}{
		"not known": {remembered{}, remembered{}},
		"none":      {remembered{Unowned: config{}}, remembered{Unowned: config{}}},
		"no secret": {remembered{Unowned: config{"a": "b"}}, remembered{Unowned: config{"a": "b"}}},
		"a secret": {
			remembered{Unowned: config{"a": "b", "debug": []any{"seen: fake-remembered-0123456789"}}, Withheld: []string{"token"}},
			remembered{Unowned: config{"a": "b"}, Withheld: []string{"token", "debug"}},
		},
	} {
		if diff := cmp.Diff(c.want, c.before.withoutSecrets()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
