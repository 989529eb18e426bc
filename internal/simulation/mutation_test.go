package simulation

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mutation is a fault that is put into the client.
type mutation struct {
	name     string
	file     string // under internal/
	old, new string
}

var mutations = []mutation{
	{
		name: "a 404 of a gateway means gone", file: "talonic/errors.go",
		old: `Gone:       response.StatusCode == http.StatusNotFound && said.isNotFound`, new: `Gone:       response.StatusCode == http.StatusNotFound`,
	},
	{
		name: "what shows something else is adopted", file: "talonic/lookup.go",
		old: `match := l.sought.match(object)`, new: `match := Same`,
	},
	{
		name: "what is not shown counts as the same", file: "talonic/match.go",
		old: `return ifOr(foldText(a) == foldText(b) || isMasked(b), Unsure, Different)`, new: `_, _ = a, b; return Same`,
	},
	{
		name: "the result of another create is taken", file: "talonic/account.go",
		old: `return !k.claimed[id] && (!known || !first.Before(sent))`, new: `return !known || !first.Before(sent)`,
	},
	{
		name: "what was created before is taken for a result", file: "talonic/lookup.go",
		old: `since := latest.Add(-ageTolerance)`, new: `since := latest.Add(-2 * time.Hour); latest, earliest = since, since`,
	},
	{
		name: "an adopted object keeps its credentials", file: "talonic/create.go",
		old: `updated, err := o.update(a.ctx, object.id(), a.sought.asUpdate())`, new: `updated, err := &object, error(nil)`,
	},
	{
		name: "a refusal says that nothing was done", file: "talonic/create.go",
		old: `case a.cause == nil:`, new: `case true:`,
	},
	{
		name: "an interrupt ends what was begun", file: "talonic/grace.go",
		old: `if !g.holding {`, new: `if true {`,
	},
	{
		name: "a gateway that gave up did nothing", file: "talonic/errors.go",
		old: `return status >= 500`, new: `return false`,
	},
	{
		name: "creates of the same do not wait for each other", file: "talonic/create.go",
		old: `defer release()`, new: `release()`,
	},
	{
		name: "a response that shows an older object is believed", file: "talonic/create.go",
		old: `case age == older:`, new: `case false:`,
	},
	{
		name: "an earlier attempt is forgotten", file: "talonic/create.go",
		old: `a.succeeded(*created, attempt > 0), nil`, new: `a.succeeded(*created, false), nil`,
	},
	{
		name: "the second of two results is deleted", file: "talonic/create.go",
		old: `created.Twins = a.twins(object.id())`, new: `created.Twins = a.twins(object.id()); for _, twin := range created.Twins { _ = o.delete(a.ctx, twin) }`,
	},
}

// The invariants are worth what they find. Each fault that the client once had is put back in, and the simulation finds it.
func TestSimulationFindsFaults(t *testing.T) {
	t.Parallel()
	if !*mutate {
		t.Skip("builds the client once for each fault: -mutate")
	}
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			original, err := filepath.Abs(filepath.Join("..", filepath.FromSlash(m.file)))
			if err != nil {
				t.Fatal(err)
			}
			source, err := os.ReadFile(original)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Count(string(source), m.old) != 1 {
				t.Fatalf("%s does not have it once: %s", m.file, m.old)
			}
			changed := filepath.Join(t.TempDir(), "changed.go")
			overlay := filepath.Join(t.TempDir(), "overlay.json")
			replaced, _ := json.Marshal(map[string]map[string]string{"Replace": {original: changed}}) // only texts
			for name, content := range map[string]string{changed: strings.Replace(string(source), m.old, m.new, 1), overlay: string(replaced)} {
				if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			run := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "-count=1", "-run", "^TestSimulation$", ".", "-seeds=20000")
			said, err := run.CombinedOutput()
			if err == nil || !strings.Contains(string(said), "To run it alone") {
				t.Errorf("not found, or it does not build: %v\n%s", err, said)
			}
		})
	}
}
