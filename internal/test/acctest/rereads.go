package acctest

import (
	"maps"
	"strings"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Rereads returns, for each kind, the number of requests that a run repeated only because the machine was busy. The provider reads a list
// again if no read used the list for a second.
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

// WithoutRereads returns the counts without repeated requests, if the result of [Rereads] explains all additional requests.
func WithoutRereads(want, got, again map[string]int) map[string]int {
	without := maps.Clone(got)
	for kind, expected := range want {
		if got[kind] > expected && got[kind] <= expected*(1+again[kind]) {
			without[kind] = expected
		}
	}
	return without
}
