package examples_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Secrets of the pipelines, which no job may print and no artifact may hold.
const (
	erpToken         = "fakeToken01a2b3c4"
	erpSigningSecret = "whsec_fake01a2b3c4"
)

// pipelines are what a site has for a repository. Each ends with 0 if it lets the change pass.
type pipelines struct {
	review func(labels ...string) (comment string, code int) // of a pull request
	merge  func(labels ...string) int                        // of the main branch, after its plan was approved
	drift  func() (output string, code int)                  // every night
	labels bool                                              // labels count
}

// TestPipelines runs the shell steps of the pipelines: the review of a pull request, the apply after it, and the nightly job.
func TestPipelines(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t)
	mirror := providerMirror(t)
	for name, of := range map[string]func(*site) pipelines{"github": github, "gitlab": gitlab, "atlantis": atlantis} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, mirror)
			p := of(s)

			s.edit("https://erp", "http://erp")
			if comment, code := p.review(); code == 0 || !strings.Contains(comment, "[https]") || !strings.Contains(comment, "talonic_delivery_destination.erp will be created") {
				t.Errorf("the review of a URL without encryption ends with %d:\n%s", code, comment)
			}
			if code := p.merge(); code == 0 {
				t.Error("a plan that a policy refuses is applied")
			}
			s.edit("http://erp", "https://erp")
			if comment, code := p.review(); code != 0 || !strings.Contains(comment, "Plan: 1 to add, 0 to change, 0 to destroy.") || strings.Contains(comment, "[https]") {
				t.Errorf("the review ends with %d:\n%s", code, comment)
			}
			for _, request := range s.api.Requests() {
				if request.Method != http.MethodGet {
					t.Errorf("a review sends %s %s", request.Method, request.Path)
				}
			}

			if code := p.merge(); code != 0 || len(s.api.Destinations()) != 1 {
				t.Fatalf("the apply ends with %d, and there are %d destinations:\n%s", code, len(s.api.Destinations()), s.printed.String())
			}
			for text, want := range map[string]int{erpToken: 1, erpSigningSecret: 1, "placeholder": 0} {
				if got := requestsWith(s.api, text); got != want {
					t.Errorf("%d requests carry %q, want %d", got, text, want)
				}
			}

			if output, code := p.drift(); code != 0 {
				t.Errorf("nothing has drifted, but the job ends with %d:\n%s", code, output)
			}
			s.setURL("https://elsewhere.example.com")
			if output, code := p.drift(); code == 0 || !strings.Contains(output, "elsewhere.example.com") {
				t.Errorf("the job for drift ends with %d:\n%s", code, output)
			}
			s.setURL("https://erp.example.com/hooks/talonic")

			s.testApproval(p)
			for _, secret := range []string{erpToken, erpSigningSecret} {
				if strings.Contains(s.printed.String(), secret) {
					t.Errorf("a job prints %q", secret)
				}
			}
		})
	}
}

// testApproval replaces a destination that has bindings.
func (s *site) testApproval(p pipelines) {
	s.t.Helper()
	writeFile(s.t, filepath.Join(s.repo, "binding.tf"), strings.TrimPrefix(boundERP, signedERP))
	if code := p.merge(); code != 0 || len(s.api.Bindings()) != 1 {
		s.t.Fatalf("the apply of a binding ends with %d", code)
	}
	content, err := os.ReadFile(filepath.Join(s.repo, "main.tf"))
	if err != nil {
		s.t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(content), "\n  webhook {")
	writeFile(s.t, filepath.Join(s.repo, "main.tf"), before+"\n"+signedBlock(archive))
	if comment, code := p.review("other"); code == 0 || !strings.Contains(comment, "[destroy]") {
		s.t.Errorf("the review of a replacement without approval ends with %d:\n%s", code, comment)
	}
	if code := p.merge("other"); code == 0 || s.api.Destinations()[0].Type != "webhook" || len(s.api.Destinations()) != 1 {
		s.t.Errorf("the apply of a replacement without approval ends with %d", code)
	}
	if !p.labels {
		return
	}
	if comment, code := p.review("other", "approved-destroy"); code != 0 {
		s.t.Errorf("the review of an approved replacement ends with %d:\n%s", code, comment)
	}
	if code := p.merge("other", "approved-destroy"); code != 0 || len(s.api.Destinations()) != 2 { // "disable" keeps the first one
		s.t.Errorf("the apply of an approved replacement ends with %d, and there are %d destinations:\n%s", code, len(s.api.Destinations()), s.printed.String())
	}
}

func (s *site) setURL(url string) {
	s.api.Edit(s.api.Destinations()[0].ID, func(d *emulator.Destination) { d.Config["url"] = url })
}

// edit changes the configuration in the repository.
func (s *site) edit(old, replacement string) {
	s.t.Helper()
	name := filepath.Join(s.repo, "main.tf")
	content, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(content), old) {
		s.t.Fatal(old, err)
	}
	writeFile(s.t, name, strings.ReplaceAll(string(content), old, replacement))
}

// github is the site with the workflows of GitHub Actions.
func github(s *site) pipelines {
	s.shell = []string{"bash", "-e", "-c"} // as runners do
	values := func(labels []string) map[string]string {
		quoted, named := []string{}, []string{}
		for _, label := range labels {
			quoted, named = append(quoted, fmt.Sprintf("%q", label)), append(named, fmt.Sprintf(`{"id":1,"name":%q}`, label))
		}
		writeFile(s.t, filepath.Join(s.stubs, "pulls.json"), `[{"number":7,"labels":[`+strings.Join(named, ",")+"]}]")
		return map[string]string{
			"toJSON(github.event.pull_request.labels.*.name)": "[" + strings.Join(quoted, ",") + "]",
			"github.event.pull_request.number":                "7", "github.repository": "example/deliveries", "github.sha": "0123abc", "github.token": "ghs_stub",
			"secrets.TALONIC_READ_KEY": acctest.ReadKey, "secrets.TALONIC_WRITE_KEY": emulator.DefaultAPIKey,
			"secrets.ERP_TOKEN": erpToken, "secrets.ERP_SIGNING_SECRET": erpSigningSecret,
		}
	}
	return pipelines{
		labels: true,
		review: func(labels ...string) (string, int) {
			_, _, code := s.run(githubJob(s.t, "ci/github/plan.yml", "plan", values(labels)))
			s.mustRun(githubJob(s.t, "ci/github/plan.yml", "comment", values(labels)))
			return s.comment(), code
		},
		merge: func(labels ...string) int {
			_, outputs, code := s.run(githubJob(s.t, "ci/github/apply.yml", "plan", values(labels)))
			if code != 0 {
				return code
			}
			if outputs != "changes=true\n" {
				s.t.Errorf("the plan has the output %q", outputs)
			}
			_, _, code = s.run(githubJob(s.t, "ci/github/apply.yml", "apply", values(labels)))
			return code
		},
		drift: func() (string, int) {
			output, _, code := s.run(githubJob(s.t, "ci/github/drift.yml", "drift", values(nil)))
			return output, code
		},
	}
}

// gitlab is the site with the pipeline of GitLab.
func gitlab(s *site) pipelines {
	const file = "ci/gitlab/.gitlab-ci.yml"
	s.shell = []string{"sh", "-e", "-c"}
	s.variables = append(s.variables, "CI_API_V4_URL=https://gitlab.example.com/api/v4", "CI_PROJECT_ID=1", "CI_COMMIT_SHA=0123abc", "CI_MERGE_REQUEST_IID=7", "COMMENT_TOKEN=glpat-stub")
	in := func(name, source string, labels []string) job {
		j := gitlabJob(s.t, file, name, map[string]string{
			"TALONIC_READ_KEY": acctest.ReadKey, "TALONIC_WRITE_KEY": emulator.DefaultAPIKey, "ERP_TOKEN": erpToken, "ERP_SIGNING_SECRET": erpSigningSecret,
		})
		quoted := []string{}
		for _, label := range labels {
			quoted = append(quoted, fmt.Sprintf("%q", label))
		}
		writeFile(s.t, filepath.Join(s.stubs, "merged.json"), `[{"iid":7,"title":"approved-destroy","labels":[`+strings.Join(quoted, ",")+`],"state":"merged"}]`)
		j.env["CI_PIPELINE_SOURCE"] = source
		if source == "merge_request_event" {
			j.env["CI_MERGE_REQUEST_LABELS"] = strings.Join(labels, ",")
		}
		return j
	}
	return pipelines{
		labels: true,
		review: func(labels ...string) (string, int) {
			const source = "merge_request_event"
			s.mustRun(in("plan", source, labels))
			_, _, code := s.run(in("policy", source, labels))
			s.mustRun(in("comment", source, labels))
			return s.comment(), code
		},
		merge: func(labels ...string) int {
			s.mustRun(in("plan", "push", labels))
			if _, _, code := s.run(in("policy", "push", labels)); code != 0 {
				return code
			}
			_, _, code := s.run(in("apply", "push", labels))
			return code
		},
		drift: func() (string, int) {
			output, _, code := s.run(in("drift", "schedule", nil))
			return output, code
		},
	}
}

// atlantis is the site with the workflow of Atlantis, which comments what it prints, and applies before the merge.
func atlantis(s *site) pipelines {
	s.shell = []string{"sh", "-c"}
	stage := func(name string) job {
		j := atlantisJob(s.t, "ci/atlantis/repos.yaml", name)
		for i, step := range j.steps {
			j.steps[i].script = s.paths(step.script)
		}
		return j
	}
	review := func(...string) (string, int) {
		s.artifacts["workspace"] = nil
		plan, _, code := s.run(stage("plan"))
		if code != 0 {
			s.t.Fatal(plan)
		}
		verdict, _, code := s.run(stage("policy_check"))
		return plan + verdict, code
	}
	return pipelines{
		review: review,
		merge: func(...string) int {
			if _, code := review(); code != 0 {
				return code
			}
			_, _, code := s.run(stage("apply"))
			return code
		},
		drift: func() (string, int) {
			script, err := os.ReadFile("ci/atlantis/drift.sh")
			if err != nil {
				s.t.Fatal(err)
			}
			output, _, code := s.run(job{steps: []shellStep{{script: s.paths(string(script))}}})
			return output, code
		},
	}
}

// paths is a script of Atlantis with the paths of the test.
func (s *site) paths(script string) string {
	return strings.NewReplacer("/run/secrets/", s.secrets+"/", "/etc/atlantis/policy", filepath.Join(s.repo, "policy")).Replace(script)
}

// mustRun runs a job that must not fail.
func (s *site) mustRun(j job) {
	s.t.Helper()
	if output, _, code := s.run(j); code != 0 {
		s.t.Fatalf("the job ends with %d:\n%s", code, output)
	}
}

// comment takes the comment that a stub has received.
func (s *site) comment() string {
	s.t.Helper()
	name := filepath.Join(s.stubs, "comment.md")
	content, err := os.ReadFile(name)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := os.Remove(name); err != nil {
		s.t.Fatal(err)
	}
	return string(content)
}

// TestWorkflowsOfExamples checks the workflows with actionlint, and that each action is pinned to a commit.
func TestWorkflowsOfExamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("ci/github/*.yml")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	// It uses shellcheck and pyflakes where they are installed, which would make a difference.
	if out, code := run(t, ".", nil, acctest.Tool(t, "actionlint"), append([]string{"-no-color", "-shellcheck=", "-pyflakes="}, files...)...); code != 0 {
		t.Errorf("actionlint ends with %d:\n%s", code, out)
	}
	own, err := filepath.Glob("../.github/workflows/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	pins := map[string]string{}
	pinned := regexp.MustCompile(`(?m)^\s*(?:- )?uses: ([\w./-]+)@(.*)$`)
	for _, file := range append(own, files...) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, use := range pinned.FindAllStringSubmatch(string(content), -1) {
			if !regexp.MustCompile(`^[0-9a-f]{40} # v\d+\.\d+\.\d+$`).MatchString(use[2]) {
				t.Errorf("%s: %s is not pinned to a commit", file, use[1])
			}
			if before, ok := pins[use[1]]; ok && before != use[2] {
				t.Errorf("%s: %s has two pins", file, use[1])
			}
			pins[use[1]] = use[2]
		}
		if strings.HasPrefix(file, "ci/") && !strings.Contains(string(content), "\npermissions: {}\n") {
			t.Errorf("%s: a job has permissions that it does not ask for", file)
		}
	}
}
