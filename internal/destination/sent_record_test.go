package destination

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
)

// The record after the API has shown which credentials it has.
func TestAfterRead(t *testing.T) {
	t.Parallel()
	there, lost := true, false
	h := credentials.NewHash([]string{"a"})
	both := credentials.Record{Auth: true, SigningSecret: true, TopLevelSigningSecret: true, Hash: h}
	for name, c := range map[string]struct {
		sent          credentials.Record
		auth, signing *bool
		want          credentials.Record
	}{
		"both there":               {both, &there, &there, both},
		"neither shown":            {both, nil, nil, both},
		"auth lost":                {both, &lost, &there, credentials.Record{SigningSecret: true, TopLevelSigningSecret: true, Hash: h, Lost: true}},
		"secret lost":              {both, &there, &lost, credentials.Record{Auth: true, TopLevelSigningSecret: true, Hash: h, Lost: true}},
		"both lost":                {both, &lost, &lost, credentials.Record{TopLevelSigningSecret: true}},
		"auth lost, one not shown": {both, &lost, nil, credentials.Record{SigningSecret: true, TopLevelSigningSecret: true, Hash: h, Lost: true}},
		"pinned, auth lost":        {credentials.Record{Auth: true, SigningSecret: true}, &lost, &there, credentials.Record{SigningSecret: true}},
		"the other one lost":       {credentials.Record{Auth: true, Hash: h}, &there, &lost, credentials.Record{Auth: true, Hash: h}},
		"the only one lost":        {credentials.Record{Auth: true, Hash: h}, &lost, &lost, credentials.Record{}},
		"never sent":               {credentials.Record{}, &there, &there, credentials.Record{}},
		"lost before, now there":   {credentials.Record{Auth: true, Hash: h, Lost: true}, &there, &there, credentials.Record{Auth: true, Hash: h, Lost: true}},
	} {
		got := c.sent.AfterRead(credentials.Flags{Auth: c.auth, Signing: c.signing})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What a response confirms of a write.
func TestConfirmed(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	sentBoth := credentials.Record{Auth: true, SigningSecret: true}
	for name, c := range map[string]struct {
		auth, signing           credentials.Action
		before                  credentials.Record
		shownAuth, shownSigning *bool
		wantAuth, wantSigning   bool
	}{
		"sent, stored":               {credentials.Send, credentials.Send, credentials.Record{}, &yes, &yes, true, true},
		"sent, dropped":              {credentials.Send, credentials.Send, credentials.Record{}, &no, &no, false, false},
		"sent, not shown":            {credentials.Send, credentials.Send, credentials.Record{}, nil, nil, false, false},
		"removed":                    {credentials.Remove, credentials.Remove, sentBoth, &no, &no, false, false},
		"to be removed, still there": {credentials.Remove, credentials.Remove, sentBoth, &yes, &yes, true, true},
		"to be removed, not shown":   {credentials.Remove, credentials.Remove, sentBoth, nil, nil, true, true},
		"kept":                       {credentials.Keep, credentials.Keep, sentBoth, &yes, &yes, true, true},
		"kept, not shown":            {credentials.Keep, credentials.Keep, sentBoth, nil, nil, true, true},
		"kept, but lost meanwhile":   {credentials.Keep, credentials.Keep, sentBoth, &no, &no, false, false},
	} {
		d := credentials.Decision{Auth: c.auth, Signing: c.signing, Pinned: true}
		got := c.before.AfterWrite(d, credentials.Flags{Auth: c.shownAuth, Signing: c.shownSigning}, false)
		if got.Auth != c.wantAuth || got.SigningSecret != c.wantSigning {
			t.Errorf("%s: %+v", name, got)
		}
		shown := c.shownAuth != nil
		if problems := d.AuthProblem(c.shownAuth) + d.SigningProblem(c.shownSigning); !shown && (problems == "") != (c.auth == credentials.Keep) {
			t.Errorf("%s: %q", name, problems)
		}
	}
}
