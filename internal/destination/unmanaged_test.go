package destination

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// Unmanaged keys are those that the API shows now and no argument has, whatever the record says.
func TestCompleteUnowned(t *testing.T) {
	t.Parallel()
	shown := `{"url":"https://a.example.com","headers":{},"managed":1,"token":"t","other":2}`
	for name, c := range map[string]struct {
		was  connector.ConfigRecord
		want string
	}{
		"not known":       {connector.ConfigRecord{}, `{"token":"t","other":2}`},
		"added since":     {connector.ConfigRecord{Unmanaged: connector.Config{}}, `{"token":"t","other":2}`},
		"changed since":   {connector.ConfigRecord{Unmanaged: connector.Config{"other": "3"}, Redacted: []string{"token"}}, `{"token":"t","other":2}`},
		"removed since":   {connector.ConfigRecord{Unmanaged: connector.Config{"gone": "3"}}, `{"token":"t","other":2}`},
		"tampered":        {connector.ConfigRecord{Unmanaged: connector.Config{"url": "https://evil.example.com", "other": "3"}}, `{"token":"t","other":2}`},
		"withheld, owned": {connector.ConfigRecord{Unmanaged: connector.Config{}, Redacted: []string{"url", "managed"}}, `{"token":"t","other":2}`},
	} {
		desired := desiredState{connector: connector.Webhook, prior: c.was, unmanaged: connector.Webhook.UnmanagedOf(c.was.Unmanaged, connector.Values{"url": types.StringValue("https://a.example.com")}), before: connector.Config{"url": "https://a.example.com", "managed": 1}}
		desired.completeUnmanaged(blocktest.Object(t, shown))
		if diff := cmp.Diff(blocktest.Object(t, c.want), desired.unmanaged); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// An update does not replace an unmanaged value with the mask that the API shows in its place.
func TestMaskedUnmanagedKey(t *testing.T) {
	t.Parallel()
	for shown, want := range map[string]bool{
		`{"token":"***"}`: true, `{"inner":{"list":["[redacted]"]}}`: true,
		`{"events":"*"}`: false, `{"visibility":"hidden"}`: false, `{"note":"a ***"}`: false, `{"url":"***"}`: false, `{}`: false,
	} {
		desired := desiredState{connector: connector.Webhook, arguments: connector.Config{"url": "https://a.example.com"}}
		desired.completeUnmanaged(blocktest.Object(t, shown))
		if err := desired.masked(); (err != nil) != want {
			t.Errorf("%s: %v", shown, err)
		}
	}
}

// A write does not send a mask that state holds in place of the real value of an argument.
func TestMaskedArgument(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		`{"url":"https://a.example.com","headers":{"X-Author":"***"}}`:     "webhook.headers",
		`{"url":"https://a.example.com","extra":["(sensitive value)"]}`:    "webhook.additional_config",
		`{"url":"https://a.example.com","headers":{"X-Events":"*"},"b":1}`: "",
	} {
		desired := desiredState{connector: connector.Webhook, arguments: blocktest.Object(t, arguments)}
		err := desired.maskedArgument()
		if (err != nil) != (want != "") {
			t.Errorf("%s: %v", arguments, err)
		}
		var unsent apidiag.NotSent
		if want != "" && (!errors.As(err, &unsent) || !strings.Contains(unsent.Next, want)) {
			t.Errorf("%s: %v", arguments, err)
		}
	}
}
