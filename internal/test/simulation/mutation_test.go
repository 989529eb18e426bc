package simulation

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mutation is a bug to add to the client. It changes all places that prevent the bug.
type mutation struct {
	name  string
	edits []edit
}

type edit struct {
	file     string // under internal/talonic
	old, new string
}

var mutations = []mutation{
	// Detection of deleted objects.
	{"a 404 of a gateway means gone", []edit{
		{"errors.go", `Gone:       response.StatusCode == http.StatusNotFound && parsed.isNotFound`, `Gone:       response.StatusCode == http.StatusNotFound`},
	}},
	{"what a list that failed does not show is gone", []edit{
		{"gone.go", `		if err != nil {
			return false
		}
		if !slices`, `		if err != nil {
			return true
		}
		if !slices`},
	}},
	{"a list that lags shows what is gone", []edit{
		{"gone.go", `if o.snapshot.IsOwn(id) {`, `if false {`},
		{"readcache/readcache.go", `all, missing := slices.Collect(maps.Values(r.all)), r.missing()`, `all, missing := slices.Collect(maps.Values(r.all)), []string(nil)`},
	}},
	{"a failed delete counts as deleted", []edit{
		{"confirmation.go", `if value, there := d.fields[key]; there && !isTrueJSON(value) {`, `if false {`},
		{"confirmation.go", `return !d.unclear && (len(d.fields) == 0 || isTrueJSON(d.fields[key]))`, `return true`},
	}},

	// Ownership of the result of a create.
	{"what shows something else is adopted", []edit{
		{"lost_create.go", `match := l.sought.match(object)`, `match := Same`},
	}},
	{"what is not shown counts as the same", []edit{
		{"match.go", `return ifOr(foldText(a) == foldText(b) || isMasked(b), Unsure, Different)`, `_, _ = a, b; return Same`},
	}},
	{"a flag that is not shown counts as the same", []edit{
		{"destinations.go", `return d.Config == nil || d.HasAuthConfig == nil || d.HasSigningSecret == nil`, `return d.Config == nil`},
		{"destinations.go", `return ifOr(sent, Unsure, Same)`, `return Same`},
	}},
	{"a known object is taken for a result", []edit{
		{"known_ids.go", `return !k.claimed[id] && (!known || !first.Before(sent))`, `_, _ = first, known; return !k.claimed[id]`},
	}},
	{"the result of another create is taken", []edit{
		{"known_ids.go", `return !k.claimed[id] && (!known || !first.Before(sent))`, `return !known || !first.Before(sent)`},
	}},
	{"what was deleted is forgotten", []edit{
		{"collection.go", `	o.client.account.known.claim(id)
	o.snapshot.Evict(id)`, `	k := o.client.account.known
	k.mu.Lock()
	delete(k.claimed, id)
	delete(k.since, id)
	k.mu.Unlock()
	o.snapshot.Evict(id)`},
	}},
	{"what was created before is taken for a result", []edit{
		{"lost_create.go", `since := latest.Add(-ageTolerance)`, `since := latest.Add(-2 * time.Hour); latest, earliest = since, since`},
	}},
	{"a stale Date is believed", []edit{
		{"clock.go", `if least <= most && (alike || advances && ahead) {`, `if _, _, _ = alike, advances, ahead; true {`},
	}},
	{"what cannot be decided counts as none", []edit{
		{"lost_create.go", `return min(match, Unsure)`, `return Different`},
	}},
	{"one of several results is taken", []edit{
		{"lost_create.go", `if len(f.results) == 1 && len(f.uncertain) == 0 {`, `if len(f.results) > 0 {`},
	}},
	{"an adopted object keeps its credentials", []edit{
		{"lost_create.go", `updated, err := o.update(a.ctx, object.id(), a.sought.asUpdate())`, `updated, err := &object, error(nil)`},
	}},

	// Concurrent creates of one run.
	{"creates of the same do not wait for each other", []edit{
		{"create.go", `defer release()`, `release()`},
	}},
	{"creates wait by what they send to the letter", []edit{
		{"create.go", `enter(ctx, n.fingerprint())`, `enter(ctx, fmt.Sprintf("%+v", n))`},
	}},
	{"aliases do not know of each other", []edit{
		{"client.go", `if c.accounts == nil {`, `if true {`},
	}},

	// Validation of the response to a create.
	{"the rejection by a gateway counts as the API's", []edit{
		{"errors.go", `e.notFromAPI && mayBeAboutResponse(e.StatusCode)`, `false`},
	}},
	{"a response that shows an older object is believed", []edit{
		{"create.go", `case age == older:`, `case false:`},
	}},
	{"a response that shows a known object is believed", []edit{
		{"create.go", `if !o.client.account.mayBeResultOf(shown.id(), a.lookup.sent) {`, `if false {`},
	}},
	{"a response whose Date is stale is believed", []edit{
		{"create.go", `created.from.After(now.Add(most+ageMargin))`, `false && created.to.IsZero()`},
	}},
	{"any text is an id", []edit{
		{"identifier.go", `if id == "" ||`, `if id != "" { return true }; if`},
	}},

	// Effects of an attempt.
	{"a refusal says that nothing was done", []edit{
		{"lost_create.go", `case a.cause == nil:`, `case true:`},
	}},
	{"a gateway that gave up did nothing", []edit{
		{"errors.go", `return status >= 500`, `return false`},
	}},
	{"an earlier attempt is forgotten", []edit{
		{"create.go", `a.succeeded(*created, attempt > 0), nil`, `a.succeeded(*created, false), nil`},
	}},
	{"the second of two results is deleted", []edit{
		{"create.go", `created.Duplicates, created.Unlisted = a.duplicates(object.id())`, `created.Duplicates, created.Unlisted = a.duplicates(object.id()); for _, duplicate := range created.Duplicates { _ = o.delete(a.ctx, duplicate) }`},
	}},
	{"no refresh looks for a duplicate", []edit{
		{"duplicates.go", `return validIDs(found)`, `return nil`},
	}},
	{"each attempt has a key of its own", []edit{
		{"create.go", `idempotencyKey: a.key,`, `idempotencyKey: uuid.NewString(),`},
	}},
	{"an interrupt ends what was begun", []edit{
		{"interrupts.go", `if !g.holding {`, `if true {`},
	}},
	{"an interrupt ends the look-up", []edit{
		{"lost_create.go", `		found, err := a.lookup.search(a.ctx)
		if err != nil {
			unknown.Lookup = err`, `		found, err := a.lookup.search(a.interrupted)
		if err != nil {
			unknown.Lookup = err`},
	}},

	// Content of a list.
	{"pages beyond the first are overlooked", []edit{
		{"page.go", `return p.total != nil && *p.total > read && len(p.items) > 0`, `return false`},
		{"list.go", `if err == nil && l.total != nil && len(l.ids) < *l.total {`, `if false {`},
	}},
	{"pages after a cursor are overlooked", []edit{
		{"list.go", `case first.cursor != "":`, `case false:`},
		{"list.go", `case first.hasMore(len(l.ids)):`, `case false:`},
	}},
	{"an odd neighbor breaks the list", []edit{
		{"page.go", `p.items[i] = decodeWhatFits[T](item)`, `return decodeJSON(item, &p.items[i])`},
	}},
}

// Every mutation still applies: the client contains the code that the mutation changes.
func TestFaultsCanBePutIn(t *testing.T) {
	t.Parallel()
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) { m.put(t) })
	}
}

// The simulation finds every bug that the client once had.
func TestSimulationFindsFaults(t *testing.T) {
	t.Parallel()
	if !*mutate {
		t.Skip("builds the client once for each fault: -mutate")
	}
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			overlay := filepath.Join(t.TempDir(), "overlay.json")
			content, _ := json.Marshal(map[string]map[string]string{"Replace": m.put(t)}) // content has only texts
			if err := os.WriteFile(overlay, content, 0o600); err != nil {
				t.Fatal(err)
			}
			run := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "-count=1", "-run", "^TestSimulation$", ".", "-seeds=200000")
			said, err := run.CombinedOutput()
			if err == nil || !strings.Contains(string(said), "To run it alone") {
				t.Errorf("not found, or it does not build: %v\n%s", err, said)
			}
		})
	}
}

// put writes mutated copies of client files, and returns their paths by original path.
func (m mutation) put(t *testing.T) map[string]string {
	t.Helper()
	source, changed := map[string]string{}, map[string]string{}
	for _, e := range m.edits {
		original, err := filepath.Abs(filepath.Join("..", "..", "talonic", e.file))
		if err != nil {
			t.Fatal(err)
		}
		if source[original] == "" {
			content, err := os.ReadFile(original)
			if err != nil {
				t.Fatal(err)
			}
			source[original], changed[original] = string(content), filepath.Join(t.TempDir(), filepath.Base(e.file))
		}
		if strings.Count(source[original], e.old) != 1 {
			t.Fatalf("%s does not have it once: %s", e.file, e.old)
		}
		source[original] = strings.Replace(source[original], e.old, e.new, 1)
	}
	for original, path := range changed {
		if err := os.WriteFile(path, []byte(source[original]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return changed
}
