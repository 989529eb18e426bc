package emulator

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// The message to a receiver has all documented parts.
func TestDeliveryMessage(t *testing.T) {
	t.Parallel()
	const begin = `{"event":{"event_type":"document.extracted","event_id":"1","binding_id":"binding-a","idempotency_key":"KEY","attempt":1,` +
		`"delivered_at":"2000-01-01T00:00:00.000Z"},`
	payload := fields{"total": 12.5, "debug": true, "id": "x, y", "none": nil}
	fieldMap := fields{"drop": []any{"debug", "missing"}, "rules": []any{fields{"source": "total", "target": "amount"}, fields{"source": "missing", "target": "b"}},
		"static": fields{"amount": 1, "origin": "talonic"}}
	for _, c := range []struct {
		name, format string
		payload      fields
		fieldMap     fields
		want         string
	}{
		{"json", "json", payload, nil, `"payload":{"debug":true,"id":"x, y","none":null,"total":12.5},"content":null}`},
		{"nothing", "json", nil, fieldMap, `"payload":null,"content":null}`},
		{"field_map", "json", payload, fieldMap, `"payload":{"amount":1,"id":"x, y","none":null,"origin":"talonic"},"content":null}`},
		{"ndjson", "ndjson", fields{"a": 1}, nil, `"payload":null,"content":{"mime":"application/x-ndjson","encoding":"utf-8","data":"{\"a\":1}\n"}}`},
		{"csv", "csv", payload, nil, `"payload":null,"content":{"mime":"text/csv","encoding":"utf-8","data":"true,\"x, y\",,12.5\n"}}`},
		{"csv_file", "csv_file", fields{"b": 1, "a": "x"}, nil, `"payload":null,"content":{"mime":"text/csv","encoding":"utf-8","data":"a,b\nx,1\n"}}`},
		{"txt", "txt", fields{"a": 1}, nil, `"payload":null,"content":{"mime":"text/plain","encoding":"utf-8","data":"{\"a\":1}\n"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, r := delivering(t, answering(200, "thanks"))
				a.EditBinding("binding-a", func(b *Binding) { b.SerializerFormat, b.FieldMap = c.format, c.fieldMap })
				a.emit(c.payload)
				want := strings.Replace(begin, "KEY", deliveryKey("binding-a", "1"), 1) + c.want
				if len(r.got) != 1 || r.got[0].body != want {
					t.Errorf("\n got %v\nwant %s", r.got, want)
				}
				if made := a.Attempts()[0]; made.RequestBody != want || made.ResponseBody != "thanks" {
					t.Errorf("recorded %+v", made)
				}
			})
		})
	}
}

// Every attempt has a new signature, and a replay has the same idempotency key.
func TestDeliveryHeaders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, r := delivering(t, answering(500, ""))
		signed := a.AddWith(Destination{Name: "s", Type: "webhook", IsActive: true, Config: fields{"url": "https://hooks.example.com", "headers": fields{"X-A": "b"}}},
			Credentials{AuthConfig: fields{"type": "bearer", "token": "fake-token"}, SigningSecret: "fake-secret"})
		a.EditBinding("binding-a", func(b *Binding) { b.DestinationID, b.DeliveryPolicy = signed, fields{"max_attempts": 2} })
		emission := a.emit(fields{"a": 1})
		a.ok("POST", dlqPath+"/"+a.DeadLetters()[0].ID+"/replay", "")
		a.settled()
		if len(r.got) != 4 {
			t.Fatalf("%d requests", len(r.got))
		}
		var signatures []string
		for _, got := range r.got {
			signature := got.header.Get("X-Talonic-Signature")
			if signature != Sign("fake-secret", got.at, []byte(got.body)) || slices.Contains(signatures, signature) {
				t.Errorf("signature %s", signature)
			}
			signatures = append(signatures, signature)
			if got.header.Get("Authorization") != "Bearer fake-token" || got.header.Get("X-A") != "b" || got.header.Get("Content-Type") != "application/json" ||
				got.header.Get("X-Talonic-Event") != "document.extracted" || got.header.Get("X-Talonic-Delivery-Id") != deliveryKey("binding-a", emission.EventID) {
				t.Errorf("headers %v", got.header)
			}
		}
	})
}
