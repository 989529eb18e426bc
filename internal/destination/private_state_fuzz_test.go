package destination

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// With any records in private state, decisions and requests are made without a panic and in bounded time.
func FuzzRecords(f *testing.F) {
	for _, config := range []string{`{"v":1,"unmanaged":{"a":1}}`, `{"shown":{"url":1},"unmanaged":{"url":"b"},"withheld":["a",""]}`, `{"unmanaged":null}`} {
		for _, sent := range []string{
			`{"v":1,"auth":true,"signing_secret":true}`, `{"auth":true,"hash":{"t":1,"m":2048,"p":1,"salt":"AA==","sum":"AA=="}}`,
			`{"hash":{"t":4294967295,"m":4294967295,"p":255}}`, `{"hash":{}}`, `{"secret_beside":true,"lost":true}`,
		} {
			f.Add([]byte(config), []byte(sent))
		}
	}
	configured := setting{token: types.StringValue("a"), signing: types.StringValue("b")}
	state := setting{token: types.StringNull(), signing: types.StringNull(), auth: true, signs: true}.model()
	state.complete()
	f.Fuzz(func(t *testing.T, config, sentRaw []byte) {
		prior, err := privatestate.Decode[connector.ConfigRecord](config)
		if err != nil && (prior.Unmanaged != nil || prior.Shown != nil || prior.Redacted != nil) {
			t.Errorf("%q: %v is left", config, prior)
		}
		sent, err := privatestate.Decode[credentials.Record](sentRaw)
		if err != nil && sent != (credentials.Record{}) {
			t.Errorf("%q: %v is left", sentRaw, sent)
		}
		for _, s := range []setting{configured, {}} {
			plan := s.model()
			plan.Type = types.StringValue("webhook")
			desired, err := newDesiredState(plan, plan, state, prior, sent, plannedWrites{})
			if err != nil {
				t.Fatal(err)
			}
			change, _ := desired.updateRequest(plan, state)
			if sent.Auth || sent.SigningSecret {
				continue
			}
			if desired.credentials.Auth == credentials.Remove || desired.credentials.Signing == credentials.Remove {
				t.Errorf("%q: something is removed that was never sent: %v", sentRaw, change)
			}
		}
		flag := false
		shown := &talonic.Destination{
			ID: "id", Name: "hook", Type: "webhook", Config: map[string]any{"url": "https://a.example.com"}, HasAuthConfig: &flag, HasSigningSecret: &flag,
		}
		read := *state
		if _, err := read.refresh(shown, prior); err != nil {
			t.Errorf("%q: %v", config, err)
		}
		if after := sent.AfterRead(credentials.Flags{Auth: &flag, Signing: &flag}); after.Auth || after.SigningSecret {
			t.Errorf("%q: lost, but not void: %+v", sentRaw, after)
		}
	})
}
