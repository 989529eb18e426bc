package docs_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// TestQuotes compares the quotes on the pages with the output of the CLI. It compares plans with the golden files of the resources' tests, and
// diagnostics with separate runs.
func TestQuotes(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t)
	printed := slices.Concat(goldenPlans(t), runs(t), failures(t))
	for _, b := range blocks(t, "text") {
		if slices.Contains([]string{gettingStarted, detectingDrift, applyingWhatWasReviewed, selfService, testingGuide, movingFromGeneric, watchingDeliveries}, b.page) {
			continue // a separate test compares these quotes with the commands before them
		}
		if !quoted(normalized(b.text), printed) {
			t.Errorf("%s: no CLI printed this:\n%s", b, b.text)
		}
	}
}

// omission marks omitted lines in a quote.
const omission = "..."

// quoted reports whether one of the texts contains all lines of the quote, in order and without gaps except at omissions.
func quoted(quote string, texts []string) bool {
	parts := strings.Split("\n"+strings.TrimRight(quote, "\n"), "\n"+omission)
	return slices.ContainsFunc(texts, func(text string) bool {
		rest := "\n" + text
		for _, part := range parts {
			at := strings.Index(rest, part+"\n")
			if at < 0 {
				return false
			}
			rest = rest[at+len(part):]
		}
		return true
	})
}

func TestQuoted(t *testing.T) {
	t.Parallel()
	texts := []string{"x\ny\n", "a\n  b\nc\nd\n"}
	for quote, want := range map[string]bool{
		"a\n  b\n":        true,
		"  b\nc\n":        true,
		"a\n...\nc\nd\n":  true,
		"a\n...\n":        true,
		"a\nc\n":          false,
		"b\n":             false, // different indentation
		"a\n  \n":         false, // not at the end of the line
		"a\n...\n  \nd\n": false,
		"c\n...\na\n":     false,
		"a\n...\nx\n":     false, // from two texts
	} {
		if got := quoted(quote, texts); got != want {
			t.Errorf("%q: %v", quote, got)
		}
	}
}

// volatile lists patterns of text that differs between runs, with their replacements.
var volatile = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`), "<time>"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`), "<time>"},
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "<id>"},
	{regexp.MustCompile(`req_[0-9a-f]{32}`), "<request ID>"},
}

// normalized returns text without parts that differ between runs.
func normalized(text string) string {
	for _, v := range volatile {
		text = v.pattern.ReplaceAllString(text, v.name)
	}
	return strings.ReplaceAll(text, "\u00a0", " ") // non-breaking spaces keep words of the API on one line
}

// goldenPlans returns the plans of the resources' tests, with the names that the pages use.
func goldenPlans(t *testing.T) []string {
	t.Helper()
	names := strings.NewReplacer(
		`talonic_delivery_destination.test`, `talonic_delivery_destination.erp`,
		`"talonic_delivery_destination" "test"`, `"talonic_delivery_destination" "erp"`,
		`"hook"`, `"Production Webhook"`,
		`"extracted"`, `"Approved results to the archive"`,
		"\u00a0", " ",
	)
	var files, plans []string
	for _, topic := range []string{"destination/rotation", "destination/probe", "binding/plan", "binding/incompatible"} {
		resource, topic, _ := strings.Cut(topic, "/")
		found, err := filepath.Glob(filepath.Join(root, "internal", resource, "testdata", topic, "*.golden"))
		if err != nil || len(found) == 0 {
			t.Fatal("there are no golden files of ", topic, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, names.Replace(string(content)))
	}
	return plans
}

// Parts of the configurations of the runs.
const (
	variables = `
variable "token" {
  ephemeral = true
  default   = null
}
variable "signing_secret" {
  ephemeral = true
  default   = null
}
`
	authentication = "auth_bearer {\n token_wo = var.token\n }\n"
	signing        = "signing_secret_wo = var.signing_secret\n"
	pinned         = "credentials_wo_version = 1\n"
	pinnedAnew     = "credentials_wo_version = 2\n"
)

func webhook(version, credentials string) string {
	return destination("Production Webhook", version+"webhook {\n url = \"https://a.example.com\"\n"+credentials+"}\n")
}

func destination(name, arguments string) string {
	return "resource \"talonic_delivery_destination\" \"erp\" {\n name = \"" + name + "\"\n" + arguments + "}\n"
}

// runs returns the output of plans that have a problem.
func runs(t *testing.T) []string {
	t.Helper()
	const (
		bucket = "s3 {\n bucket = \"example-archive\"\n region = \"eu-central-1\"\n"
		key    = "auth_access_key {\n access_key_id = \"AKIAIOSFODNN7EXAMPLE\"\n secret_access_key_wo = \"secret\"\n }\n"
		server = "sftp {\n host = \"sftp.example.com\"\n username = \"talonic\"\n remote_path = \"/in\"\n" +
			"auth_password {\n password_wo = \"secret\"\n }\n}\n"
		check = "check \"erp_is_active\" {\n assert {\n condition = talonic_delivery_destination.erp.is_active\n" +
			" error_message = \"Production Webhook is disabled.\"\n }\n}\n"
	)
	var (
		mu        sync.Mutex
		printed   []string
		secretURL = destination("Production Webhook", "webhook {\n url_wo = \"https://hooks.slack.com/services/T0FAKE/B0FAKE/${var.token}\"\n}\n")
	)
	ok := t.Run("runs", func(t *testing.T) {
		for name, c := range map[string]struct {
			before  string // applied with both variables set
			outside func(*emulator.Destination)
			after   string   // planned
			set     []string // the variables that are set for the plan
			fails   bool
		}{
			"not pinned, null":    {before: webhook("", authentication), after: webhook("", authentication), fails: true},
			"new version, null":   {before: webhook(pinned, authentication), after: webhook(pinnedAnew, authentication), fails: true},
			"signing secret null": {before: webhook(pinned, authentication+signing), after: webhook(pinned, authentication+signing)},
			"signing secret set elsewhere": {
				before: webhook("", ""), outside: func(d *emulator.Destination) { d.HasSigningSecret = true },
				after: webhook("", authentication), set: []string{"token"},
			},
			"authentication set elsewhere": {
				before: webhook("", ""), outside: func(d *emulator.Destination) { d.HasAuthConfig = true },
				after: webhook("", signing), set: []string{"signing_secret"},
			},
			"url that looks like a secret": {
				before: webhook("", ""), after: destination("Production Webhook", "webhook {\n url = \"https://hooks.slack.com/services/T0FAKE/B0FAKE/one\"\n}\n"),
			},
			"url_wo in place of url": {
				before: destination("Production Webhook", "webhook {\n url = \"https://hooks.slack.com/services/T0FAKE/B0FAKE/one\"\n}\n"), after: secretURL, set: []string{"token"},
			},
			"another url_wo": {before: secretURL, after: secretURL, set: []string{"token"}},
			"url_wo changed at the API": {
				before: secretURL, outside: func(d *emulator.Destination) { d.Config["url"] = "https://b.example.com" }, after: secretURL, set: []string{"token"},
			},
			"header that looks like a credential": {after: webhook("", "headers = { \"X-Api-Key\" = \"one\" }\n")},
			"disabled by the API": {
				before: webhook("", "") + check, outside: func(d *emulator.Destination) { d.IsActive = false },
				after: webhook("", "") + check,
			},
			"misspelt token": {
				after: destination("Archive", bucket+"key_template = \"talonic/{evnt_id}\"\n"+key+"}\n"),
			},
			"port set elsewhere": {
				before: destination("Bank", server), outside: func(d *emulator.Destination) { d.Config["port"] = 2022 },
				after: destination("Bank", server),
			},
			"bucket without credentials": {
				before: destination("Archive", bucket+key+"}\n"), after: destination("Archive", bucket+"}\n"), fails: true,
			},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				api := emulator.New(emulator.Behavior{})
				server := httptest.NewServer(api)
				t.Cleanup(server.Close)
				w := acctest.NewWorkspace(t, map[string]string{"main.tf": c.before, "rest.tf": variables + rest("")})
				w.Setenv("TALONIC_BASE_URL", server.URL)
				w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
				w.Apply("-var", "token=one", "-var", "signing_secret=two")
				if c.outside != nil {
					for _, d := range api.Destinations() {
						api.Edit(d.ID, c.outside)
					}
				}
				w.Write("main.tf", c.after)
				args := []string{"plan"}
				for _, variable := range c.set {
					args = append(args, "-var", variable+"=three")
				}
				var r acctest.Result
				if c.fails {
					r = w.MustFail(args...)
				} else {
					r = w.MustRun(args...)
				}
				mu.Lock()
				defer mu.Unlock()
				printed = append(printed, normalized(w.Normalize(r.Output())))
			})
		}
	})
	if !ok {
		t.FailNow()
	}
	return printed
}

// failures returns the output of runs whose requests fail.
func failures(t *testing.T) []string {
	t.Helper()
	const fewAttempts = "provider \"talonic\" {\n max_retries = 1\n max_retry_wait = \"1s\"\n}\n"
	apply := []string{"apply", "-auto-approve"}
	var (
		mu      sync.Mutex
		printed []string
	)
	ok := t.Run("failures", func(t *testing.T) {
		for name, c := range map[string]struct {
			exists bool // the destination exists before the run
			faults []emulator.Fault
			args   []string
			code   int
		}{
			"quota spent":     {true, []emulator.Fault{{Kind: emulator.QuotaSpent}}, []string{"plan"}, 1},
			"gone":            {true, []emulator.Fault{{Kind: emulator.NotFound, Operation: "read"}}, []string{"plan"}, 0},
			"outcome unknown": {false, []emulator.Fault{{Kind: emulator.LostRequest, Operation: "create"}}, apply, 1},
			"adopted":         {false, []emulator.Fault{{Kind: emulator.LostResponse, Operation: "create", Times: 1}}, apply, 0},
			"a second one": {false, []emulator.Fault{
				{Kind: emulator.LostResponse, Operation: "create", Times: 1}, {Kind: emulator.LaggingList, Operation: "list", Times: 1},
			}, apply, 0},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				api := emulator.New(emulator.Behavior{IgnoreIdempotencyKey: true})
				server := httptest.NewServer(api)
				t.Cleanup(server.Close)
				w := acctest.NewWorkspace(t, map[string]string{"main.tf": webhook("", ""), "rest.tf": fewAttempts + rest("")})
				w.Setenv("TALONIC_BASE_URL", server.URL)
				w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
				if c.exists {
					w.Apply()
				}
				api.Inject(c.faults...)
				r := w.Run(c.args...)
				if r.ExitCode != c.code {
					t.Errorf("%s, not %d", r, c.code)
				}
				mu.Lock()
				defer mu.Unlock()
				printed = append(printed, normalized(w.Normalize(r.Output())))
			})
		}
	})
	if !ok {
		t.FailNow()
	}
	return printed
}
