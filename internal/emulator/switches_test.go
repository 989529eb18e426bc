package emulator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// switchCase observes an effect without and with a switch.
type switchCase struct {
	setting string
	observe func(a api) string
	off, on string
}

var switchCases = []switchCase{
	{"FillDefaults", func(a api) string {
		path := a.create(sftp)
		return show(a.ok("GET", path, ""), "config")
	},
		`{"host":"h","remote_path":"/in","username":"u"}`,
		`{"filename_template":"delivery_{event_id}","host":"h","port":22,"remote_path":"/in","timeout_ms":30000,"username":"u"}`},
	{"TrimURLSlash", func(a api) string {
		return show(a.ok("POST", destinationsPath, `{"name":"w","type":"webhook","config":{"url":"https://example.com/in/"}}`), "config.url")
	}, `"https://example.com/in/"`, `"https://example.com/in"`},
	{"NormalizeURL", func(a api) string {
		var got []string
		for _, address := range []string{"HTTPS://Hooks.Example.com:443/a/../b/./c%7e%c3%a4?q=A%2f#F", "http://example.com:8080", "https://example.com/a/b/.."} {
			body := fmt.Sprintf(`{"name":"w","type":"webhook","config":{"url":%q}}`, address)
			got = append(got, strings.Trim(show(a.ok("POST", destinationsPath, body), "config.url"), `"`))
		}
		return strings.Join(got, " ")
	}, "HTTPS://Hooks.Example.com:443/a/../b/./c%7e%c3%a4?q=A%2f#F http://example.com:8080 https://example.com/a/b/..",
		"https://hooks.example.com/b/c~%C3%A4?q=A%2f#F http://example.com:8080/ https://example.com/a/"},
	{"SortURLQuery", func(a api) string { return configAfter(a, "https://example.com/in?b=1&a=2&a=1#c?d&c") },
		`{"url":"https://example.com/in?b=1&a=2&a=1#c?d&c"}`, `{"url":"https://example.com/in?a=2&a=1&b=1#c?d&c"}`},
	{"DeriveURLHost", func(a api) string { return configAfter(a, "https://example.com:8443/in") },
		`{"url":"https://example.com:8443/in"}`, `{"url":"https://example.com:8443/in","url_host":"example.com"}`},
	{"URLForm=URLStored", configOf, `{"url":"https://example.com/in"}`, `{"url":"https://example.com/in"}`},
	{"URLForm=URLOmitted", configOf, `{"url":"https://example.com/in"}`, `{}`},
	{"URLForm=URLMasked", configOf, `{"url":"https://example.com/in"}`, `{"url":"***"}`},
	{"URLForm=URLHostOnly", configOf, `{"url":"https://example.com/in"}`, `{"url":"https://example.com/***"}`},
	{"TrimNames", func(a api) string {
		return show(a.ok("POST", destinationsPath, strings.Replace(plainWebhook, `"w"`, `" W w "`, 1)), "name")
	}, `" W w "`, `"W w"`},
	{"LowerCaseNames", func(a api) string {
		return show(a.ok("POST", destinationsPath, strings.Replace(plainWebhook, `"w"`, `" W w "`, 1)), "name")
	}, `" W w "`, `" w w "`},
	{"LowerCaseHeaderNames", func(a api) string { return headersAfter(a, `{"X-Source":"a"}`) }, `{"X-Source":"a"}`, `{"x-source":"a"}`},
	{"OmitConfig", keysInList("config"), "true true", "false false"},
	{"RedactHeaders", func(a api) string { return headersAfter(a, `{"X-Api-Key":"fake","X-Source":"a"}`) },
		`{"X-Api-Key":"fake","X-Source":"a"}`, `{"X-Api-Key":"***","X-Source":"a"}`},
	{"DropUnknownKeys", func(a api) string {
		path := a.create(`{"name":"w","type":"webhook","config":{"url":"https://example.com","new":1}}`)
		return show(a.ok("GET", path, ""), "config")
	}, `{"new":1,"url":"https://example.com"}`, `{"url":"https://example.com"}`},
	{"MergeConfig", func(a api) string {
		path := a.create(`{"name":"w","type":"webhook","config":{"url":"https://example.com","headers":{"A":"b"}}}`)
		return show(a.ok("PUT", path, `{"config":{"url":"https://example.org"}}`), "config")
	}, `{"url":"https://example.org"}`, `{"headers":{"A":"b"},"url":"https://example.org"}`},
	{"RefuseUnknownKeys", func(a api) string {
		path := a.create(plainWebhook)
		var statuses []int
		for _, body := range []string{
			`{"type":"webhook"}`,
			`{"color":"red"}`,
			`{"config":{"url":"https://example.com","color":"red"}}`,
			`{"auth_config":{"type":"bearer","token":"fake","color":"red"}}`,
			`{"signing_secret":"fake"}`,
		} {
			statuses = append(statuses, a.do("PUT", path, body).status)
		}
		a.create(`{"name":"d","type":"google_drive","config":{"anything":true}}`)
		return fmt.Sprint(statuses)
	}, `[200 200 200 200 200]`, `[400 400 400 400 400]`},

	{"SigningSecret=InAuthConfig", placements, "in auth_config true, at top level false", "in auth_config true, at top level false"},
	{"SigningSecret=TopLevel", placements, "in auth_config true, at top level false", "in auth_config false, at top level true"},
	{"SigningSecret=TopLevelStrict", placements, "in auth_config true, at top level false",
		"in auth_config property auth_config.signing_secret should not exist, at top level true"},
	{"SigningSecret=Both", placements, "in auth_config true, at top level false", "in auth_config true, at top level true"},

	{"IgnoreNull", func(a api) string {
		path := a.create(`{"name":"w","type":"webhook","config":{"url":"https://example.com"},"payload_cap_bytes":10,` +
			`"auth_config":{"type":"bearer","token":"fake","signing_secret":"fake"}}`)
		got := a.ok("PUT", path, `{"payload_cap_bytes":null,"auth_config":null}`)
		return show(got, "payload_cap_bytes") + ", " + flags(got)
	}, "null, auth false, secret false", "10, auth true, secret true"},
	{"NoneKeepsAuth", func(a api) string {
		path := a.create(`{"name":"w","type":"webhook","config":{"url":"https://example.com"},"auth_config":` + bearerAuth + `}`)
		return flags(a.ok("PUT", path, `{"auth_config":{"type":"none"}}`))
	}, "auth false, secret false", "auth true, secret false"},
	{"ForgetCredentials", func(a api) string {
		return flags(a.ok("POST", destinationsPath, `{"name":"w","type":"webhook","config":{"url":"https://example.com"},`+
			`"auth_config":{"type":"bearer","token":"fake","signing_secret":"fake"}}`))
	}, "auth true, secret true", "auth false, secret false"},

	{"GenerateSigningSecret", func(a api) string {
		return flags(a.ok("POST", destinationsPath, plainWebhook))
	}, "auth false, secret false", "auth false, secret true"},

	{"AcceptActiveOnCreate", func(a api) string {
		return show(a.ok("POST", destinationsPath, strings.Replace(plainWebhook, "{", `{"is_active":false,`, 1)), "is_active")
	}, "true", "false"},
	{"KeepPausedOnUpdate", func(a api) string {
		path := a.create(plainWebhook)
		a.ok("PUT", path, `{"is_active":false}`)
		paused := show(a.ok("PUT", path, `{"name":"x"}`), "is_active")
		a.Edit(id(path), func(d *Destination) { d.IsActive, d.AutoDisabled = false, true })
		return "paused " + paused + ", disabled " + show(a.ok("PUT", path, `{"name":"y"}`), "is_active")
	}, "paused true, disabled true", "paused false, disabled true"},
	{"UpdateWithoutBody", func(a api) string {
		got := a.do("PUT", a.create(plainWebhook), `{"name":"x"}`)
		return fmt.Sprint(got.status, " ", show(a.object(got), "name"))
	}, `200 "x"`, "204 null"},
	{"UpdateReturnsOld", func(a api) string {
		path := a.create(plainWebhook)
		return show(a.ok("PUT", path, `{"name":"x"}`), "name") + " " + show(a.ok("GET", path, ""), "name")
	}, `"x" "x"`, `"w" "x"`},
	{"DeleteWithoutBody", func(a api) string {
		path := a.create(plainWebhook)
		got := a.do("DELETE", path, "")
		return fmt.Sprint(got.status, strings.Replace(got.body, id(path), "ID", 1))
	}, `200{"deleted":true,"id":"ID"}`, "204"},
	{"UpperCaseIDs", func(a api) string {
		path := a.create(plainWebhook)
		shown, isUpper := a.Destinations()[0].ID, strings.ToUpper(id(path)) == id(path)
		upper := strings.Replace(path, id(path), strings.ToUpper(shown), 1)
		return fmt.Sprint(isUpper, " ", a.do("GET", upper, "").status, " ", strings.Contains(a.do("DELETE", upper, "").body, shown))
	}, "false 200 true", "true 200 false"},
	{"IncludeCustomerID", func(a api) string {
		_, there := a.ok("POST", destinationsPath, plainWebhook)["customer_id"]
		return fmt.Sprint(there)
	}, "false", "true"},

	{"ListBareArray", func(a api) string { return a.do("GET", destinationsPath, "").body }, `{"data":[]}`, `[]`},
	{"ListPageSize=2", func(a api) string {
		for range 3 {
			a.create(plainWebhook)
		}
		first := a.ok("GET", destinationsPath, "")
		block, paged := first["pagination"].(map[string]any)
		if !paged {
			return fmt.Sprint(len(first["data"].([]any)))
		}
		next := block["next_cursor"].(string)
		last := a.ok("GET", destinationsPath+"?cursor="+next, "")
		return fmt.Sprint(len(first["data"].([]any)), len(last["data"].([]any)), show(last, "pagination"))
	}, "3", `2 1{"has_more":false,"limit":2,"next_cursor":null,"total":3}`},

	{"Catalog=CatalogInline", catalogForm, `data of objects with type and auth_types`, `data of objects with type and auth_types`},
	{"Catalog=CatalogWrapped", catalogForm, `data of objects with type and auth_types`, `data of objects with type and capabilities`},
	{"Catalog=CatalogBareArray", catalogForm, `data of objects with type and auth_types`, `objects with type and auth_types`},
	{"Catalog=CatalogByType", catalogForm, `data of objects with type and auth_types`, `types with auth_types`},
	{"Catalog=CatalogByTypeUnderData", catalogForm, `data of objects with type and auth_types`, `data of types with auth_types`},
	{"Catalog=CatalogNamed", catalogForm, `data of objects with type and auth_types`, `data of objects with name and auth_types`},
	{"Catalog=CatalogNames", catalogForm, `data of objects with type and auth_types`, `data of names`},
	{"CatalogWithoutSchemas", func(a api) string {
		body := a.do("GET", connectorsPath, "").body
		return fmt.Sprint(strings.Contains(body, `"config_schema"`), strings.Contains(body, `"auth_config_schema"`))
	}, "true true", "false false"},

	{"Errors=ErrorFlat", errorForms, flatForm, flatForm},
	{"Errors=ErrorFlatList", errorForms, flatForm, strings.Replace(flatForm, `"Destination not found."`, `["Destination not found."]`, 1)},
	{"Errors=ErrorNested", errorForms, flatForm,
		`404 {"error":{"code":"not_found","message":"Destination not found.","status":404,"retryable":false,"request_id":"req_x"}}`},
	{"Errors=ErrorResults", errorForms, flatForm, `404 {"error":"not_found","code":"not_found","message":"Destination not found."}`},
	{"Errors=ErrorDraft", errorForms, flatForm, `404 {"status":404,"code":"not_found","message":"Destination not found."}`},
	{"Errors=ErrorHTML", errorForms, flatForm,
		"404 <html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n"},
	{"Errors=ErrorEmpty", errorForms, flatForm, `404 `},
	{"UpperCaseCodes", func(a api) string {
		invalid := a.object(a.do("POST", destinationsPath, `{}`))
		missing := a.object(a.do("GET", destinationsPath+"/x", ""))
		return fmt.Sprint(invalid["code"], " ", missing["code"])
	}, "validation_error not_found", "VALIDATION_ERROR RESOURCE_NOT_FOUND"},
	{"IgnoreIdempotencyKey", func(a api) string {
		for range 2 {
			a.do("POST", destinationsPath, plainWebhook, "Idempotency-Key", "k")
		}
		return fmt.Sprint(len(a.Destinations()))
	}, "1", "2"},
}

const (
	sftp = `{"name":"s","type":"sftp","config":{"host":"h","username":"u","remote_path":"/in"},` +
		`"auth_config":{"type":"password","password":"fake"}}`
	flatForm = `404 {"statusCode":404,"code":"not_found","error":"Not Found","message":"Destination not found.","retryable":false,` +
		`"request_id":"req_x","timestamp":"T","path":"/v1/delivery/destinations/unknown"}`
)

// configAfter returns the config in the API's response for a webhook with a URL.
func configAfter(a api, url string) string {
	body := `{"name":"w","type":"webhook","config":{"url":"` + url + `"}}`
	return show(a.ok("GET", a.create(body), ""), "config")
}

func configOf(a api) string { return configAfter(a, "https://example.com/in") }

func headersAfter(a api, headers string) string {
	body := `{"name":"w","type":"webhook","config":{"url":"https://example.com","headers":` + headers + `}}`
	return show(a.ok("POST", destinationsPath, body), "config.headers")
}

// placements describes the effect of a signing secret in auth_config and at the top level.
func placements(a api) string {
	path := a.create(plainWebhook)
	outcome := func(body string) string {
		got := a.object(a.do("PUT", path, body))
		if message, refused := got["message"]; refused {
			return fmt.Sprint(message)
		}
		stored, _ := a.Stored(id(path))
		if (stored.SigningSecret == "fake") != got["has_signing_secret"].(bool) {
			a.t.Errorf("has_signing_secret is %v, stored is %q", got["has_signing_secret"], stored.SigningSecret)
		}
		a.Edit(id(path), func(d *Destination) { d.HasSigningSecret = false })
		return fmt.Sprint(got["has_signing_secret"])
	}
	return "in auth_config " + outcome(`{"auth_config":{"signing_secret":"fake"}}`) + ", at top level " + outcome(`{"signing_secret":"fake"}`)
}

// catalogForm describes the form of the connector catalog.
func catalogForm(a api) string {
	body := a.do("GET", connectorsPath, "").body
	for _, form := range []struct{ start, name string }{
		{`^\{"data":\[\{"type":"webhook","supported_serializers":.*"auth_types":`, "data of objects with type and auth_types"},
		{`^\{"data":\[\{"type":"webhook","capabilities":\{.*"auth_types":[^}]*\},"config_schema"`, "data of objects with type and capabilities"},
		{`^\[\{"type":"webhook","supported_serializers":.*"auth_types":`, "objects with type and auth_types"},
		{`^\{"azure_blob":\{"supported_serializers":.*"auth_types":`, "types with auth_types"},
		{`^\{"data":\{"azure_blob":\{"supported_serializers":.*"auth_types":`, "data of types with auth_types"},
		{`^\{"data":\[\{"name":"webhook","supported_serializers":.*"auth_types":`, "data of objects with name and auth_types"},
		{`^\{"data":\["webhook","sftp","s3","azure_blob","google_drive","onedrive","google_sheets"\]\}$`, "data of names"},
	} {
		if regexp.MustCompile(form.start).MatchString(body) {
			return form.name
		}
	}
	return body
}

var volatile = regexp.MustCompile(`req_[0-9a-f]{32}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`)

func errorForms(a api) string {
	got := a.do("GET", destinationsPath+"/unknown", "")
	return fmt.Sprint(got.status, " ", volatile.ReplaceAllStringFunc(got.body, func(s string) string {
		if strings.HasPrefix(s, "req_") {
			return "req_x"
		}
		return "T"
	}))
}

var allSwitchCases = slices.Concat(switchCases, listSwitchCases, bindingSwitchCases, historySwitchCases)

func TestSwitches(t *testing.T) {
	t.Parallel()
	for _, c := range allSwitchCases {
		t.Run(c.setting, func(t *testing.T) {
			t.Parallel()
			if got := c.observe(start(t)); got != c.off {
				t.Errorf("without the switch:\n got %s\nwant %s", got, c.off)
			}
			if got := c.observe(start(t, c.setting)); got != c.on {
				t.Errorf("with the switch:\n got %s\nwant %s", got, c.on)
			}
		})
	}
}

// Every switch has an explanation and a test. TestGuideNamesEverySwitch checks that the guide has its assumption.
func TestEverySwitchIsExplainedAndTested(t *testing.T) {
	t.Parallel()
	tested := func(setting string) bool {
		return slices.ContainsFunc(allSwitchCases, func(c switchCase) bool {
			return c.setting == setting || strings.HasPrefix(c.setting, setting+"=")
		})
	}
	for _, s := range Switches() {
		if !strings.HasSuffix(s.Doc, ".") {
			t.Errorf("%s is not explained: %q", s.Name, s.Doc)
		}
		if !tested(s.Name) {
			t.Errorf("%s is not tested", s.Name)
		}
		for _, v := range s.Values {
			if v.Doc == "" || !tested(s.Name+"="+v.Name) {
				t.Errorf("%s=%s is not explained or not tested", s.Name, v.Name)
			}
		}
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		settings []string
		want     Behavior
		err      string
	}{
		{settings: []string{"filldefaults", "ListPageSize=3"}, want: Behavior{FillDefaults: true, ListPageSize: 3}},
		{settings: []string{"FillDefaults", "FillDefaults=false"}, want: Behavior{}},
		{settings: []string{"signingsecret=both", "Errors=errorHTML", "Catalog=CatalogNames"},
			want: Behavior{SigningSecret: Both, Errors: ErrorHTML, Catalog: CatalogNames}},
		{settings: []string{"ListLag=2s", "DatabaseSkew=-10s"}, want: Behavior{ListLag: 2 * time.Second, DatabaseSkew: -10 * time.Second}},
		{settings: []string{"ListLag=2"}, err: `ListLag is a duration such as 2s, not "2"`},
		{settings: []string{"Nonsense"}, err: `no switch is named "Nonsense"`},
		{settings: []string{"FillDefaults=maybe"}, err: `FillDefaults is true or false, not "maybe"`},
		{settings: []string{"ListPageSize=-1"}, err: `ListPageSize is a number from 0, not "-1"`},
		{settings: []string{"SigningSecret"}, err: `SigningSecret is one of InAuthConfig, TopLevel, TopLevelStrict, Both, not ""`},
	} {
		var got Behavior
		var message string
		for _, setting := range c.settings {
			if err := got.Set(setting); err != nil {
				message = err.Error()
			}
		}
		if got != c.want || message != c.err {
			t.Errorf("%v: got %+v, %q; want %+v, %q", c.settings, got, message, c.want, c.err)
		}
	}
}
