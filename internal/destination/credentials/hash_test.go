package credentials

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestHash(t *testing.T) {
	t.Parallel()
	h := NewHash([]string{"a", "secret"})
	for _, c := range []struct {
		values []string
		want   bool
	}{
		{[]string{"a", "secret"}, true},
		{[]string{"a", "Secret"}, false},
		{[]string{"secret", "a"}, false},
		{[]string{"asecret"}, false},
		{[]string{"", "asecret"}, false},
		{[]string{"a", "secret", ""}, false},
		{nil, false},
	} {
		if got := h.matches(c.values); got != c.want {
			t.Errorf("%q: %t, not %t", c.values, got, c.want)
		}
	}
	if other := NewHash([]string{"a", "secret"}); slices.Equal(other.Salt, h.Salt) || slices.Equal(other.Sum, h.Sum) {
		t.Error("the same values have the same hash: the salt is not random")
	}
}

// A record keeps the parameters of its hash, so that raising the defaults does not invalidate it.
func TestHashKeepsItsParameters(t *testing.T) {
	t.Parallel()
	old := &Hash{Time: 2, Memory: 64, Threads: 2, Salt: []byte("0123456789abcdef")}
	old.Sum = old.derive([]string{"a"})
	raw, err := json.Marshal(old)
	if err != nil {
		t.Fatal(err)
	}
	var read Hash
	if err := json.Unmarshal(raw, &read); err != nil {
		t.Fatal(err)
	}
	if !read.matches([]string{"a"}) || read.matches([]string{"b"}) {
		t.Errorf("not recognized after a round trip: %s", raw)
	}
}

// A damaged record must neither cause a panic nor take all memory.
func TestDamagedHash(t *testing.T) {
	t.Parallel()
	for _, h := range []Hash{
		{}, {Time: 1}, {Time: 1, Memory: 1 << 30, Threads: 1}, {Time: 1 << 30, Memory: 8, Threads: 1}, {Time: 1, Memory: 8, Threads: 1},
	} {
		if h.matches([]string{"a"}) {
			t.Errorf("%+v matches", h)
		}
	}
}

// A hash that was tampered with costs at most a few times the time of a valid one, and no more memory.
func TestAffordableHash(t *testing.T) {
	t.Parallel()
	usual := *NewHash([]string{"a"})
	for name, c := range map[string]struct {
		change func(*Hash)
		want   bool
	}{
		"as it is made now":     {func(*Hash) {}, true},
		"four times":            {func(h *Hash) { h.Memory *= 4 }, true},
		"four passes":           {func(h *Hash) { h.Time = 4 }, true},
		"more memory":           {func(h *Hash) { h.Memory = 4*hashMemory + 1 }, false},
		"more passes":           {func(h *Hash) { h.Time = 5 }, false},
		"many passes of little": {func(h *Hash) { h.Time, h.Memory = 17, 8 }, false},
		"overflow":              {func(h *Hash) { h.Time, h.Memory = 16, 1<<32-1 }, false},
		"no pass":               {func(h *Hash) { h.Time = 0 }, false},
		"no thread":             {func(h *Hash) { h.Threads = 0 }, false},
		"many threads":          {func(h *Hash) { h.Threads = 5 }, false},
		"long salt":             {func(h *Hash) { h.Salt = make([]byte, 65) }, false},
		"short sum":             {func(h *Hash) { h.Sum = h.Sum[:31] }, false},
		"long sum":              {func(h *Hash) { h.Sum = make([]byte, 1<<20) }, false},
	} {
		h := usual
		c.change(&h)
		if got := h.isAffordable(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
		if err := (Record{Hash: &h}).Check(); (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLengthPrefixed(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, values := range [][]string{nil, {""}, {"", ""}, {"a"}, {"", "a"}, {"a", ""}, {"ab"}, {"a", "b"}, {"\x01a"}, {strings.Repeat("a", 200)}} {
		joined := string(lengthPrefixed(values))
		key := strings.Join(values, "|")
		if other, twice := seen[joined]; twice {
			t.Errorf("%q and %q give the same bytes", key, other)
		}
		seen[joined] = key
	}
}

func BenchmarkHash(b *testing.B) {
	h := NewHash([]string{"a", "secret"})
	for b.Loop() {
		h.matches([]string{"a", "secret"})
	}
}
