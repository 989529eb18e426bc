package faults

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// marker is a part of every value that a user may have marked as sensitive. No text may contain it.
const marker = "s3cr3tm4rker"

// inputs derives unusual values from a valid value.
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

// inputSample is a destination with one credential block. The test tries every argument.
type inputSample struct {
	connector  string
	arguments  map[string]string // valid values, with the marker
	block      string
	credential map[string]string
	isJSON     []string // arguments with a JSON object that contains such a value
}

var inputSamples = []inputSample{
	{"webhook", map[string]string{"url": "https://hooks.example/" + marker, "signing_secret_wo": marker, "additional_config": marker}, "auth_bearer",
		map[string]string{"token_wo": marker}, []string{"additional_config"}},
	{"webhook", map[string]string{"url_wo": "https://hooks.example/" + marker}, "auth_basic", map[string]string{"username": marker, "password_wo": marker}, nil},
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

// configuration returns a configuration in which one argument has the input instead of its valid value.
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

// value converts a value to the form of an argument: some arguments hold JSON.
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

// inputRow is an argument that gets every input, in a configuration that is valid otherwise.
type inputRow struct {
	at            string
	resourceType  string
	configuration func(input func(fine string) any) map[string]any
}

// rows returns the arguments of a destination.
func (s inputSample) rows() []inputRow {
	var rows []inputRow
	for _, in := range []struct {
		name string
		fine map[string]string
	}{{s.connector, s.arguments}, {s.block, s.credential}} {
		for _, argument := range slices.Sorted(maps.Keys(in.fine)) {
			if argument == "type" && s.connector == "custom" {
				continue // only the API knows the valid values
			}
			at := s.connector + "." + argument
			if in.name == s.block {
				at = s.connector + "." + s.block + "." + argument
			}
			rows = append(rows, inputRow{at, destinations.resourceType, func(input func(string) any) map[string]any {
				return s.configuration(in.name, argument, input)
			}})
		}
	}
	return rows
}

// inputRows returns the arguments of destinations and bindings.
func inputRows() []inputRow {
	var rows []inputRow
	for _, s := range inputSamples {
		rows = append(rows, s.rows()...)
	}
	return append(rows, bindingRows...)
}

// For every argument and every input, the provider either rejects the input before it sends anything, or the API stores the input and the next
// plan shows no diff. No text contains a value that may be sensitive. The golden file has the result of each pair.
func TestInputs(t *testing.T) {
	if !*tryInputs {
		t.Skip("needs a process of its own, since each try begins with a new register of secrets: -inputs")
	}
	var page strings.Builder
	fmt.Fprint(&page, "What comes of inputs, by argument. A dot means that the input is accepted, and that the next plan is empty. A letter means that the input is rejected before anything is sent.\n\n")
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
	for _, row := range inputRows() {
		fmt.Fprintf(&page, "%-60s", row.at)
		for _, input := range inputs {
			outcome, problem := tryInput(t.Context(), row.resourceType, row.configuration(input.make), input.name == "unknown")
			if problem != "" {
				t.Errorf("%s, %s: %s", row.at, input.name, problem)
			}
			mark := "."
			if outcome != "" {
				mark = letter(outcome)
			}
			fmt.Fprintf(&page, " %-*s", len(input.name)+2, mark)
		}
		fmt.Fprintln(&page)
	}
	fmt.Fprintln(&page)
	for _, title := range slices.SortedFunc(maps.Keys(titles), func(a, b string) int { return strings.Compare(titles[a], titles[b]) }) {
		fmt.Fprintf(&page, "%s %s\n", titles[title], title)
	}
	acctest.Golden(t, "inputs", page.String())
}
