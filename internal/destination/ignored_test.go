package destination

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What is null under ignore_changes is neither removed nor sent, and is named where that matters.
func TestUnderIgnoredChanges(t *testing.T) {
	t.Parallel()
	hook := func(arguments string, more values) *model {
		return destinationOf(webhook, blockOf(t, webhook, arguments).with(more))
	}
	bearer := func(token types.String) values {
		return withCredentials(values{}, webhook, "auth_bearer", values{"token_wo": token})
	}
	basic := func(user string) values {
		return withCredentials(values{}, webhook, "auth_basic", values{"username": types.StringValue(user)})
	}
	null, token := types.StringNull(), types.StringValue("token")
	const url = `{"url": "https://a.example"}`
	sentBoth := sentRecord{Auth: true, SigningSecret: true, Names: "auth_bearer.token_wo " + signingSecretWO}
	for name, c := range map[string]struct {
		config, state      *model
		sent               sentRecord
		storedAuth, stored bool
		version, before    int64 // 0: not pinned
		hidden             []string
		needed             bool
		lost               int
		auth, signing      step
	}{
		"both hidden": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, true, true, 0, 0,
			[]string{"auth_bearer.token_wo", signingSecretWO}, false, 0, keep, keep,
		},
		"both hidden, with a record without names": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentRecord{Auth: true, SigningSecret: true}, true, true, 0, 0,
			[]string{"auth_bearer.token_wo", signingSecretWO}, false, 0, keep, keep,
		},
		"pinned": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, true, true, 1, 1,
			[]string{"auth_bearer.token_wo", signingSecretWO}, false, 0, keep, keep,
		},
		"another version": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, true, true, 2, 1,
			[]string{"auth_bearer.token_wo", signingSecretWO}, true, 0, keep, keep,
		},
		"the API has lost both": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, false, false, 0, 0,
			[]string{"auth_bearer.token_wo", signingSecretWO}, false, 2, keep, keep,
		},
		"another user name": {
			hook(url, basic("b")), hook(url, basic("a")), sentRecord{Auth: true, Names: "auth_basic.password_wo"}, true, false, 0, 0,
			[]string{"auth_basic.password_wo"}, true, 0, keep, keep,
		},
		"a credential block that is removed": {
			hook(url, nil), hook(url, bearer(null)), sentBoth, true, true, 0, 0, []string{signingSecretWO}, true, 0, keep, keep,
		},
		"nothing hidden": {
			hook(url, bearer(token)), hook(url, bearer(null)), sentRecord{Auth: true, Names: "auth_bearer.token_wo"}, true, false, 0, 0,
			nil, false, 0, send, keep,
		},
		"set elsewhere": {
			hook(url, nil), hook(url, nil), sentRecord{}, true, true, 0, 0, nil, false, 0, keep, keep,
		},
	} {
		pin := func(m *model, version int64) {
			m.CredentialsWOVersion = types.Int64Null()
			if version > 0 {
				m.CredentialsWOVersion = types.Int64Value(version)
			}
		}
		pin(c.config, c.version)
		pin(c.state, c.before)
		c.state.HasAuthConfig, c.state.HasSigningSecret = types.BoolValue(c.storedAuth), types.BoolValue(c.stored)
		s := c.config.situation(c.state, c.sent)
		d := s.decideUnderIgnoredChanges(c.config.mayBeHidden(s))
		if !slices.Equal(d.hidden.arguments, c.hidden) || d.hidden.needed != c.needed || len(d.hidden.lost) != c.lost ||
			d.auth != c.auth || d.signing != c.signing {
			t.Errorf("%s: %+v", name, d)
		}
		problems := credentialProblems(d, c.config, c.state)
		if problems.HasError() != c.needed || len(c.hidden) > 0 && (len(problems) > 0) != (c.needed || c.lost > 0) {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// An apply keeps to its plan.
func TestAsPlanned(t *testing.T) {
	t.Parallel()
	sends := credentialDecision{auth: send, signing: send, configured: credentials{
		signing: "secret", hasSigning: yes, secrets: []string{"auth_bearer.token_wo", "token", signingSecretWO, "secret"},
	}}
	known, unknown := types.StringValue("2026-01-01T00:00:00Z"), types.StringUnknown()
	state := &model{HasSigningSecret: types.BoolValue(true)}
	for name, c := range map[string]struct {
		d             credentialDecision
		plan          model
		state         *model
		auth, signing step
		fails         bool
	}{
		"nothing was to be written": {sends, model{CredentialsUpdatedAt: known}, state, keep, keep, false},
		"everything was":            {sends, model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(true)}, state, send, send, false},
		"no signing secret":         {sends, model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(false)}, nil, send, keep, false},
		"a removal that is none":    {credentialDecision{}, model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(false)}, state, keep, keep, true},
		"incomplete": {
			credentialDecision{auth: send, configured: credentials{missing: []string{"auth_bearer.token_wo is null"}}},
			model{CredentialsUpdatedAt: unknown}, nil, send, keep, true,
		},
	} {
		got, err := c.d.asPlanned(plannedCredentials(&c.plan, c.state))
		if got.auth != c.auth || got.signing != c.signing || (err != nil) != c.fails {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got.signing != send && len(got.configured.secrets) == 4 && got.auth == send {
			t.Errorf("%s: the signing secret counts as sent", name)
		}
	}
}
