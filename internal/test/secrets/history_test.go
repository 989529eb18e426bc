package secrets

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Attempts and dead letters may repeat sent credentials in messages, in bodies, or in place of a code.
func TestHistory(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	all := []destination{{name: "d000", sample: samples[0]}}
	w.configure(all, quickProvider)
	w.give(all, "")
	w.mustRun("apply", "-auto-approve")
	w.wereSent()

	id := w.api.Destinations()[0].ID
	stored, _ := w.api.Stored(id)
	token, _ := stored.AuthConfig["token"].(string)
	const bindingID = "33333333-3333-4333-8333-333333333333"
	w.api.AddBinding(emulator.Binding{ID: bindingID, Name: "b", DestinationID: id, IsActive: true})
	quotedToken, _ := json.Marshal(token) // any text can be encoded
	var attempts []string
	for i, text := range []string{
		"401 from the receiver: Bearer " + token + " is not valid",
		`{"headers":{"authorization":` + string(quotedToken) + `}}`,
		"signed with " + base64.StdEncoding.EncodeToString([]byte(stored.SigningSecret)),
		"GET https://api.example.com/in?key=" + url.QueryEscape(w.apiKey),
		strings.ToUpper(token),
		stored.SigningSecret,
	} {
		attempt := w.api.AddAttempt(emulator.Attempt{
			BindingID: bindingID, Status: emulator.StatusFailed, ErrorCode: stored.SigningSecret, ErrorMessage: text, RequestBody: text, ResponseBody: text,
			EventID: fmt.Sprint(i + 1),
		})
		attempts = append(attempts, attempt)
		w.api.AddDeadLetter(emulator.DeadLetter{BindingID: bindingID, LastItemID: attempt, ErrorCode: text, ErrorMessage: text})
	}
	var looks strings.Builder
	fmt.Fprintf(&looks, `
data "talonic_delivery_attempts" "all" {
  destination_id = talonic_delivery_destination.d000.id
}

data "talonic_delivery_dead_letters" "all" {
  destination_id = talonic_delivery_destination.d000.id
}

data "talonic_delivery_attempt" "each" {
  for_each       = toset(["%s"])
  id             = talonic_delivery_destination.d000.id == "" ? "" : each.value # after the destination was planned
  include_bodies = true
}

output "everything" {
  sensitive = true
  value     = [data.talonic_delivery_attempts.all, data.talonic_delivery_dead_letters.all, data.talonic_delivery_attempt.each]
}
`, strings.Join(attempts, `", "`))
	const actions = `
action "talonic_delivery_dead_letter_replay" "all" {
  config {
    binding_id = "` + bindingID + `"
  }
}

action "talonic_delivery_dead_letter_dismiss" "all" {
  config {
    binding_id = "` + bindingID + `"
  }
}

action "talonic_delivery_attempt_replay" "first" {
  config {
    attempt_id = "%s"
  }
}
`
	hasActions := acctest.TestedCLI(t).Knows(actions)
	if hasActions {
		fmt.Fprintf(&looks, actions, attempts[0])
	}
	w.configure(all, quickProvider, looks.String())
	w.mustRun("plan", "-out="+planFile)
	w.mustRun("show", "-json", planFile)
	w.mustRun("apply", "-auto-approve")
	w.mustRun("output", "-json")
	if state := string(w.State()); !strings.Contains(state, "(sensitive value)") || !strings.Contains(state, attempts[0]) {
		t.Errorf("the history is not in the state: %s", state)
	}
	if hasActions {
		refused := placements[0].answer(400, plainEcho)
		broken := placements[0].answer(500, plainEcho)
		for _, a := range []answer{refused, broken} {
			w.api.answerWith(func(r *request) *answer {
				if r.Method != http.MethodGet {
					return &a
				}
				return nil
			})
			for _, action := range []string{"dead_letter_replay.all", "dead_letter_dismiss.all", "attempt_replay.first"} {
				w.mustFail("apply", "-auto-approve", "-invoke=action.talonic_delivery_"+action)
			}
			w.api.wereGiven(t, []answer{a})
		}
		w.wasSeen(secretscan.Stderr)
	}
	w.wasSeen(secretscan.State, secretscan.Plan, secretscan.PlanJSON, secretscan.Stdout, secretscan.Log)
}
