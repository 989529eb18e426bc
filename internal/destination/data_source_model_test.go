package destination

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// Data sources mask credentials wherever the API shows them.
func TestConfigText(t *testing.T) {
	t.Parallel()
	for shown, want := range map[string]string{
		`{}`: `{}`,
		`{"url":"https://a.example.com/?a=1&b=2","headers":{"X-A":"<b>"},"big":12345678901234567890}`: `{"big":12345678901234567890,` +
			`"headers":{"X-A":"<b>"},"url":"https://a.example.com/?a=1&b=2"}`,
		`{"bucket":"b","token":"planted","auth_config":{"type":"planted"},"signing_secret":null}`: `{"auth_config":"(sensitive value)",` +
			`"bucket":"b","signing_secret":"(sensitive value)","token":"(sensitive value)"}`,
		`{"headers":{"Authorization":"planted","X-Api-Key":"planted","X-Env":"prod"}}`: `{"headers":{"Authorization":"(sensitive value)",` +
			`"X-Api-Key":"(sensitive value)","X-Env":"prod"}}`,
		`{"debug":[{"received":{"password":["planted"]}},1],"token_url":"https://a.example.com"}`: `{"debug":[{"received":{"password":"(sensitive value)"}},1],` +
			`"token_url":"https://a.example.com"}`,
	} {
		if got := configText(blocktest.Object(t, shown), nil).ValueString(); got != want {
			t.Errorf("%s:\n%s, not\n%s", shown, got, want)
		}
	}
	if got := configText(nil, nil); !got.IsNull() {
		t.Errorf("no config: %s", got)
	}
}

// Data sources show the host of a secret URL, whether this run knows the URL or not.
func TestConfigTextOfKnownURL(t *testing.T) {
	t.Parallel()
	const (
		raw  = `{"url":"https://hooks.slack.com/services/T0/B0/planted","other":"https://a.example.com/planted","path":"/planted"}`
		want = `{"other":"https://a.example.com/...","path":"(sensitive value)","url":"https://hooks.slack.com/..."}`
	)
	redacted := blocktest.Object(t, `{"url":"(sensitive value)","other":"(sensitive value)","path":"(sensitive value)"}`)
	if got := configText(redacted, blocktest.Object(t, raw)).ValueString(); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}
