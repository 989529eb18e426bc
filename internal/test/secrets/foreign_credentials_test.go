package secrets

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// The provider neither stores nor shows credentials that others put into config, in any notation of their names. This run does not know their
// values.
func TestCredentialsSetElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	all := []destination{{name: "d000", sample: samples[0]}}
	w.configure(all, quickProvider, "data \"talonic_delivery_destinations\" \"all\" {}\noutput \"all\" {\n value = data.talonic_delivery_destinations.all\n sensitive = true\n}\n")
	w.give(all, "")
	w.mustRun("apply", "-auto-approve")
	foreign := map[string]string{}
	for _, name := range []string{"apiKey", "Password", "secretAccessKey", "client-secret", "ACCESS_TOKEN", "Authorization", "x-api-key"} {
		foreign[name] = "foreign " + words("foreign "+name, 1)[0]
	}
	w.plant(foreign)
	shown := success("credentials set elsewhere", func(body object, _ *request) {
		list, _ := body["data"].([]any)
		for _, item := range append(list, body) {
			d, ok := item.(object)
			if !ok || d["type"] == nil {
				continue
			}
			inside := object{}
			for name, value := range foreign {
				configOf(d)[name], inside[name] = value, value
			}
			configOf(d)["headers"], configOf(d)["proxy"] = inside, object{"upstream": []any{inside}}
		}
	})
	w.api.answerWith(func(r *request) *answer {
		if r.Method == http.MethodGet {
			return &shown
		}
		return nil
	})
	w.run("plan", "-out="+planFile)
	w.run("show", "-json", planFile)
	w.run("apply", "-refresh-only", "-auto-approve")
	w.api.wereGiven(t, []answer{shown})
	if plan := w.run("plan").Output(); !strings.Contains(plan, "(sensitive value)") || !strings.Contains(plan, "Authorization") {
		t.Errorf("the plan does not show that there are headers of somebody else's:\n%s", plan)
	}
	w.wasSeen(secretscan.State, secretscan.Plan, secretscan.PlanJSON, secretscan.Stdout, secretscan.Log)
}

// Every value in a write-only JSON object is a secret, even under a key that has its own non-secret argument.
func TestEveryValueOfAnObjectIsASecret(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	secrets := map[string]string{}
	for _, key := range []string{"type", "username", "header_name", "access_key_id", "expires_at"} {
		secrets[key] = words("value of "+key, 1)[0]
	}
	w.plant(secrets)
	encoded, _ := json.Marshal(secrets) // texts can be encoded
	w.configure(nil, quickProvider, `
variable "all" {
  type      = string
  ephemeral = true
}

resource "talonic_delivery_destination" "sheet" {
  name = "sheet"
  custom {
    type           = "google_sheets"
    auth_config_wo = var.all
  }
}
`)
	w.give(nil, "")
	w.Setenv("TF_VAR_all", string(encoded))
	for _, a := range []answer{
		placements[0].answer(http.StatusBadRequest, plainEcho),
		success("a setting", func(d object, r *request) { configOf(d)["debug"] = plainEcho.of(r) }),
	} {
		w.suspect = func(string) string { return a.name }
		w.api.answerWith(func(r *request) *answer {
			if r.Method == http.MethodPost {
				return &a
			}
			return nil
		})
		w.run("apply", "-auto-approve")
		w.api.wereGiven(t, []answer{a})
	}
	w.wasSeen(secretscan.State, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}

// If the response to an update has a different created_at, the provider reports an error. A response without created_at is accepted.
func TestUpdatesOfAnotherAge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(d object)
		want   string
	}{
		"another":     {func(d object) { d["created_at"] = "1999-01-01T00:00:00.000Z" }, "created at 1999-01-01T00:00:00.000Z"},
		"none":        {func(d object) { delete(d, "created_at") }, ""},
		"no time":     {func(d object) { d["created_at"] = "\u001b[2Jyesterday" }, ""},
		"same moment": {func(d object) { d["created_at"] = strings.Replace(d["created_at"].(string), "Z", "000Z", 1) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, emulator.Behavior{})
			all := []destination{{name: "d000", sample: samples[0]}}
			w.configure(all, quickProvider)
			w.give(all, "")
			w.mustRun("apply", "-auto-approve")
			w.give(all, " rotated")
			a := success(name, func(d object, _ *request) { c.change(d) })
			w.api.answerWith(func(r *request) *answer {
				if r.Method == http.MethodPut {
					return &a
				}
				return nil
			})
			r := w.run("apply", "-auto-approve")
			if strings.Contains(r.Output(), "inconsistent result") || (r.ExitCode != 0) != (c.want != "") ||
				!strings.Contains(strings.Join(strings.Fields(r.Output()), " "), c.want) {
				t.Errorf("%s", r)
			}
			w.api.answerWith(nil)
			w.mustRun("apply", "-auto-approve")
			if r := w.run("plan", "-detailed-exitcode"); r.ExitCode != 0 {
				t.Errorf("the state has not healed: %s", r)
			}
		})
	}
}

// The provider rejects a response with a repeated key, whichever value is right. In a list, only the object with the repeated key is affected,
// and the provider uses nothing but its ID.
func TestKeysThatComeTwice(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	w.configure(nil, quickProvider, "data \"talonic_delivery_destinations\" \"all\" {}\n")
	w.give(nil, "")
	for body, want := range map[string]string{
		`{"data":[{"id":"d1","ID":"d2","name":"n","type":"webhook"}]}`:           `has no valid "id"`,
		`{"data":[],"data":[{"id":"d1","name":"n","type":"webhook"}]}`:           "same key twice",
		`{"data":[{"id":"d1","name":"n","type":"webhook"}],"data":[],"next":""}`: "same key twice",
	} {
		a := answer{body, func(w http.ResponseWriter, _ *request, _ func() *httptest.ResponseRecorder) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(body))
		}}
		w.api.answerWith(func(*request) *answer { return &a })
		w.mustFail("plan")
		if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(w.last.Output(), "|", "")), " "), want) {
			t.Errorf("%s: %s", body, w.last)
		}
	}
}
