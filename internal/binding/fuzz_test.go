package binding

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
)

// With any record in private state, a binding can be read and written without a panic.
func FuzzRecord(f *testing.F) {
	for _, seed := range []string{
		`{"v":1,"shown":{"serializer_config":{"a":1}},"imported":true}`, `{"shown":{"field_map.rules":[{"source":1}],"field_map.static":null}}`,
		`{"shown":{"signal_filter.match":"a","delivery_policy.rate_limit.capacity":[]}}`, `{"shown":{"":1e400}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		prior, err := privatestate.Decode[bodyRecord](raw)
		if err != nil && (prior.Shown != nil || prior.Imported) {
			t.Errorf("%q: %v is left", raw, prior)
		}
		state := held(t, `{"serializer_config":{"a":1},"field_map":{"rules":[{"source":"a","target":"b"}]},"delivery_policy":{"max_attempts":7}}`)
		for _, now := range []string{`{}`, `{"field_map":{"b":"$.a"},"serializer_config":{"a":2}}`, `{"signal_filter":{"event_type":"e","match":{"a":1}}}`} {
			read, next, err := state.fromAPI(prior, shown(t, now))
			if err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
			desired, err := newDesiredState(read, state, read, next)
			if err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
			desired.updateRequest(read)
			desired.discrepancies(shown(t, now))
		}
	})
}
