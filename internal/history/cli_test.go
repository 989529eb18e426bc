package history_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// output is an output of the workspace as decoded JSON.
func output(t *testing.T, w *acctest.Workspace, name string) (value any) {
	t.Helper()
	if err := json.Unmarshal([]byte(w.MustRun("output", "-json", name).Stdout), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// The data sources by the real CLI: what they show, what they keep from plans, and that a plan after them is empty.
func TestDataSourcesByCLI(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.attempts(toLedger, "sf")
	a.AddAttempt(emulator.Attempt{
		ID: idOf("a", 3), BindingID: toArchive, Status: emulator.StatusFailed, ErrorCode: "connector_4xx", ErrorMessage: "no such account 4711",
		RequestBody: `{"payload":{"total":12}}`, ResponseBody: "no such account", CreatedAt: start.Add(time.Hour),
	})
	a.AddDeadLetter(emulator.DeadLetter{ID: idOf("d", 1), BindingID: toArchive, LastItemID: idOf("a", 3), ErrorCode: "connector_4xx", ErrorMessage: "no such account 4711"})
	w := a.workspace(t, `
data "talonic_delivery_attempts" "failed" {
  status = "failed"
  limit  = 1
}

data "talonic_delivery_dead_letters" "archive" {
  destination_id = "`+archiveID+`"
}

data "talonic_delivery_attempt" "last" {
  id             = data.talonic_delivery_dead_letters.archive.dead_letters[0].last_attempt_id
  include_bodies = true
}

output "failed" {
  value = [data.talonic_delivery_attempts.failed.total, data.talonic_delivery_attempts.failed.attempts[*].id]
}

output "dead" {
  value = [for d in data.talonic_delivery_dead_letters.archive.dead_letters : d.error_code]
}

output "why" {
  sensitive = true
  value     = [data.talonic_delivery_dead_letters.archive.dead_letters[0].error_message, data.talonic_delivery_attempt.last.response_body]
}
`)
	printed := w.Apply().Output()
	got, _ := json.Marshal([]any{output(t, w, "failed"), output(t, w, "dead"), output(t, w, "why")}) // decoded JSON can be encoded
	if want := `[[2,["` + idOf("a", 3) + `"]],["connector_4xx"],["no such account 4711","no such account"]]`; string(got) != want {
		t.Errorf("%s, not %s", got, want)
	}
	if strings.Contains(printed, "no such account") || strings.Contains(printed, "payload") {
		t.Errorf("a message or a body was printed:\n%s", printed)
	}
	w.PlanEmpty()

	// Without sensitive = true, the CLI refuses to show a message.
	w.Write("more.tf", "output \"leak\" {\n value = data.talonic_delivery_attempts.failed.attempts[0].error_message\n}\n")
	if out := w.MustFail("plan").Output(); !strings.Contains(out, "Output refers to sensitive values") {
		t.Errorf("refused otherwise:\n%s", out)
	}
}

const byCLI = `
action "talonic_delivery_dead_letter_replay" "ledger" {
  config {
    binding_id = "` + toLedger + `"
    max        = 2
  }
}

action "talonic_delivery_dead_letter_dismiss" "archive" {
  config {
    destination_id = "` + archiveID + `"
  }
}

action "talonic_delivery_attempt_replay" "first" {
  config {
    attempt_id = "a0000000-0000-4000-8000-000000000001"
  }
}

action "talonic_delivery_dead_letter_replay" "some" {
  config {
    dead_letter_ids = ["d0000000-0000-4000-8000-000000000003", "d0000000-0000-4000-8000-000000000009"]
  }
}
`

// The actions by the real CLI. Nothing is replayed or dismissed by a plan or an apply that does not invoke them.
func TestActionsByCLI(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.letters(toLedger, "connector_5xx", 3)
	a.letters(toArchive, "payload_too_large", 2)
	a.attempts(toLedger, "f")
	w := a.workspace(t, byCLI)
	if !acctest.TestedCLI(t).Knows(byCLI) {
		if out := w.MustFail("validate").Output(); !strings.Contains(out, `Blocks of type "action" are not expected here`) {
			t.Errorf("refused otherwise:\n%s", out)
		}
		return
	}
	w.PlanEmpty()
	w.Apply()
	if a.left() != "1 2 3 4 5" || len(a.Attempts()) != 1 {
		t.Fatalf("left: %s, attempts: %d", a.left(), len(a.Attempts()))
	}
	invoke := func(action string) acctest.Result { return w.Run("apply", "-auto-approve", "-invoke=action."+action) }
	expect := func(r acctest.Result, code int, left string, wanted ...string) {
		t.Helper()
		out := strings.Join(strings.Fields(r.Output()), " ")
		for _, want := range wanted {
			if !strings.Contains(out, want) {
				t.Errorf("%q is not said:\n%s", want, r)
			}
		}
		if r.ExitCode != code || a.left() != left {
			t.Errorf("%s\nleft: %s", r, a.left())
		}
	}
	expect(invoke("talonic_delivery_dead_letter_replay.ledger"), 0, "3 4 5",
		"Dead letter "+idOf("d", 1)+" replayed (1 of 2)", "Replayed: 2 of 2 dead letters.", "max is 2, so 1 dead letter is left.")
	expect(invoke("talonic_delivery_dead_letter_dismiss.archive"), 0, "3", "Dismissed: 2 of 2 dead letters.")
	expect(invoke("talonic_delivery_attempt_replay.first"), 0, "3", "Delivery attempt "+idOf("a", 1)+" replayed")
	expect(invoke("talonic_delivery_dead_letter_replay.some"), 1, "", "Dead letter "+idOf("d", 3)+" replayed (1 of 2)",
		"Error: Cannot replay delivery dead letters", "Replayed: 1 of 2 dead letters, 1 rejected.", "Dead letter not found.")
}

// An interrupted action finishes the replay that it has begun, and begins no other. Terraform 1.16 ends such a run without the action's
// error: see TestReplayIsInterrupted for what that says.
func TestInterruptedReplay(t *testing.T) {
	t.Parallel()
	if !acctest.TestedCLI(t).Knows(byCLI) {
		t.Skip("only a CLI with actions")
	}
	a := newAPI(t, emulator.Behavior{})
	a.letters(toLedger, "connector_5xx", 5)
	w := a.workspace(t, strings.Replace(byCLI, "max        = 2", "", 1))
	a.Inject(emulator.Fault{Kind: emulator.LateResponse, Operation: "replay-dead-letter", Delay: time.Second})
	c := w.Start("apply", "-auto-approve", "-invoke=action.talonic_delivery_dead_letter_replay.ledger")
	for begin := time.Now(); !c.HasPrinted("replayed (1 of 5)") && time.Since(begin) < time.Minute; time.Sleep(20 * time.Millisecond) {
	}
	c.Interrupt()
	if r := c.Wait(); len(a.DeadLetters()) < 2 {
		t.Errorf("%s\nleft: %s", r, a.left())
	}
	for event, n := range a.replays() {
		if n > 1 {
			t.Errorf("event %s was replayed %d times", event, n)
		}
	}
}
