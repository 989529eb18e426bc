package credentials

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The record after the API has shown which credentials it has.
func TestAfterRead(t *testing.T) {
	t.Parallel()
	there, lost := true, false
	h := NewHash([]string{"a"})
	both := Record{Auth: true, SigningSecret: true, TopLevelSigningSecret: true, Hash: h}
	for name, c := range map[string]struct {
		sent          Record
		auth, signing *bool
		want          Record
	}{
		"both there":               {both, &there, &there, both},
		"neither shown":            {both, nil, nil, both},
		"auth lost":                {both, &lost, &there, Record{SigningSecret: true, TopLevelSigningSecret: true, Hash: h, Lost: true}},
		"secret lost":              {both, &there, &lost, Record{Auth: true, TopLevelSigningSecret: true, Hash: h, Lost: true}},
		"both lost":                {both, &lost, &lost, Record{TopLevelSigningSecret: true}},
		"auth lost, one not shown": {both, &lost, nil, Record{SigningSecret: true, TopLevelSigningSecret: true, Hash: h, Lost: true}},
		"pinned, auth lost":        {Record{Auth: true, SigningSecret: true}, &lost, &there, Record{SigningSecret: true}},
		"the other one lost":       {Record{Auth: true, Hash: h}, &there, &lost, Record{Auth: true, Hash: h}},
		"the only one lost":        {Record{Auth: true, Hash: h}, &lost, &lost, Record{}},
		"never sent":               {Record{}, &there, &there, Record{}},
		"lost before, now there":   {Record{Auth: true, Hash: h, Lost: true}, &there, &there, Record{Auth: true, Hash: h, Lost: true}},
	} {
		got := c.sent.AfterRead(Flags{Auth: c.auth, Signing: c.signing})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What a response confirms of a write.
func TestConfirmed(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	sentBoth := Record{Auth: true, SigningSecret: true}
	for name, c := range map[string]struct {
		auth, signing           Action
		before                  Record
		shownAuth, shownSigning *bool
		wantAuth, wantSigning   bool
	}{
		"sent, stored":               {Send, Send, Record{}, &yes, &yes, true, true},
		"sent, dropped":              {Send, Send, Record{}, &no, &no, false, false},
		"sent, not shown":            {Send, Send, Record{}, nil, nil, true, true},
		"removed":                    {Remove, Remove, sentBoth, &no, &no, false, false},
		"to be removed, still there": {Remove, Remove, sentBoth, &yes, &yes, true, true},
		"to be removed, not shown":   {Remove, Remove, sentBoth, nil, nil, false, false},
		"kept":                       {Keep, Keep, sentBoth, &yes, &yes, true, true},
		"kept, not shown":            {Keep, Keep, sentBoth, nil, nil, true, true},
		"kept, but lost meanwhile":   {Keep, Keep, sentBoth, &no, &no, false, false},
	} {
		d := Decision{Auth: c.auth, Signing: c.signing, Versioned: true}
		got := c.before.AfterWrite(d, Flags{Auth: c.shownAuth, Signing: c.shownSigning}, false)
		if got.Auth != c.wantAuth || got.SigningSecret != c.wantSigning {
			t.Errorf("%s: %+v", name, got)
		}
		shown := c.shownAuth != nil
		if problems := d.AuthProblem(c.shownAuth) + d.SigningProblem(c.shownSigning); !shown && problems != "" {
			t.Errorf("%s: %q", name, problems)
		}
		unconfirmed := d.Unconfirmed(Flags{Auth: c.shownAuth, Signing: c.shownSigning})
		if want := map[bool]int{true: 2}[!shown && c.auth != Keep]; len(unconfirmed) != want {
			t.Errorf("%s: %v", name, unconfirmed)
		}
	}
}
