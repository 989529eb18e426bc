package emulator

import (
	"maps"
	"strings"
	"testing"
)

func TestCredentialsAfterUpdate(t *testing.T) {
	t.Parallel()
	const both = `{"type":"bearer","token":"fake-token","signing_secret":"fake-secret"}`
	bearer := map[string]any{"type": "bearer", "token": "fake-token"}
	for _, c := range []struct {
		name       string
		settings   string
		put        string
		flags      string
		authConfig map[string]any
		secret     string
	}{
		{"not sent is kept", "", `{"name":"x"}`, "auth true, secret true", bearer, "fake-secret"},
		{"a secret by itself wipes the credentials", "", `{"auth_config":{"signing_secret":"fake-2"}}`, "auth false, secret true", nil, "fake-2"},
		{"credentials by themselves wipe the secret", "", `{"auth_config":` + bearerAuth + `}`, "auth true, secret false", bearer, ""},
		{"the whole object is replaced", "", `{"auth_config":{"type":"basic","username":"u","signing_secret":"fake-3"}}`,
			"auth true, secret true", map[string]any{"type": "basic", "username": "u"}, "fake-3"},
		{"none removes", "", `{"auth_config":{"type":"none","signing_secret":"fake-secret"}}`,
			"auth false, secret true", map[string]any{"type": "none"}, "fake-secret"},
		{"null removes all", "", `{"auth_config":null}`, "auth false, secret false", nil, ""},
		{"a null secret removes it", "", `{"auth_config":{"type":"bearer","token":"fake-token","signing_secret":null}}`,
			"auth true, secret false", bearer, ""},
		{"a null secret at top level is ignored", "", `{"signing_secret":null}`, "auth true, secret true", bearer, "fake-secret"},

		{"both: null at top level removes", "Both", `{"signing_secret":null}`, "auth true, secret false", bearer, ""},
		{"both: null can be ignored", "Both,IgnoreNull", `{"signing_secret":null}`, "auth true, secret true", bearer, "fake-secret"},
		{"both: credentials by themselves wipe the secret", "Both", `{"auth_config":` + bearerAuth + `}`, "auth true, secret false", bearer, ""},
		{"both: the top level wins", "Both", `{"auth_config":` + both + `,"signing_secret":"fake-top"}`, "auth true, secret true", bearer, "fake-top"},
		{"inside: null can be ignored", "InAuthConfig,IgnoreNull",
			`{"auth_config":{"type":"bearer","token":"fake-token","signing_secret":null}}`, "auth true, secret true", bearer, "fake-secret"},

		{"top level: credentials leave the secret alone", "TopLevel", `{"auth_config":` + bearerAuth + `}`, "auth true, secret true", bearer, "fake-secret"},
		{"top level: an ignored secret still replaces auth_config", "TopLevel", `{"auth_config":{"signing_secret":"fake-2"}}`,
			"auth false, secret true", nil, "fake-secret"},
		{"top level: the secret leaves the credentials alone", "TopLevelStrict", `{"signing_secret":"fake-2"}`, "auth true, secret true", bearer, "fake-2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := start(t, "SigningSecret=Both")
			path := a.create(strings.Replace(plainWebhook, "{", `{"auth_config":`+both+`,`, 1))
			a.SetBehavior(func(b *Behavior) {
				*b = Behavior{}
				placement, more, _ := strings.Cut(c.settings, ",")
				if placement != "" {
					_ = b.Set("SigningSecret=" + placement)
				}
				if more != "" {
					_ = b.Set(more)
				}
			})

			if got := flags(a.ok("PUT", path, c.put)); got != c.flags {
				t.Errorf("response: %s, want %s", got, c.flags)
			}
			stored, _ := a.Stored(id(path))
			if !maps.Equal(stored.AuthConfig, c.authConfig) || stored.SigningSecret != c.secret {
				t.Errorf("stored: %v %q, want %v %q", stored.AuthConfig, stored.SigningSecret, c.authConfig, c.secret)
			}
		})
	}
}

func TestCredentialsAreNeverAnswered(t *testing.T) {
	t.Parallel()
	for name, body := range valid {
		a := start(t)
		body = strings.ReplaceAll(body, "fake", "do-not-show")
		created := a.do("POST", destinationsPath, body)
		refused := a.do("POST", destinationsPath, strings.Replace(body, `"name"`, `"no_name"`, 1))
		for _, got := range []answer{created, refused, a.do("GET", destinationsPath, "")} {
			if strings.Contains(got.body, "do-not-show") {
				t.Errorf("%s: %s", name, got.body)
			}
		}
	}
}

func TestStoresDoNotLoseTheirCredentials(t *testing.T) {
	t.Parallel()
	a := start(t)
	path := a.create(sftp)
	for _, body := range []string{`{"auth_config":null}`, `{"auth_config":{"type":"none"}}`} {
		if got := a.do("PUT", path, body); got.status != 400 {
			t.Errorf("%s: %d", body, got.status)
		}
	}
	if stored, _ := a.Stored(id(path)); stored.AuthConfig["password"] != "fake" {
		t.Errorf("stored: %v", stored)
	}
}
