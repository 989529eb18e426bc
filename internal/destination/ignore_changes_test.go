package destination

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Arguments that are null because of ignore_changes are neither removed nor sent, and are named in a diagnostic if that matters.
func TestUnderIgnoredChanges(t *testing.T) {
	t.Parallel()
	hook := func(arguments string, more connector.Values) *model {
		return destinationOf(connector.Webhook, blockOf(t, connector.Webhook, arguments).With(more))
	}
	bearer := func(token types.String) connector.Values {
		return withCredentials(connector.Values{}, connector.Webhook, "auth_bearer", connector.Values{"token_wo": token})
	}
	basic := func(user string) connector.Values {
		return withCredentials(connector.Values{}, connector.Webhook, "auth_basic", connector.Values{"username": types.StringValue(user)})
	}
	null, token := types.StringNull(), types.StringValue("token")
	const url = `{"url": "https://a.example"}`
	sentBoth := credentials.Record{Auth: true, SigningSecret: true, Names: "auth_bearer.token_wo " + credentials.SigningSecretArgument}
	for name, c := range map[string]struct {
		config, state      *model
		sent               credentials.Record
		storedAuth, stored bool
		version, before    int64 // 0: hash-tracked
		hidden             []string
		needed             bool
		lost               int
		auth, signing      credentials.Action
	}{
		"both hidden": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, true, true, 0, 0,
			[]string{"auth_bearer.token_wo", credentials.SigningSecretArgument}, false, 0, credentials.Keep, credentials.Keep,
		},
		"both hidden, with a record without names": {
			hook(url, bearer(null)), hook(url, bearer(null)), credentials.Record{Auth: true, SigningSecret: true}, true, true, 0, 0,
			[]string{"auth_bearer.token_wo", credentials.SigningSecretArgument}, false, 0, credentials.Keep, credentials.Keep,
		},
		"pinned": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, true, true, 1, 1,
			[]string{"auth_bearer.token_wo", credentials.SigningSecretArgument}, false, 0, credentials.Keep, credentials.Keep,
		},
		"another version": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, true, true, 2, 1,
			[]string{"auth_bearer.token_wo", credentials.SigningSecretArgument}, true, 0, credentials.Keep, credentials.Keep,
		},
		"the API has lost both": {
			hook(url, bearer(null)), hook(url, bearer(null)), sentBoth, false, false, 0, 0,
			[]string{"auth_bearer.token_wo", credentials.SigningSecretArgument}, false, 2, credentials.Keep, credentials.Keep,
		},
		"another user name": {
			hook(url, basic("b")), hook(url, basic("a")), credentials.Record{Auth: true, Names: "auth_basic.password_wo"}, true, false, 0, 0,
			[]string{"auth_basic.password_wo"}, true, 0, credentials.Keep, credentials.Keep,
		},
		"a credential block that is removed": {
			hook(url, nil), hook(url, bearer(null)), sentBoth, true, true, 0, 0, []string{credentials.SigningSecretArgument}, true, 0, credentials.Keep, credentials.Keep,
		},
		"nothing hidden": {
			hook(url, bearer(token)), hook(url, bearer(null)), credentials.Record{Auth: true, Names: "auth_bearer.token_wo"}, true, false, 0, 0,
			nil, false, 0, credentials.Send, credentials.Keep,
		},
		"set elsewhere": {
			hook(url, nil), hook(url, nil), credentials.Record{}, true, true, 0, 0, nil, false, 0, credentials.Keep, credentials.Keep,
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
		d := s.DecideUnderIgnoredChanges(c.config.mayBeHidden(s))
		if !slices.Equal(d.Hidden.Arguments, c.hidden) || d.Hidden.Needed != c.needed || len(d.Hidden.Lost) != c.lost ||
			d.Auth != c.auth || d.Signing != c.signing {
			t.Errorf("%s: %+v", name, d)
		}
		problems := credentialProblems(d, c.config, c.state)
		if problems.HasError() != c.needed || len(c.hidden) > 0 && (len(problems) > 0) != (c.needed || c.lost > 0) {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// An apply does only what its plan showed.
func TestAsPlanned(t *testing.T) {
	t.Parallel()
	sends := credentials.Decision{Auth: credentials.Send, Signing: credentials.Send, Configured: credentials.Configured{
		Signing: "secret", HasSigning: tristate.Yes, Secrets: []string{"auth_bearer.token_wo", "token", credentials.SigningSecretArgument, "secret"},
	}}
	known, unknown := types.StringValue("2026-01-01T00:00:00Z"), types.StringUnknown()
	state := &model{HasSigningSecret: types.BoolValue(true)}
	for name, c := range map[string]struct {
		d             credentials.Decision
		plan          model
		state         *model
		auth, signing credentials.Action
		fails         bool
		planned       plannedWrites
	}{
		"only an argument was to be written": {
			d: sends, plan: model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(true)}, state: state, planned: plannedWrites{Arguments: []string{"url"}},
		},
		"an argument was, too": {
			d: sends, plan: model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(true)}, state: state,
			auth: credentials.Send, signing: credentials.Send, planned: plannedWrites{Credentials: true, Arguments: []string{"url"}},
		},
		"nothing was to be written": {sends, model{CredentialsUpdatedAt: known}, state, credentials.Keep, credentials.Keep, false, plannedWrites{}},
		"everything was":            {sends, model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(true)}, state, credentials.Send, credentials.Send, false, plannedWrites{}},
		"no signing secret":         {sends, model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(false)}, nil, credentials.Send, credentials.Keep, false, plannedWrites{}},
		"a removal that is none":    {credentials.Decision{}, model{CredentialsUpdatedAt: unknown, HasSigningSecret: types.BoolValue(false)}, state, credentials.Keep, credentials.Keep, true, plannedWrites{}},
		"incomplete": {
			credentials.Decision{Auth: credentials.Send, Configured: credentials.Configured{Missing: []string{"auth_bearer.token_wo is null"}}},
			model{CredentialsUpdatedAt: unknown}, nil, credentials.Send, credentials.Keep, true, plannedWrites{},
		},
	} {
		got, err := c.d.AsPlanned(plannedCredentials(&c.plan, c.state, c.planned))
		if got.Auth != c.auth || got.Signing != c.signing || (err != nil) != c.fails {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got.Signing != credentials.Send && len(got.Configured.Secrets) == 4 && got.Auth == credentials.Send {
			t.Errorf("%s: the signing secret counts as sent", name)
		}
	}
}
