package destination

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// setting is a webhook in a configuration or a state.
type setting struct {
	token   attr.Value // nil: no auth_bearer block; null: a block without a token
	signing types.String
	version types.Int64
	auth    bool // has_auth_config
	signs   bool // has_signing_secret
}

func (s setting) model() *model {
	m := &model{
		Name:                 types.StringValue("hook"),
		CredentialsWOVersion: s.version,
		HasAuthConfig:        types.BoolValue(s.auth),
		HasSigningSecret:     types.BoolValue(s.signs),
	}
	v := connector.Values{"url": types.StringValue("https://a.example.com"), credentials.SigningSecretArgument: s.signing}
	if s.token != nil {
		bearer := blocks.ElementType(blocks.ElementType(objectType.AttrTypes["webhook"]).AttrTypes["auth_bearer"])
		v["auth_bearer"] = types.ListValueMust(bearer, []attr.Value{blocks.Complete(bearer, connector.Values{"token_wo": s.token})})
	}
	m.setConnector(connector.Webhook, v)
	return m
}

// credentialCase is a configuration and a prior state, and the expected decision.
type credentialCase struct {
	config        setting
	state         setting
	create        bool
	sent          credentials.Record
	auth, signing credentials.Action
	held          bool
}

// models returns the configuration and the prior state of the case.
func (c credentialCase) models() (config, state *model) {
	if !c.create {
		state = c.state.model()
	}
	if c.config.token == unknownBlock {
		return (setting{signing: c.config.signing}).withUnknownBlock(), state
	}
	return c.config.model(), state
}

func credentialCases() map[string]credentialCase {
	var (
		null       = types.StringNull()
		later      = types.StringUnknown()
		a, b       = types.StringValue("a"), types.StringValue("b")
		one, two   = types.Int64Value(1), types.Int64Value(2)
		anyVersion = types.Int64Unknown()
	)
	hashOf := func(s setting) *credentials.Hash {
		c, v, _ := s.model().connector()
		return credentials.NewHash(c.CredentialsIn(v).Secrets)
	}
	both := setting{token: a, signing: a}
	inState := func(version types.Int64) setting {
		return setting{token: null, signing: null, version: version, auth: true, signs: true}
	}
	sentBoth := credentials.Record{Auth: true, SigningSecret: true, Hash: hashOf(both)}
	pinnedBoth := credentials.Record{Auth: true, SigningSecret: true}

	return map[string]credentialCase{
		"create":                           {config: both, create: true, auth: credentials.Send, signing: credentials.Send},
		"create, one group":                {config: setting{signing: a}, create: true, auth: credentials.Keep, signing: credentials.Send},
		"create, pinned":                   {config: setting{token: a, signing: a, version: one}, create: true, auth: credentials.Send, signing: credentials.Send},
		"create, values not known":         {config: setting{token: later, signing: later}, create: true, auth: credentials.Send, signing: credentials.Undecided},
		"create without":                   {config: setting{}, create: true, auth: credentials.Keep, signing: credentials.Keep},
		"unchanged":                        {config: both, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Keep, signing: credentials.Keep},
		"token changed":                    {config: setting{token: b, signing: a}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Send, signing: credentials.Send},
		"secret changed":                   {config: setting{token: a, signing: b}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Send, signing: credentials.Send},
		"values swapped":                   {config: setting{token: types.StringValue(""), signing: types.StringValue("aa")}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Send, signing: credentials.Send},
		"token not known":                  {config: setting{token: later, signing: a}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Undecided, signing: credentials.Undecided},
		"secret not known":                 {config: setting{token: a, signing: later}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Undecided, signing: credentials.Undecided},
		"auth lost":                        {config: both, state: setting{token: null, signs: true}, sent: sentBoth, auth: credentials.Send, signing: credentials.Keep},
		"secret lost":                      {config: both, state: setting{token: null, auth: true}, sent: sentBoth, auth: credentials.Keep, signing: credentials.Send},
		"imported":                         {config: both, state: setting{auth: true, signs: true}, auth: credentials.Send, signing: credentials.Send},
		"imported, nothing configured":     {config: setting{}, state: setting{auth: true, signs: true}, auth: credentials.Keep, signing: credentials.Keep},
		"block removed":                    {config: setting{signing: a}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Remove, signing: credentials.Send},
		"secret removed":                   {config: setting{token: a}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Send, signing: credentials.Remove},
		"both removed":                     {config: setting{}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Remove, signing: credentials.Remove},
		"removed on both sides":            {config: setting{}, state: setting{}, sent: sentBoth, auth: credentials.Keep, signing: credentials.Keep},
		"pinned, unchanged":                {config: setting{token: b, signing: b, version: one}, state: inState(one), sent: pinnedBoth, auth: credentials.Keep, signing: credentials.Keep},
		"pinned, values null":              {config: setting{token: null, signing: null, version: one}, state: inState(one), sent: pinnedBoth, auth: credentials.Keep, signing: credentials.Keep, held: true},
		"pinned, values not known":         {config: setting{token: later, signing: later, version: one}, state: inState(one), sent: pinnedBoth, auth: credentials.Keep, signing: credentials.Keep, held: true},
		"pinned, block removed, null":      {config: setting{version: one}, state: inState(one), sent: pinnedBoth, auth: credentials.Remove, signing: credentials.Keep, held: true},
		"pinned, new version":              {config: setting{token: a, signing: a, version: two}, state: inState(one), sent: pinnedBoth, auth: credentials.Send, signing: credentials.Send},
		"pinned, new version, no secret":   {config: setting{token: a, version: two}, state: inState(one), sent: pinnedBoth, auth: credentials.Send, signing: credentials.Remove},
		"pinned, version not known":        {config: setting{token: a, signing: a, version: anyVersion}, state: inState(one), sent: pinnedBoth, auth: credentials.Undecided, signing: credentials.Undecided},
		"pinned, auth lost":                {config: setting{token: a, signing: a, version: one}, state: setting{token: null, version: one, signs: true}, sent: pinnedBoth, auth: credentials.Send, signing: credentials.Keep},
		"pinned, imported":                 {config: setting{token: a, signing: a, version: one}, state: setting{auth: true, signs: true}, auth: credentials.Send, signing: credentials.Send},
		"pinned, imported, values null":    {config: setting{token: null, version: one}, state: setting{token: null, version: one, auth: true}, auth: credentials.Keep, signing: credentials.Keep},
		"pinned, imported before, null":    {config: setting{token: null, version: one}, state: setting{auth: true}, auth: credentials.Keep, signing: credentials.Keep},
		"pinned, block removed":            {config: setting{signing: a, version: one}, state: inState(one), sent: pinnedBoth, auth: credentials.Remove, signing: credentials.Send},
		"pinned from now on, unchanged":    {config: setting{token: a, signing: a, version: one}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Keep, signing: credentials.Keep},
		"pinned from now on, changed":      {config: setting{token: b, signing: a, version: one}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Send, signing: credentials.Send},
		"pinned from now on, values null":  {config: setting{token: null, signing: null, version: one}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Keep, signing: credentials.Keep, held: true},
		"not pinned any more":              {config: both, state: inState(one), sent: pinnedBoth, auth: credentials.Send, signing: credentials.Send},
		"not pinned any more, not known":   {config: setting{token: later, signing: a}, state: inState(one), sent: pinnedBoth, auth: credentials.Undecided, signing: credentials.Undecided},
		"damaged record":                   {config: both, state: inState(types.Int64Null()), sent: credentials.Record{Auth: true, SigningSecret: true, Hash: &credentials.Hash{}}, auth: credentials.Send, signing: credentials.Send},
		"block may turn out not to be":     {config: setting{token: unknownBlock, signing: a}, state: inState(types.Int64Null()), sent: sentBoth, auth: credentials.Undecided, signing: credentials.Undecided},
		"credential block added by itself": {config: both, state: setting{signing: null, signs: true}, sent: credentials.Record{SigningSecret: true, Hash: hashOf(setting{signing: a})}, auth: credentials.Send, signing: credentials.Send},
	}
}

func TestDecideCredentials(t *testing.T) {
	t.Parallel()
	for name, c := range credentialCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, state := c.models()
			d := config.situation(state, c.sent).Decide()
			got := fmt.Sprint("auth ", d.Auth, ", signing ", d.Signing, ", held ", d.SigningKeptNull)
			if want := fmt.Sprint("auth ", c.auth, ", signing ", c.signing, ", held ", c.held); got != want {
				t.Errorf("%s; not %s", got, want)
			}
		})
	}
}

// unknownBlock stands for a dynamic block that is not known yet.
var unknownBlock attr.Value = types.StringValue("unknown block")

func (s setting) withUnknownBlock() *model {
	m := s.model()
	c, v, _ := m.connector()
	bearer := blocks.ElementType(blocks.ElementType(objectType.AttrTypes["webhook"]).AttrTypes["auth_bearer"])
	m.setConnector(c, v.With(connector.Values{"auth_bearer": types.ListUnknown(bearer)}))
	return m
}

// A decision that cannot be carried out is an error of the plan.
func TestCredentialProblems(t *testing.T) {
	t.Parallel()
	null, a := types.StringNull(), types.StringValue("a")
	one, two := types.Int64Value(1), types.Int64Value(2)
	sent := credentials.Record{Auth: true, SigningSecret: true}
	state := setting{token: null, signing: null, version: one, auth: true, signs: true}
	for name, c := range map[string]struct {
		config setting
		state  *setting
		sent   credentials.Record
		want   string // title of the only diagnostic; empty: none
	}{
		"complete":                            {setting{token: a, signing: a}, nil, credentials.Record{}, ""},
		"create, null":                        {setting{token: null}, nil, credentials.Record{}, "Credentials are incomplete"},
		"create, pinned, null":                {setting{token: null, version: one}, nil, credentials.Record{}, "Credentials are incomplete"},
		"not pinned, null":                    {setting{token: null}, &setting{token: null, auth: true}, credentials.Record{Auth: true}, "Credentials are incomplete"},
		"pinned, null":                        {setting{token: null, version: one}, &setting{token: null, version: one, auth: true}, sent, ""},
		"pinned, null, new version":           {setting{token: null, version: two}, &setting{token: null, version: one, auth: true}, sent, "Credentials are incomplete"},
		"pinned, null, API has none":          {setting{token: null, version: one}, &setting{token: null, version: one}, sent, "Credentials are incomplete"},
		"pinned, imported, null":              {setting{token: null, version: one}, &setting{auth: true}, credentials.Record{}, ""},
		"pinned, secret null":                 {setting{token: a, version: one}, &state, sent, "Signing secret is kept"},
		"pinned, secret null, auth lost":      {setting{token: a, version: one}, &setting{token: null, version: one, signs: true}, sent, "Signing secret is missing"},
		"pinned, secret null, block removed":  {setting{version: one}, &state, sent, "Signing secret is missing"},
		"signing secret was set elsewhere":    {setting{token: a}, &setting{signs: true}, credentials.Record{}, "Signing secret may be lost"},
		"authentication was set elsewhere":    {setting{signing: a}, &setting{auth: true}, credentials.Record{}, "Authentication may be lost"},
		"everything was set elsewhere":        {setting{}, &setting{auth: true, signs: true}, credentials.Record{}, ""},
		"imported, complete":                  {setting{token: a, signing: a}, &setting{auth: true, signs: true}, credentials.Record{}, ""},
		"imported, token null and not pinned": {setting{token: null}, &setting{auth: true}, credentials.Record{}, "Credentials are incomplete"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var state *model
			if c.state != nil {
				state = c.state.model()
			}
			config := c.config.model()
			diags := credentialProblems(config.situation(state, c.sent).Decide(), config, state)
			var got string
			for _, d := range diags {
				got += d.Summary()
			}
			if got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}
