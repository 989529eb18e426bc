package faulttest

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/acctest"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// marker is in every value that a user may have marked as sensitive, and must be in no text.
const marker = "s3cr3tm4rker"

// inputs are what people put into arguments, made of a value that is fine.
var inputs = []struct {
	name string
	make func(fine string) any
}{
	{"fine", func(v string) any { return v }},
	{"empty", func(string) any { return "" }},
	{"blanks", func(v string) any { return " " + v + " " }},
	{"break", func(v string) any { return v + "\n" }},
	{"breaks", func(v string) any { return v + "\r\n" + v }},
	{"tab", func(v string) any { return v + "\t" + v }},
	{"NUL", func(v string) any { return v + "\x00" }},
	{"accents", func(v string) any { return v + "\u00e9\u00fc" }},
	{"64 KiB", func(v string) any { return v + strings.Repeat("a", 64<<10) }},
	{"emoji", func(v string) any { return v + "\U0001f600" }},
	{"RTL", func(v string) any { return v + "\u202e" }},
	{"quotes", func(v string) any { return v + `"'` + "`" }},
	{"${", func(v string) any { return v + "${a}" }},
	{"%{", func(v string) any { return v + "%{ if a }" }},
	{"null", func(string) any { return nil }},
	{"unknown", func(string) any { return tftypes.UnknownValue }},
}

// inputSample is a destination with one credential block, of which every argument is tried.
type inputSample struct {
	connector  string
	arguments  map[string]string // fine values, with the marker
	block      string
	credential map[string]string
	isJSON     []string // arguments that are JSON objects with such a value
}

var inputSamples = []inputSample{
	{"webhook", map[string]string{"url": "https://hooks.example/" + marker, "signing_secret_wo": marker, "additional_config": marker}, "auth_bearer",
		map[string]string{"token_wo": marker}, []string{"additional_config"}},
	{"webhook", map[string]string{"url": "https://hooks.example/x"}, "auth_basic", map[string]string{"username": marker, "password_wo": marker}, nil},
	{"webhook", map[string]string{"url": "https://hooks.example/x"}, "auth_api_key", map[string]string{"api_key_wo": marker, "header_name": "X-Key"}, nil},
	{"sftp", map[string]string{"host": marker + ".example", "username": marker, "remote_path": "/" + marker, "filename_template": marker + "-{event_id}"},
		"auth_password", map[string]string{"password_wo": marker}, nil},
	{"sftp", map[string]string{"host": "h.example", "username": "u", "remote_path": "/"}, "auth_private_key",
		map[string]string{"private_key_wo": marker, "passphrase_wo": marker}, nil},
	{"s3", map[string]string{"bucket": marker, "region": "eu-" + marker + "-1", "key_template": marker + "/{event_id}"}, "auth_access_key",
		map[string]string{"access_key_id": marker, "secret_access_key_wo": marker, "session_token_wo": marker}, nil},
	{"azure_blob", map[string]string{"account_name": marker, "container": marker, "blob_key_template": marker + "/{event_id}"}, "auth_connection_string",
		map[string]string{"connection_string_wo": "AccountName=a;AccountKey=" + marker}, nil},
	{"azure_blob", map[string]string{"account_name": "acme", "container": "in-box"}, "auth_account_key", map[string]string{"account_key_wo": marker}, nil},
	{"google_drive", map[string]string{"folder_id": marker, "filename_template": marker + "-{event_id}"}, "auth_oauth",
		map[string]string{"access_token_wo": marker, "refresh_token_wo": marker, "additional_auth_config_wo": marker, "expires_at": marker, "type": marker},
		[]string{"additional_auth_config_wo"}},
	{"onedrive", map[string]string{"drive_id": marker, "folder_path": "/" + marker, "filename_template": marker + "-{event_id}"}, "auth_oauth",
		map[string]string{"access_token_wo": marker}, nil},
	{"custom", map[string]string{"type": "google_sheets", "config": marker, "auth_config_wo": marker}, "", nil, []string{"config", "auth_config_wo"}},
}

// configuration is one with an input in place of one argument's value.
func (s inputSample) configuration(in, argument string, input func(string) any) map[string]any {
	block := func(name string, fine map[string]string) map[string]any {
		given := map[string]any{}
		for key, value := range fine {
			given[key] = s.value(key, value)
			if name == in && key == argument {
				given[key] = s.value(key, input(value))
			}
		}
		return given
	}
	connector := block(s.connector, s.arguments)
	if s.block != "" {
		connector[s.block] = block(s.block, s.credential)
	}
	return map[string]any{"name": "a", s.connector: connector}
}

// value is a value as an argument takes it: some take it in JSON.
func (s inputSample) value(argument string, value any) any {
	text, isText := value.(string)
	if !isText || !slices.Contains(s.isJSON, argument) || text == "" {
		return value
	}
	object := map[string]any{"key": text}
	if argument == "auth_config_wo" {
		object["type"] = "a"
	}
	encoded, _ := json.Marshal(object)
	return string(encoded)
}

var tryInputs = flag.Bool("inputs", false, "try every input in every argument")

// Every argument takes every input, or refuses it before anything is sent; it is then stored and shows no diff; and no text repeats
// what may be sensitive. The page is what comes of each.
func TestInputs(t *testing.T) {
	if !*tryInputs {
		t.Skip("needs a process of its own, since each try begins with a new register of secrets: -inputs")
	}
	var page strings.Builder
	fmt.Fprint(&page, "What comes of inputs, by argument: . it is accepted and converges; a letter: it is refused before anything is sent.\n\n")
	titles := map[string]string{}
	letter := func(title string) string {
		if titles[title] == "" {
			titles[title] = string(rune('A' + len(titles)))
		}
		return titles[title]
	}
	fmt.Fprintf(&page, "%-60s", "")
	for _, input := range inputs {
		fmt.Fprintf(&page, " %-*s", len(input.name)+2, input.name)
	}
	fmt.Fprintln(&page)
	for _, s := range inputSamples {
		for _, in := range []struct {
			name string
			fine map[string]string
		}{{s.connector, s.arguments}, {s.block, s.credential}} {
			for _, argument := range slices.Sorted(maps.Keys(in.fine)) {
				if argument == "type" && s.connector == "custom" {
					continue // only the API knows which there are
				}
				at := s.connector + "." + argument
				if in.name == s.block {
					at = s.connector + "." + s.block + "." + argument
				}
				fmt.Fprintf(&page, "%-60s", at)
				for _, input := range inputs {
					outcome, problem := tryInput(t.Context(), s.configuration(in.name, argument, input.make), input.name == "unknown")
					if problem != "" {
						t.Errorf("%s, %s: %s", at, input.name, problem)
					}
					mark := "."
					if outcome != "" {
						mark = letter(outcome)
					}
					fmt.Fprintf(&page, " %-*s", len(input.name)+2, mark)
				}
				fmt.Fprintln(&page)
			}
		}
	}
	fmt.Fprintln(&page)
	for _, title := range slices.SortedFunc(maps.Keys(titles), func(a, b string) int { return strings.Compare(titles[a], titles[b]) }) {
		fmt.Fprintf(&page, "%s %s\n", titles[title], title)
	}
	acctest.Golden(t, "inputs", page.String())
}

// tryInput does all that there is to do with a configuration. refused is the title of the error that it meets before anything is
// sent; problem is what must not be.
func tryInput(ctx context.Context, configuration map[string]any, isUnknown bool) (refused, problem string) {
	redact.Process = redact.NewRegister()
	e := emulator.New(emulator.Behaviour{})
	api := httptest.NewServer(e)
	defer api.Close()
	d, err := newDriver(ctx, "talonic_delivery_destination", map[string]any{
		"base_url": api.URL, "api_key": emulator.DefaultAPIKey, "max_retries": int64(0), "validate_with_catalog": false,
	})
	if err != nil {
		return "", err.Error()
	}
	var said []*tfprotov6.Diagnostic
	defer func() {
		for _, diagnostic := range append(said, d.said...) {
			if strings.Contains(diagnostic.Summary+diagnostic.Detail, marker) {
				problem = "a text repeats the value: " + text(diagnostic)
			}
		}
	}()
	config := encode(acctest.Configured(d.block().ValueType(), configuration))
	validated, err := d.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: d.resourceType, Config: config,
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		return "", err.Error()
	}
	said = append(said, validated.Diagnostics...)
	if refused := firstTitle(validated.Diagnostics); refused != "" {
		return refused, ""
	}
	if _, _, err := d.plan(ctx, configuration); err != nil {
		return "", err.Error()
	}
	if refused := firstTitle(d.said); refused != "" || isUnknown {
		return refused, ""
	}
	steps := []func() error{
		func() error { return d.apply(ctx, configuration) },
		func() error { return d.refresh(ctx) },
		func() error { return d.unchanged(ctx, configuration) },
		func() error { return d.apply(ctx, nil) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			return "", fmt.Sprintf("step %d: %s", i, err)
		}
		if err := errorIn(d.said); err != nil {
			return "", fmt.Sprintf("step %d: %s", i, err)
		}
		said = append(said, d.said...)
	}
	if left := len(e.Destinations()); left > 0 {
		return "", fmt.Sprintf("%d destinations are left", left)
	}
	return "", ""
}

// unchanged plans, and reports whether there is anything to do.
func (d *driver) unchanged(ctx context.Context, configuration map[string]any) error {
	planned, _, err := d.plan(ctx, configuration)
	if err != nil {
		return err
	}
	after, err := planned.PlannedState.Unmarshal(d.block().ValueType())
	if err == nil && !after.Equal(d.state.value) {
		differences, _ := d.state.value.Diff(after)
		return fmt.Errorf("the plan is not empty: %v", differences)
	}
	return err
}

// firstTitle is the title of the first error.
func firstTitle(diagnostics []*tfprotov6.Diagnostic) string {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return d.Summary
		}
	}
	return ""
}
