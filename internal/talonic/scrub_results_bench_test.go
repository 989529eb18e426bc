package talonic

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// The benchmark reads a list of 1,000 destinations while 1,000 secrets are registered: with decoding only, and with redaction.
func BenchmarkListOfThousand(b *testing.B) {
	var items []string
	known := redact.NewRegister()
	for i := range 1000 {
		known.Add(fmt.Sprintf("secret-%016x-%016x", uint64(i+1)*0x9e3779b97f4a7c15, uint64(i+7)*0xc2b2ae3d27d4eb4f))
		items = append(items, fmt.Sprintf(`{"id":"%08x-0000-4000-8000-000000000000","name":"Production webhook %[1]d","type":"webhook","config":{"url":"https://api.example.com/ingest/%[1]d","headers":{"X-Source":"talonic"}},"has_auth_config":true,"has_signing_secret":true,"payload_cap_bytes":null,"is_active":true,"last_delivery_at":"2026-08-15T10:00:00.000Z","last_delivery_status":"succeeded","created_at":"2026-08-13T10:00:00.000Z","updated_at":"2026-08-14T10:00:00.000Z"}`, i))
	}
	body := []byte(`{"data":[` + strings.Join(items, ",") + `]}`)
	b.Run("decoded", func(b *testing.B) {
		for b.Loop() {
			var p page[Destination]
			if err := json.Unmarshal(body, &p); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("screened", func(b *testing.B) {
		for b.Loop() {
			var p page[Destination]
			r := call{result: &p, check: func() error { return nil }, hide: func() scrubber { return scrubber{known} }}
			if err := r.decode(body); err != nil {
				b.Fatal(err)
			}
		}
	})
}
