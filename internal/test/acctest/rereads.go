package acctest

import (
	"maps"
	"strings"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Rereads returns how many requests of each kind are not the first of a run, but come because a busy machine held up the run: the
// provider reads a list again if nobody read from it for a second.
func Rereads(requests []emulator.Request, kindOf func(emulator.Request) string) map[string]int {
	again, last := map[string]int{}, map[string]emulator.Request{}
	for _, r := range requests {
		kind := kindOf(r)
		if before, ok := last[kind]; ok && strings.HasPrefix(kind, "GET ") && r.Time.Sub(before.Time) > time.Second {
			again[kind]++
		}
		last[kind] = r
	}
	return again
}

// WithoutRereads returns the counts as they are on an idle machine, if what [Rereads] returned explains what there is more.
func WithoutRereads(want, got, again map[string]int) map[string]int {
	without := maps.Clone(got)
	for kind, expected := range want {
		if got[kind] > expected && got[kind] <= expected*(1+again[kind]) {
			without[kind] = expected
		}
	}
	return without
}
