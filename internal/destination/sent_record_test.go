package destination

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
		got := c.sent.afterRead(flags{auth: c.auth, signing: c.signing})
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
		d := credentialDecision{auth: c.auth, signing: c.signing, pinned: true}
		got := c.before.afterWrite(d, flags{auth: c.shownAuth, signing: c.shownSigning}, false)
		if got.Auth != c.wantAuth || got.SigningSecret != c.wantSigning {
			t.Errorf("%s: %+v", name, got)
		}
		shown := c.shownAuth != nil
		if problems := d.authProblem(c.shownAuth) + d.signingProblem(c.shownSigning); !shown && (problems == "") != (c.auth == keep) {
			t.Errorf("%s: %q", name, problems)
		}
	}
}
