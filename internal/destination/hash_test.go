package destination

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestHash(t *testing.T) {
	t.Parallel()
	h := newHash([]string{"a", "secret"})
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
	if other := newHash([]string{"a", "secret"}); slices.Equal(other.Salt, h.Salt) || slices.Equal(other.Sum, h.Sum) {
		t.Error("the same values have the same hash: the salt is not random")
	}
}

// A record keeps the parameters it was made with, so that raising them forgets nothing.
func TestHashKeepsItsParameters(t *testing.T) {
	t.Parallel()
	old := &hash{Time: 2, Memory: 64, Threads: 2, Salt: []byte("0123456789abcdef")}
	old.Sum = old.derive([]string{"a"})
	raw, err := json.Marshal(old)
	if err != nil {
		t.Fatal(err)
	}
	var read hash
	if err := json.Unmarshal(raw, &read); err != nil {
		t.Fatal(err)
	}
	if !read.matches([]string{"a"}) || read.matches([]string{"b"}) {
		t.Errorf("not recognised after a round trip: %s", raw)
	}
}

// A damaged record must neither crash nor take all memory.
func TestDamagedHash(t *testing.T) {
	t.Parallel()
	for _, h := range []hash{
		{}, {Time: 1}, {Time: 1, Memory: 1 << 30, Threads: 1}, {Time: 1 << 30, Memory: 8, Threads: 1}, {Time: 1, Memory: 8, Threads: 1},
	} {
		if h.matches([]string{"a"}) {
			t.Errorf("%+v matches", h)
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
	h := newHash([]string{"a", "secret"})
	for b.Loop() {
		h.matches([]string{"a", "secret"})
	}
}
