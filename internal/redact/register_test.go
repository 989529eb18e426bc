package redact

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const key = "tlnc_fake_0123456789abcdef"

func register(secrets ...string) *Register {
	r := NewRegister()
	r.Add(secrets...)
	return r
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	const privateKey = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5LCBqdXN0IGEgbGluZSBv\nYW5vdGhlciBsaW5lIG9mIHRleHQsIGFs\n-----END PRIVATE KEY-----\n"
	for name, c := range map[string]struct {
		secret, text string
		want         bool
	}{
		"nothing":                        {key, "the name is wrong", false},
		"empty":                          {key, "", false},
		"the whole":                      {key, "unknown key " + key, true},
		"eight characters":               {key, "key ending in 89abcdef", true},
		"seven characters":               {key, "key ending in 9abcdef", false},
		"another case":                   {key, strings.ToUpper(key), true},
		"a line of a key":                {privateKey, "bad line: YW5vdGhlciBsaW5lIG9m", true},
		"what all keys have":             {privateKey, "it must begin with -----BEGIN PRIVATE KEY-----", false},
		"the body of a key, without":     {privateKey, "bm90IGEga2V5LCBqdXN0IGEgbGluZSBvYW5vdGhlciBsaW5lIG9mIHRleHQsIGFs", true},
		"a short secret":                 {"hunter2", "hunter2 is too short", true},
		"a short secret, escaped":        {`a"b/c`, `a\"b\/c is too short`, true},
		"a short secret in another word": {"pass", "the password is wrong", false},
		"a part of a short secret":       {"hunter2", "hunter is too short", false},
		"too short to be one":            {"abc", "abc is too short", false},
		"a secret with a line end":       {"hunter2\n", "hunter2 is too short", true},
		"white space only":               {" \n ", "nothing", false},
		"no letters":                     {"++++++++++++", "not ++++++++++++", true},
		"more escapes than anyone needs": {key, "%" + strings.Repeat("25", 100) + "41", true},
		"a connection string's account": {
			"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=AbCdEfGh0123456789==;EndpointSuffix=core.windows.net",
			"no such host: acme.blob.core.windows.net", false,
		},
		"a connection string's key": {
			"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=AbCdEfGh0123456789==;EndpointSuffix=core.windows.net",
			"AccountKey=AbCdEfGh... is wrong", true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := register(c.secret).Repeats(c.text); got != c.want {
				t.Errorf("%q in %q: %t", c.secret, c.text, got)
			}
		})
	}
}

// A text in the configuration is not secret, even if a secret contains that text.
func TestPublic(t *testing.T) {
	t.Parallel()
	r := register("acme-production-x7Kq9ZpL", "webhooks", "short")
	r.AddPublicValue(map[string]any{"name": "Acme Production", "config": map[string]any{"url": "https://acme-production.example.com/in", "n": 1}})
	r.AddPublic("webhooks", "short")
	for text, want := range map[string]bool{
		"acme-production is no host":          false,
		"Acme-Production-":                    false,
		"webhooks are off, and short":         false,
		"acme-production-x7Kq9ZpL is wrong":   true,
		"the end of it is x7Kq9ZpL":           true,
		"https://acme-production.example.com": false,
	} {
		if got := r.Repeats(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}

func TestValue(t *testing.T) {
	t.Parallel()
	r := register(key, "pin42", "123456789012")
	decode := func(text string) any {
		var value any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		return value
	}
	given := `{"url": "https://a.example.com", "seen": ["Bearer ` + key + `", {"` + key + `": 1}], "n": 123456789012, "m": 42, "pin": " pin42 ",
		"about": "the pin42 is no secret within a setting", "nothing": null, "yes": true}`
	before := decode(given)
	want := decode(`{"url": "https://a.example.com", "seen": ["(sensitive value)", {"(sensitive value)": 1}], "n": "(sensitive value)", "m": 42,
		"pin": "(sensitive value)", "about": "the pin42 is no secret within a setting", "nothing": null, "yes": true}`)
	if diff := cmp.Diff(want, r.Value(before)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(decode(given), before); diff != "" {
		t.Errorf("the value was changed (-want +got):\n%s", diff)
	}
	if got := r.Value(map[string]any(nil)); got == nil || len(got.(map[string]any)) != 0 {
		t.Errorf("no object became %v", got)
	}
}

// IDs, times and words of other objects are not mistaken for secrets, even if there are many secrets.
func TestFewFalseAlarms(t *testing.T) {
	t.Parallel()
	r := NewRegister()
	for i := range 1000 {
		r.Add(fmt.Sprintf("%016x%016x", uint64(i+1)*0x9e3779b97f4a7c15, uint64(i+7)*0xc2b2ae3d27d4eb4f))
	}
	alarms := 0
	for i := range 1000 {
		if r.IsSecret(fmt.Sprintf("%016x%016x", uint64(i+3)*0xff51afd7ed558ccd, uint64(i+9)*0xc4ceb9fe1a85ec53)) {
			alarms++
		}
	}
	if alarms > 5 {
		t.Errorf("%d of 1,000 values", alarms)
	}
}

func BenchmarkIsSecret(b *testing.B) {
	r := NewRegister()
	for i := range 1000 {
		r.Add(fmt.Sprintf("secret-%016x-%016x", uint64(i+1)*0x9e3779b97f4a7c15, uint64(i+7)*0xc2b2ae3d27d4eb4f))
	}
	const text = "https://api.example.com/ingest/path?with=a&query=of%20some%20length"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.IsSecret(text)
	}
}

// A run adds the same secrets with each request, many concurrently, so adding a secret twice must cost no memory.
func TestSecretsAreKeptOnce(t *testing.T) {
	t.Parallel()
	decoded := map[string]any{"password": "correct horse", "port": json.Number("5432000"), "nested": []any{"pin1", key}}
	add := func(r *Register) {
		r.Add(key, "hunter2", "abc", strings.Repeat("a long secret ", 100))
		r.AddValue(decoded)
		r.AddPublic("https://hooks.example.com", "production")
		r.AddPublicValue(decoded)
	}
	size := func(r *Register) map[string]int {
		windows := 0
		for _, word := range r.filter {
			windows += bits.OnesCount64(word)
		}
		return map[string]int{
			"known": len(r.known), "secrets": len(r.secrets), "short": len(r.short), "windows": windows, "heads": len(r.heads),
			"places": len(r.places), "isPublic": len(r.isPublic), "public": len(r.public),
		}
	}
	once, often := NewRegister(), NewRegister()
	add(once)
	var requests sync.WaitGroup
	for range 10 {
		requests.Go(func() {
			for range 1000 {
				add(often)
			}
		})
	}
	requests.Wait()
	if diff := cmp.Diff(size(once), size(often)); diff != "" {
		t.Errorf("(-once +often):\n%s", diff)
	}
}
