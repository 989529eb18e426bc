package destination

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// Unmanaged keys that are not known are those that the API shows and no argument has; those that are known stay as they were.
func TestCompleteUnowned(t *testing.T) {
	t.Parallel()
	shown := `{"url":"https://a.example.com","headers":{},"managed":1,"token":"t","other":2}`
	for name, c := range map[string]struct {
		was  remembered
		want string
	}{
		"not known":       {remembered{}, `{"token":"t","other":2}`},
		"known":           {remembered{Unowned: config{}}, `{}`},
		"withheld":        {remembered{Unowned: config{"other": "3"}, Withheld: []string{"token"}}, `{"token":"t","other":"3"}`},
		"tampered":        {remembered{Unowned: config{"url": "https://evil.example.com", "other": "3"}}, `{"other":"3"}`},
		"withheld, owned": {remembered{Unowned: config{}, Withheld: []string{"url", "managed"}}, `{}`},
	} {
		want := intent{connector: webhook, was: c.was, unowned: webhook.unownedOf(c.was.Unowned), before: config{"url": "https://a.example.com", "managed": 1}}
		want.completeUnowned(blocktest.Object(t, shown))
		if diff := cmp.Diff(blocktest.Object(t, c.want), want.unowned); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
