package examples_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// site is where pipelines run: a repository, an API, and programs that stand in for those that talk to the forge.
type site struct {
	*runner
	api     *emulator.Emulator
	stubs   string // has what the stubs read and write
	secrets string // has the files that Atlantis reads
}

// stubs stand in for programs that talk to the forge or install something. They fail if they are called otherwise than the pipelines do.
var stubs = map[string]string{
	"gh": `case "$*" in
"pr comment 7 --body-file comment.md --edit-last --create-if-none") cp comment.md "$STUBS/comment.md" ;;
"api repos/example/deliveries/commits/0123abc/pulls") cat "$STUBS/pulls.json" ;;
*) echo "gh $*" >&2; exit 9 ;;
esac`,
	"curl": `case "$*" in
*" --data-urlencode body@comment.md https://gitlab.example.com/api/v4/projects/1/merge_requests/7/notes") cp comment.md "$STUBS/comment.md" ;;
*) echo "curl $*" >&2; exit 9 ;;
esac`,
	"wget": `case "$*" in
"-q -O merged.json --header PRIVATE-TOKEN: glpat-stub https://gitlab.example.com/api/v4/projects/1/repository/commits/0123abc/merge_requests?state=merged")
  cp "$STUBS/merged.json" merged.json ;;
*) echo "wget $*" >&2; exit 9 ;;
esac`,
	"apk": `[ "$*" = "add --no-cache curl" ]`,
}

// newSite returns a site whose repository has the configuration of the guide "Applying a reviewed plan file" and the policies.
func newSite(t *testing.T, mirror string) *site {
	t.Helper()
	s := &site{
		runner: &runner{t: t, repo: t.TempDir(), artifacts: map[string]map[string][]byte{}},
		api:    emulator.New(emulator.Behavior{RefuseUnknownKeys: true}),
		stubs:  t.TempDir(), secrets: t.TempDir(),
	}
	server := httptest.NewServer(acctest.WithReadKey(s.api))
	t.Cleanup(server.Close)

	guide, err := os.ReadFile("../docs/guides/applying-what-was-reviewed.md")
	if err != nil {
		t.Fatal(err)
	}
	configuration := regexp.MustCompile("(?s)```terraform\n(.*?)```").FindStringSubmatch(string(guide))[1]
	writeFile(t, filepath.Join(s.repo, "main.tf"), configuration)
	writeFile(t, filepath.Join(s.repo, "provider.tf"), requiredProviders+"\nprovider \"talonic\" {\n  default_deletion_policy = \"disable\"\n}\n")
	writeFile(t, filepath.Join(s.repo, "backend.tf"), fmt.Sprintf("terraform {\n  backend \"local\" {\n    path = %q\n  }\n}\n", filepath.Join(t.TempDir(), "terraform.tfstate")))
	if err := os.CopyFS(filepath.Join(s.repo, "policy"), os.DirFS(policies)); err != nil {
		t.Fatal(err)
	}

	programs := t.TempDir()
	for name, script := range stubs {
		writeFile(t, filepath.Join(programs, name), "#!/bin/sh\n"+script+"\n")
	}
	writeFile(t, filepath.Join(programs, "terraform"), "#!/bin/sh\nexec '"+acctest.TestedCLI(t).Path+"' \"$@\"\n")
	for name, content := range map[string]string{
		"talonic-read-key": acctest.ReadKey, "talonic-write-key": emulator.DefaultAPIKey, "erp-token": erpToken, "erp-signing-secret": erpSigningSecret,
	} {
		writeFile(t, filepath.Join(s.secrets, name), content)
	}
	s.variables = append(onPath(programs, filepath.Dir(acctest.Tool(t, "opa")), filepath.Dir(acctest.Tool(t, "conftest"))),
		"STUBS="+s.stubs, "TALONIC_BASE_URL="+server.URL, "TF_CLI_CONFIG_FILE="+mirror, "TF_CLI_ARGS=-no-color", "CHECKPOINT_DISABLE=1")
	return s
}

// providerMirror returns a CLI configuration with which init finds the provider of this checkout, and nothing else.
func providerMirror(t *testing.T) string {
	t.Helper()
	built, mirror := t.TempDir(), t.TempDir()
	if err := cli.BuildProvider(built); err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		dir := filepath.Join(mirror, host, "talonicdev", "talonic", "0.0.1", runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Link(filepath.Join(built, "terraform-provider-talonic"), filepath.Join(dir, "terraform-provider-talonic_v0.0.1")); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(mirror, "cli.tfrc")
	writeFile(t, config, fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))
	return config
}
