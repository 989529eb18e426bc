package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// newRequests returns the requests that the API has received since the last call.
func (d *demo) newRequests() []emulator.Request {
	all := d.api.Requests()
	fresh := all[d.seen:]
	d.seen = len(all)
	return fresh
}

// newWrites returns the new requests without the reads.
func (d *demo) newWrites() []emulator.Request {
	return slices.DeleteFunc(slices.Clone(d.newRequests()), func(r emulator.Request) bool { return r.Method == http.MethodGet })
}

// requested returns the claim that the requests were those in want, such as "7 POST, 1 PUT".
func requested(requests []emulator.Request, want string) claim {
	got := count(requests)
	if got != want {
		return that(false, "the API received %s (it received %s)", want, got)
	}
	return that(true, "the API received %s", want)
}

// count returns the number of requests by method, such as "7 POST, 1 PUT".
func count(requests []emulator.Request) string {
	counts := map[string]int{}
	for _, r := range requests {
		counts[r.Method]++
	}
	var parts []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		if counts[method] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[method], method))
		}
	}
	return strings.Join(parts, ", ")
}

// keys returns the keys of a JSON object, or of the object at a path in it.
func keys(object []byte, path ...string) []string {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(object, &members) // if it is not an object, there are no members
	if len(path) > 0 {
		return keys(members[path[0]], path[1:]...)
	}
	return slices.Sorted(maps.Keys(members))
}

// line is one line of the table of requests.
type line struct {
	method, path string
	status       int
}

// showRequests prints the requests that the API received, and checks that it rejected none.
func (d *demo) showRequests() error {
	counts := map[line]int{}
	refused := 0
	for _, r := range d.api.Requests() {
		path := r.Path
		if rest, isOne := strings.CutPrefix(path, "/v1/delivery/destinations/"); isOne && !strings.Contains(rest, "/") {
			path = "/v1/delivery/destinations/{id}"
		}
		counts[line{r.Method, path, r.Status}]++
		if r.Status >= http.StatusBadRequest {
			refused++
		}
	}
	order := func(a, b line) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.method, b.method), cmp.Compare(a.status, b.status))
	}
	d.println("   %5s  %-6s  %-32s  %s", "count", "method", "path", "status")
	for _, l := range slices.SortedFunc(maps.Keys(counts), order) {
		d.println("   %5d  %-6s  %-32s  %d", counts[l], l.method, l.path, l.status)
	}
	d.println("")
	return d.check(that(refused == 0, "the API rejected none of them"))
}
