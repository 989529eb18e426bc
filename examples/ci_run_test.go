package examples_test

import (
	"encoding/json"
	"maps"
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

// converted holds the YAML files that readYAML has read, as JSON.
var converted sync.Map

// readYAML reads a YAML file, with OPA, which the tests have anyway.
func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	out, ok := converted.Load(name)
	if !ok {
		text, code := run(t, ".", nil, acctest.Tool(t, "opa"), "eval", "--format", "raw", "--input", name, "input")
		if code != 0 {
			t.Fatalf("%s: opa ends with %d:\n%s", name, code, text)
		}
		out = []byte(text)
		converted.Store(name, out)
	}
	if err := json.Unmarshal(out.([]byte), into); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// job is what is left of a job of a pipeline if a shell runs it.
type job struct {
	env   map[string]string
	steps []shellStep
}

// shellStep takes artifacts of earlier jobs, runs a script, and keeps files as an artifact.
type shellStep struct {
	take   []string
	script string
	env    map[string]string
	keep   string
	files  []string
	always bool // also after a failure
}

// runner runs the jobs of pipelines, each in a checkout of its own.
type runner struct {
	t         *testing.T
	repo      string
	shell     []string
	variables []string                     // of every job
	artifacts map[string]map[string][]byte // files by name, by the name of the artifact
	printed   strings.Builder              // by all jobs
}

// run runs a job. It returns what the job prints, what it writes for later jobs and for the summary, and how it ends.
func (r *runner) run(j job) (output, forJobs string, code int) {
	r.t.Helper()
	dir, reports := r.t.TempDir(), r.t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(r.repo)); err != nil {
		r.t.Fatal(err)
	}
	r.checkSecrets(j)
	env := append(slices.Clone(r.variables), "PWD="+dir, "GITHUB_OUTPUT="+filepath.Join(reports, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(reports, "summary"),
		"PLANFILE="+filepath.Join(dir, "default.tfplan"), "SHOWFILE="+filepath.Join(dir, "default.json"))
	for _, step := range j.steps {
		if code != 0 && !step.always {
			continue
		}
		for _, name := range step.take {
			for file, content := range r.artifacts[name] {
				writeFile(r.t, filepath.Join(dir, file), string(content))
			}
		}
		if step.script != "" {
			out, exit := run(r.t, dir, slices.Concat(env, entries(j.env), entries(step.env)), r.shell[0], append(slices.Clone(r.shell[1:]), step.script)...)
			output += out
			code = max(code, exit)
		}
		if step.keep != "" {
			kept := map[string][]byte{}
			for _, file := range step.files {
				if content, err := os.ReadFile(filepath.Join(dir, file)); err == nil {
					kept[file] = content
				}
			}
			r.artifacts[step.keep] = kept
		}
	}
	report := func(name string) string {
		content, err := os.ReadFile(filepath.Join(reports, name))
		if err != nil {
			return "" // no step has written it
		}
		return string(content)
	}
	output += report("summary")
	r.printed.WriteString(output)
	return output, report("output"), code
}

// checkSecrets checks that a job which does not apply has neither the key that can write nor the secrets of destinations.
func (r *runner) checkSecrets(j job) {
	r.t.Helper()
	given := ""
	for _, step := range j.steps {
		if strings.Contains(step.script, "terraform apply") {
			return
		}
		given += step.script + "\n" + strings.Join(entries(step.env), "\n") + "\n"
	}
	given += strings.Join(entries(j.env), "\n")
	for _, secret := range []string{emulator.DefaultAPIKey, erpToken, erpSigningSecret, "/talonic-write-key", "/erp-"} {
		if strings.Contains(given, secret) {
			r.t.Errorf("a job that does not apply is given %q", secret)
		}
	}
}

// entries are variables as a process has them.
func entries(variables map[string]string) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		all = append(all, name+"="+variables[name])
	}
	return all
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o700); err != nil {
		t.Fatal(err)
	}
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// githubJob is a job of a workflow, with values for its expressions.
func githubJob(t *testing.T, file, name string, values map[string]string) job {
	t.Helper()
	var workflow struct {
		Jobs map[string]struct {
			Env   map[string]string
			Steps []struct {
				Uses, Run, If string
				Env           map[string]string
				With          map[string]any
			}
		}
	}
	readYAML(t, file, &workflow)
	evaluated := func(env map[string]string) map[string]string {
		result := map[string]string{}
		for name, value := range env {
			result[name] = expression.ReplaceAllStringFunc(value, func(match string) string {
				key := expression.FindStringSubmatch(match)[1]
				value, ok := values[key]
				if !ok {
					t.Errorf("%s: no value for %q", file, key)
				}
				return value
			})
		}
		return result
	}
	declared, ok := workflow.Jobs[name]
	if !ok {
		t.Fatalf("%s has no job %q", file, name)
	}
	made := job{env: evaluated(declared.Env)}
	for _, step := range declared.Steps {
		if expression.MatchString(step.Run) {
			t.Errorf("%s: a script holds an expression, which anyone who fills it in can break out of:\n%s", file, step.Run)
		}
		s := shellStep{script: step.Run, env: evaluated(step.Env), always: step.If == "always()"}
		switch action, _, _ := strings.Cut(step.Uses, "@"); action {
		case "actions/upload-artifact":
			s.keep, s.files = step.With["name"].(string), []string{step.With["path"].(string)}
		case "actions/download-artifact":
			s.take = []string{step.With["name"].(string)}
		case "", "actions/checkout", "hashicorp/setup-terraform", "open-policy-agent/setup-opa":
		default:
			t.Fatalf("%s: unknown action %q", file, action)
		}
		made.steps = append(made.steps, s)
	}
	return made
}

// gitlabJob is a job of the GitLab pipeline, with values for the variables that its variables are made of.
func gitlabJob(t *testing.T, file, name string, values map[string]string) job {
	t.Helper()
	var pipeline map[string]json.RawMessage
	readYAML(t, file, &pipeline)
	var declared struct {
		Variables map[string]string
		Script    []string
		Needs     []string
		Artifacts struct{ Paths []string }
	}
	if err := json.Unmarshal(pipeline[name], &declared); err != nil {
		t.Fatalf("%s: %s: %v", file, name, err)
	}
	made := job{env: map[string]string{}}
	var global map[string]string
	if err := json.Unmarshal(pipeline["variables"], &global); err != nil {
		t.Fatal(err)
	}
	for _, variables := range []map[string]string{global, declared.Variables} {
		for key, value := range variables {
			made.env[key] = os.Expand(value, func(name string) string {
				value, ok := values[name]
				if !ok {
					t.Errorf("%s: no value for %q", file, name)
				}
				return value
			})
		}
	}
	made.steps = []shellStep{
		{take: declared.Needs},
		{script: strings.Join(declared.Script, "\n")},
		{keep: name, files: declared.Artifacts.Paths, always: true},
	}
	return made
}

// atlantisJob is a stage of the workflow of Atlantis. The commands of its own are as its documentation describes them.
func atlantisJob(t *testing.T, file, stage string) job {
	t.Helper()
	var config struct {
		Policies struct {
			PolicySets []struct{ Path string } `json:"policy_sets"`
		}
		Workflows map[string]map[string]struct{ Steps []any }
	}
	readYAML(t, file, &config)
	builtIn := map[string]string{
		"init":         "terraform init",
		"plan":         `terraform plan -out "$PLANFILE"`,
		"show":         `terraform show -json "$PLANFILE" > "$SHOWFILE"`,
		"policy_check": `conftest test --no-color -p ` + config.Policies.PolicySets[0].Path + ` "$SHOWFILE"`,
		"apply":        `terraform apply "$PLANFILE"`,
	}
	var made job
	prefix := ""
	for _, step := range config.Workflows["talonic"][stage].Steps {
		if name, ok := step.(string); ok {
			made.steps = append(made.steps, shellStep{script: prefix + builtIn[name]})
			continue
		}
		for name, value := range step.(map[string]any) {
			arguments := value.(map[string]any)
			switch {
			case name == "env" && arguments["command"] != nil:
				prefix += "export " + arguments["name"].(string) + `="$(` + arguments["command"].(string) + ")\"\n"
			case name == "env":
				prefix += "export " + arguments["name"].(string) + "='" + arguments["value"].(string) + "'\n"
			case name == "run":
				made.steps = append(made.steps, shellStep{script: prefix + arguments["command"].(string)})
			default:
				script := prefix + builtIn[name]
				for _, extra := range arguments["extra_args"].([]any) {
					script += " " + extra.(string)
				}
				made.steps = append(made.steps, shellStep{script: script})
			}
		}
	}
	// All stages run in one directory, in which the first has run init.
	made.steps = append([]shellStep{{take: []string{"workspace"}, script: builtIn["init"] + " > init.log"}}, made.steps...)
	made.steps = append(made.steps, shellStep{keep: "workspace", files: []string{"default.tfplan", "default.json"}, always: true})
	return made
}
