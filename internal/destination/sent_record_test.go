package destination

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// What is left of a record once the API has shown which credentials it has.
func TestAfterRead(t *testing.T) {
	t.Parallel()
	there, lost := true, false
	h := newHash([]string{"a"})
	both := sentRecord{Auth: true, SigningSecret: true, SecretBeside: true, Hash: h}
	for name, c := range map[string]struct {
		sent          sentRecord
		auth, signing *bool
		want          sentRecord
	}{
		"both there":               {both, &there, &there, both},
		"neither shown":            {both, nil, nil, both},
		"auth lost":                {both, &lost, &there, sentRecord{SigningSecret: true, SecretBeside: true, Hash: h, Lost: true}},
		"secret lost":              {both, &there, &lost, sentRecord{Auth: true, SecretBeside: true, Hash: h, Lost: true}},
		"both lost":                {both, &lost, &lost, sentRecord{SecretBeside: true}},
		"auth lost, one not shown": {both, &lost, nil, sentRecord{SigningSecret: true, SecretBeside: true, Hash: h, Lost: true}},
		"pinned, auth lost":        {sentRecord{Auth: true, SigningSecret: true}, &lost, &there, sentRecord{SigningSecret: true}},
		"the other one lost":       {sentRecord{Auth: true, Hash: h}, &there, &lost, sentRecord{Auth: true, Hash: h}},
		"the only one lost":        {sentRecord{Auth: true, Hash: h}, &lost, &lost, sentRecord{}},
		"never sent":               {sentRecord{}, &there, &there, sentRecord{}},
		"lost before, now there":   {sentRecord{Auth: true, Hash: h, Lost: true}, &there, &there, sentRecord{Auth: true, Hash: h, Lost: true}},
	} {
		got := c.sent.afterRead(&talonic.Destination{HasAuthConfig: c.auth, HasSigningSecret: c.signing})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What the API confirms of a write, and what it does not.
func TestConfirmed(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	sentBoth := sentRecord{Auth: true, SigningSecret: true}
	for name, c := range map[string]struct {
		auth, signing           step
		before                  sentRecord
		shownAuth, shownSigning *bool
		wantAuth, wantSigning   bool
	}{
		"sent, stored":               {send, send, sentRecord{}, &yes, &yes, true, true},
		"sent, dropped":              {send, send, sentRecord{}, &no, &no, false, false},
		"sent, not shown":            {send, send, sentRecord{}, nil, nil, false, false},
		"removed":                    {remove, remove, sentBoth, &no, &no, false, false},
		"to be removed, still there": {remove, remove, sentBoth, &yes, &yes, true, true},
		"to be removed, not shown":   {remove, remove, sentBoth, nil, nil, true, true},
		"kept":                       {keep, keep, sentBoth, &yes, &yes, true, true},
		"kept, not shown":            {keep, keep, sentBoth, nil, nil, true, true},
		"kept, but lost meanwhile":   {keep, keep, sentBoth, &no, &no, false, false},
	} {
		want := intent{credentials: credentialDecision{auth: c.auth, signing: c.signing, pinned: true}}
		got := want.confirmed(c.before, &talonic.Destination{HasAuthConfig: c.shownAuth, HasSigningSecret: c.shownSigning})
		if got.Auth != c.wantAuth || got.SigningSecret != c.wantSigning {
			t.Errorf("%s: %+v", name, got)
		}
		shown := c.shownAuth != nil
		if problems := want.credentials.authProblem(c.shownAuth) + want.credentials.signingProblem(c.shownSigning); !shown && (problems == "") != (c.auth == keep) {
			t.Errorf("%s: %q", name, problems)
		}
	}
}

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
		want.completeUnowned(decodeConfig(t, shown))
		if diff := cmp.Diff(decodeConfig(t, c.want), want.unowned); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
