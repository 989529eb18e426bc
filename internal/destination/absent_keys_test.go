package destination_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// where selects the responses from which keys are removed.
type where func(r *http.Request) bool

var (
	inLists where = func(r *http.Request) bool {
		return r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/destinations")
	}
	inResponses where = func(r *http.Request) bool { return r.Method != http.MethodGet }
	everywhere  where = func(*http.Request) bool { return true }
)

// leavingOut starts an API that omits keys of destinations, because they are optional in the vendor's models.
func leavingOut(t *testing.T, in where, keys ...string) api {
	t.Helper()
	return rewriting(t, func(r *http.Request, body []byte) []byte {
		if in(r) {
			return without(body, keys)
		}
		return body
	})
}

// rewriting starts an API that changes the bodies of successful responses.
func rewriting(t *testing.T, change func(r *http.Request, body []byte) []byte) api {
	t.Helper()
	e := emulator.New(emulator.Behavior{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := httptest.NewRecorder()
		e.ServeHTTP(recorder, r)
		body := recorder.Body.Bytes()
		if recorder.Code < 300 {
			body = change(r, body)
		}
		for name, values := range recorder.Header() {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(recorder.Code)
		_, _ = io.Copy(w, bytes.NewReader(body))
	}))
	t.Cleanup(server.Close)
	return api{e, server.URL}
}

// without removes keys from every destination in a JSON body.
func without(body []byte, keys []string) []byte {
	var value any
	if json.Unmarshal(body, &value) != nil {
		return body
	}
	var strip func(any)
	strip = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			if _, isDestination := value["has_auth_config"]; isDestination {
				for _, key := range keys {
					delete(value, key)
				}
				return
			}
			for _, inner := range value {
				strip(inner)
			}
		case []any:
			for _, inner := range value {
				strip(inner)
			}
		}
	}
	strip(value)
	stripped, _ := json.Marshal(value) // cannot fail: value was decoded from JSON
	return stripped
}

// several returns destinations with these arguments, enough to be refreshed from one list.
func several(arguments string) string {
	return strings.Replace("count = 3\n"+arguments, `"hook"`, `"hook ${count.index}"`, 1)
}

// Keys that lists omit keep their prior values: absent means neither false nor empty.
func TestKeysAbsentFromLists(t *testing.T) {
	t.Parallel()
	for _, keys := range [][]string{{"has_auth_config"}, {"has_signing_secret"}, {"config"}, {"has_auth_config", "has_signing_secret", "config"}} {
		t.Run(strings.Join(keys, " "), func(t *testing.T) {
			t.Parallel()
			a := leavingOut(t, inLists, keys...)
			w := a.workspace(t, several(hook("", bearer, signed)))
			w.Apply()
			a.ResetRequests()
			w.PlanEmpty()
			w.Apply()
			if writes := a.writes(); len(writes) > 0 {
				t.Errorf("writes: %s", writes)
			}
			// The record says that Terraform sent both, although the lists do not show them.
			w.Write("main.tf", a.configuration(several(hook("", bearer2))))
			w.Apply()
			for _, d := range a.Destinations() {
				if stored, _ := a.Stored(d.ID); stored.AuthConfig["token"] != "token-two" || stored.SigningSecret != "" || d.Config["url"] != "https://a.example.com" {
					t.Errorf("%+v, %+v", d, stored)
				}
			}
			w.PlanEmpty()
		})
	}
}

// The provider reads the destination to get what the response to a write omits.
func TestKeysAbsentFromResponses(t *testing.T) {
	t.Parallel()
	a := leavingOut(t, inResponses, "has_auth_config", "has_signing_secret", "config")
	w := a.workspace(t, hook("", bearer, signed))
	w.Apply()
	w.PlanEmpty()
	for _, arguments := range []string{
		hook("", bearer2, signed), hook("", bearer2), strings.Replace(hook("", bearer2), "a.example.com", "b.example.com", 1), hook(""),
	} {
		w.Write("main.tf", a.configuration(arguments))
		w.Apply()
		w.PlanEmpty()
	}
	if d := a.only(t); d.HasAuthConfig || d.HasSigningSecret {
		t.Errorf("%+v", d)
	}
}

// The response to a create omits credentials that Terraform did not send, and only a read shows them. The destination may be someone else's, so
// it is not added to state.
func TestForeignCredentialsAbsentFromResponses(t *testing.T) {
	t.Parallel()
	a := leavingOut(t, inResponses, "has_auth_config", "has_signing_secret", "config")
	a.SetBehavior(func(b *emulator.Behavior) { b.GenerateSigningSecret = true })
	w := a.workspace(t, hook("", bearer))
	if out := unwrapped(w.MustFail("apply", "-auto-approve").Output()); !strings.Contains(out, "did not add it to state") {
		t.Error(out)
	}
	if state := string(w.State()); strings.Contains(state, a.only(t).ID) {
		t.Error("the destination is in state")
	}
}

// If the API never shows whether it has credentials, a write of credentials is confirmed by nothing, which is a warning. Nothing is replaced,
// and later plans are empty.
func TestFlagsAbsentEverywhere(t *testing.T) {
	t.Parallel()
	a := leavingOut(t, everywhere, "has_auth_config", "has_signing_secret")
	w := a.workspace(t, hook("", bearer, signed))
	warns := func(flags string) {
		t.Helper()
		out := unwrapped(w.Apply().Output())
		for _, want := range []string{"Credentials are not confirmed", "neither its response nor a read shows " + flags} {
			if !strings.Contains(out, want) {
				t.Errorf("not said: %q\n%s", want, out)
			}
		}
		w.PlanEmpty()
	}
	warns("has_auth_config and has_signing_secret")
	id := a.only(t).ID
	w.Write("main.tf", a.configuration(strings.Replace(hook("", bearer, signed), "a.example.com", "b.example.com", 1)))
	if out := w.Apply().Output(); strings.Contains(out, "not confirmed") {
		t.Errorf("a warning although no credentials were written:\n%s", out)
	}
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(hook("", bearer2, signed)))
	warns("has_auth_config and has_signing_secret")
	if stored, _ := a.Stored(id); stored.AuthConfig["token"] != "token-two" {
		t.Errorf("stored: %+v", stored)
	}
	w.Write("main.tf", a.configuration(hook("")))
	warns("has_auth_config and has_signing_secret")
	if d := a.only(t); d.ID != id || d.HasAuthConfig || d.HasSigningSecret {
		t.Errorf("%+v", d)
	}
}

// If the API never shows config, a write of config is confirmed by nothing, which is a warning. Nothing is replaced, and later plans are empty.
func TestConfigAbsentEverywhere(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]string{
		"url":    "name = \"hook\"\nwebhook {\n  url = \"https://a.example.com\"\n  headers = { X-Stage = \"blue\" }\n}\n",
		"url_wo": "name = \"hook\"\nwebhook {\n  url_wo = \"https://a.example.com\"\n  headers = { X-Stage = \"blue\" }\n}\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{OmitConfig: true})
			w := a.workspace(t, arguments)
			confirms := func() {
				t.Helper()
				if out := unwrapped(w.Apply().Output()); !strings.Contains(out, "Settings are not confirmed") {
					t.Errorf("no warning:\n%s", out)
				}
				w.PlanEmpty()
			}
			confirms()
			id := a.only(t).ID

			w.Write("main.tf", a.configuration(strings.Replace(arguments, "blue", "green", 1)))
			confirms()
			w.Write("main.tf", a.configuration(strings.NewReplacer("blue", "green", "a.example.com", "b.example.com").Replace(arguments)))
			confirms()
			if d := a.only(t); d.ID != id || d.Config["url"] != "https://b.example.com" || fmt.Sprint(d.Config["headers"]) != "map[X-Stage:green]" {
				t.Errorf("%+v", d)
			}

			w.Write("main.tf", a.configuration(strings.NewReplacer("blue", "green", "a.example.com", "b.example.com", `"hook"`, `"renamed"`).Replace(arguments)))
			if out := unwrapped(w.Apply().Output()); strings.Contains(out, "Settings are not confirmed") {
				t.Errorf("a warning although no settings were written:\n%s", out)
			}
			w.PlanEmpty()
		})
	}
}

// A new value that no response confirmed is not recorded in the API's old form: if the API did not store it, the next plan shows a diff.
func TestLostUpdateWithoutConfig(t *testing.T) {
	t.Parallel()
	var loses, lost atomic.Bool
	e := emulator.New(emulator.Behavior{RedactHeaders: true})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		one := strings.Contains(r.URL.Path, "/destinations/")
		switch {
		case loses.Load() && one && r.Method == http.MethodPut:
			lost.Store(true)
			read := httptest.NewRequest(http.MethodGet, r.URL.Path, nil)
			read.Header = r.Header
			recorder := httptest.NewRecorder()
			e.ServeHTTP(recorder, read)
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(without(recorder.Body.Bytes(), []string{"config"}))
		case loses.Load() && one && lost.Load():
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"statusCode":403,"code":"forbidden","message":"no"}`))
		default:
			e.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	a := api{e, server.URL}
	w := a.workspace(t, hook("", `headers = { "X-Api-Key" = "fake-1", "X-Label" = "old" }`))
	w.Apply()
	w.Write("main.tf", a.configuration(hook("", `headers = { "X-Api-Key" = "fake-1", "X-Label" = "new" }`)))
	loses.Store(true)
	if out := unwrapped(w.Apply().Output()); !strings.Contains(out, "could not read the destination afterwards") {
		t.Errorf("not said that the read failed:\n%s", out)
	}
	loses.Store(false)
	w.Plan()
}

// A mask recorded as the value of an unmanaged key is not sent back if the API later omits config.
func TestMaskRecordedBeforeConfigIsAbsent(t *testing.T) {
	t.Parallel()
	var omits atomic.Bool
	a := leavingOut(t, func(*http.Request) bool { return omits.Load() }, "config")
	w := a.workspace(t, hook(""))
	w.Apply()
	id := a.only(t).ID
	a.Edit(id, func(d *emulator.Destination) { d.Config["note"] = "***" })
	w.Apply("-refresh-only")

	omits.Store(true)
	w.Write("main.tf", a.configuration(strings.Replace(hook(""), "a.example.com", "b.example.com", 1)))
	a.ResetRequests()
	if out := unwrapped(w.MustFail("apply", "-auto-approve").Output()); !strings.Contains(out, "masks the value of the unmanaged key config.note") {
		t.Error(out)
	}
	if writes := a.writes(); len(writes) > 0 {
		t.Errorf("writes: %s", writes)
	}
}

// An import requires config in the response, but not the credential flags.
func TestImportOfAbsentKeys(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in    where
		keys  []string
		fails bool
	}{
		"lists":                   {inLists, []string{"config", "has_auth_config", "has_signing_secret"}, false},
		"everywhere, flags":       {everywhere, []string{"has_auth_config", "has_signing_secret"}, false},
		"everywhere, config, too": {everywhere, []string{"config"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := leavingOut(t, c.in, c.keys...)
			first := ""
			for i := range 3 {
				id := a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{"url": "https://a.example.com"}, IsActive: true, HasAuthConfig: true})
				if i == 0 {
					first = id
				}
			}
			w := a.workspace(t, hook(""))
			result := w.Run("import", address, first)
			if c.fails {
				if out := unwrapped(result.Output()); result.ExitCode == 0 || !strings.Contains(out, "The API's response lacks config") {
					t.Errorf("exit code %d:\n%s", result.ExitCode, out)
				}
				return
			}
			w.PlanEmpty()
			w.Apply()
			if writes := a.writes(); len(writes) > 0 {
				t.Errorf("writes: %s", writes)
			}
		})
	}
}

// Data sources show null for absent keys.
func TestDataOfAbsentKeys(t *testing.T) {
	t.Parallel()
	a := leavingOut(t, everywhere, "has_auth_config", "has_signing_secret", "config")
	a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{"url": "https://a.example.com"}, IsActive: true, HasAuthConfig: true})
	w := a.workspace(t, "")
	w.Write("main.tf", a.onlyProvider()+`
data "talonic_delivery_destinations" "all" {}

output "nulls" {
  value = [for d in data.talonic_delivery_destinations.all.destinations : [
    d.has_auth_config == null, d.has_signing_secret == null, nonsensitive(d.config == null),
  ]]
}
`)
	w.Apply()
	var nulls [][]bool
	if err := json.Unmarshal([]byte(w.MustRun("output", "-json", "nulls").Stdout), &nulls); err != nil {
		t.Fatal(err)
	}
	if len(nulls) != 1 || slices.Contains(nulls[0], false) {
		t.Errorf("%v", nulls)
	}
}
