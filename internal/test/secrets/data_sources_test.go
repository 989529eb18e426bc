package secrets

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// A run that only reads does not know the credentials that others gave the API. It masks credentials that it recognizes by their names, and
// its own API key everywhere.
func TestLooking(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	w.logLess()
	all := []destination{{name: "d000", sample: samples[0]}, {name: "d001", sample: samples[len(samples)-1]}, {name: "d002", sample: secretURL}}
	w.configure(all, quickProvider)
	w.give(all, "")
	w.mustRun("apply", "-auto-approve")
	w.wereSent()

	var looks strings.Builder
	looks.WriteString("data \"talonic_delivery_destinations\" \"all\" {}\n")
	for _, catalog := range []string{"connectors", "signals", "deliverables", "serializers"} {
		fmt.Fprintf(&looks, "data \"talonic_delivery_%s\" \"all\" {}\n", catalog)
	}
	for _, d := range w.api.Destinations() {
		w.api.SetTestOutcome(d.ID, emulator.TestOutcome{Message: "endpoint refused the credentials"})
		fmt.Fprintf(&looks, "data \"talonic_delivery_destination\" %q {\n id = %q\n}\n", d.Name, d.ID)
		fmt.Fprintf(&looks, "data \"talonic_delivery_destination\" \"by_name_%s\" {\n name = %q\n}\n", d.Name, d.Name)
		fmt.Fprintf(&looks, "data \"talonic_delivery_destination_test\" %q {\n destination_id = %q\n}\n", d.Name, d.ID)
	}
	looks.WriteString("output \"everything\" {\n sensitive = true\n value = [")
	looks.WriteString("data.talonic_delivery_destinations.all, data.talonic_delivery_destination.d000, data.talonic_delivery_destination_test.d000")
	looks.WriteString("]\n}\n")
	w.configure(nil, quickProvider, "removed {\n from = talonic_delivery_destination.d000\n lifecycle {\n destroy = false\n }\n}\n",
		"removed {\n from = talonic_delivery_destination.d001\n lifecycle {\n destroy = false\n }\n}\n",
		"removed {\n from = talonic_delivery_destination.d002\n lifecycle {\n destroy = false\n }\n}\n", looks.String())

	stored := func(d object) object {
		id, _ := d["id"].(string)
		credentials, _ := w.api.Stored(id)
		return object{"auth_config": credentials.AuthConfig, "signing_secret": credentials.SigningSecret}
	}
	key := func(r *request) string {
		return "Bearer " + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	}
	for _, a := range []answer{
		each("nothing strange", func(object, *request) {}),
		each("credentials beside config", func(d object, _ *request) {
			for name, value := range stored(d) {
				d[name] = value
			}
		}),
		each("credentials in config", func(d object, _ *request) {
			for name, value := range stored(d) {
				configOf(d)[name] = value
			}
		}),
		each("credentials deep in config", func(d object, _ *request) { configOf(d)["debug"] = []any{object{"stored": stored(d)}} }),
		each("the URL under other keys", func(d object, _ *request) {
			configOf(d)["debug"] = object{"sent": []any{"POST", configOf(d)["url"], fmt.Sprintf("POST %v failed", configOf(d)["url"])}}
		}),
		each("the URL in a message", func(d object, _ *request) { d["message"] = fmt.Sprintf("POST %v failed", configOf(d)["url"]) }),
		each("credentials in headers", func(d object, _ *request) {
			auth, _ := stored(d)["auth_config"].(object)
			configOf(d)["headers"] = object{"Authorization": auth["token"], "X-Signing-Secret": stored(d)["signing_secret"]}
		}),
		each("the API key in config", func(d object, r *request) { configOf(d)["debug"] = key(r) }),
		each("the API key as a status", func(d object, r *request) { d["last_delivery_status"] = key(r) }),
		each("the API key in a label", func(d object, r *request) { d["label"] = key(r) }),
		each("the API key in a message", func(d object, r *request) { d["message"] = key(r) }),
		placements[0].answer(422, plainEcho),
	} {
		w.suspect = func(string) string { return a.name }
		w.api.answerWith(func(r *request) *answer {
			if r.Method == http.MethodGet || strings.HasSuffix(r.URL.Path, "/test") {
				return &a
			}
			return nil
		})
		w.run("apply", "-auto-approve")
		w.run("plan", "-out="+planFile)
		w.run("show", "-json", planFile)
		w.run("output", "-json")
		w.api.wereGiven(t, []answer{a})
	}
	w.wasSeen(secretscan.State, secretscan.Plan, secretscan.PlanJSON, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}
