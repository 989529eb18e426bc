package secrets

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// hostileTexts are texts in responses that could deceive a terminal, the log of a CI system, or a reader.
var hostileTexts = func() []string {
	texts := []string{
		"\x1b[2J\x1b[HHOSTILE", "\x1b[31mHOSTILE\x1b[0m", "\x1b]0;HOSTILE\a", "\x1b]8;;https://evil.example.com\aHOSTILE\x1b]8;;\a", "\x1b[1A\x1b[2KHOSTILE",
		"\x1bPq#0;HOSTILE\x1b\\", "\x1b[?1049hHOSTILE", "\x1b[6nHOSTILE", "\u009b31mHOSTILE", "\u009d0;HOSTILE\u009c", "\u0085HOSTILE", "\u008dHOSTILE",
		"HOSTILE\r\nHOSTILE", "HOSTILE\rHOSTILE", "\bHOSTILE\b\b\b", "\x7fHOSTILE", "\x00HOSTILE", "\vHOSTILE\f", "\tHOSTILE\tHOSTILE", "\x0e\x0fHOSTILE",
		"::add-mask::HOSTILE", "\n::set-output name=x::HOSTILE", "x\n::error file=main.tf::HOSTILE", "\r\n::stop-commands::HOSTILE", "   ::warning::HOSTILE",
		"##[add-mask]HOSTILE", "x ##[error]HOSTILE", "##vso[task.setvariable variable=x]HOSTILE", "###[group]HOSTILE", "##teamcity[message text='HOSTILE']",
		"\n\nPlan: 0 to add, 0 to change, 0 to destroy. HOSTILE", "\n\nApply complete! Resources: 0 added, 0 changed, 0 destroyed. HOSTILE",
		"\n\nNo changes. Your infrastructure matches the configuration. HOSTILE", "\n\n╷\n│ Warning: HOSTILE\n╵\n", "\nSuccess! HOSTILE\n",
		"\u202eHOSTILE\u202c", "\u202dHOSTILE", "\u2066HOSTILE\u2069", "\u2067HOSTILE", "\u200fHOSTILE", "\u061cHOSTILE", "\u2028HOSTILE\u2029HOSTILE",
		"\u200bHOSTILE\u200d", "\ufeffHOSTILE", "HOSTILE\xff\xfe\x80", "\U000e0001HOSTILE", "\u180eHOSTILE", "HOSTILE" + strings.Repeat("\n", 200) + "HOSTILE",
	}
	long := strings.Repeat("HOSTILE words that are long enough for any CLI to break the line within ", 60)
	return append(texts, long, strings.Repeat("HOSTILE", 2000))
}()

// startsOf returns the beginnings of all lines of the texts, as they would appear at the beginning of a line.
func startsOf(texts []string) []string {
	var starts []string
	for _, text := range texts {
		for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' }) {
			shown := []rune(strings.TrimSpace(line))
			printed := []rune(strings.TrimSpace(redact.Printable(line)))
			for _, start := range [][]rune{shown, printed} {
				if len(start) > 0 {
					starts = append(starts, string(start[:min(9, len(start))]))
				}
			}
		}
	}
	return starts
}

// inspectTerminal checks the bytes that a CLI wrote.
func inspectTerminal(t *testing.T, what, output string) {
	t.Helper()
	starts := startsOf(hostileTexts)
	for line := range strings.SplitSeq(output, "\n") {
		for _, r := range line {
			if r < ' ' || r >= 0x7f && r < 0xa0 || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%s: %U reaches the terminal in %q", what, r, line)
				break
			}
		}
		trimmed := strings.TrimLeft(line, " ")
		for _, start := range starts {
			if strings.HasPrefix(trimmed, start) && strings.Contains(line, "HOSTILE") || strings.HasPrefix(trimmed, "::") {
				t.Errorf("%s: a line starts with what the API said: %q", what, line)
				break
			}
		}
		if strings.Contains(line, "##[") || strings.Contains(line, "##vso[") {
			t.Errorf("%s: %q", what, line)
		}
	}
}

// hostileAnswer returns a response with a text in the place with index i, in an error or in a success.
func hostileAnswer(i int, text string) answer {
	quoted := javaScript(text)
	bodies := []struct {
		status int
		body   string
	}{
		{400, `{"statusCode":400,"code":"bad_request","message":"` + quoted + `"}`},
		{422, `{"statusCode":422,"code":"` + quoted + `","message":["no","` + quoted + `"],"request_id":"` + quoted + `"}`},
		{400, text},
		{409, `{"error":{"code":"x","message":"` + quoted + `","request_id":"` + quoted + `"}}`},
		{200, `{"id":"` + quoted + `","name":"n","type":"webhook"}`},
		{200, `{"id":"d1","name":"` + quoted + `","type":"` + quoted + `"}`},
		{403, `{"detail":"` + quoted + `"}`},
	}
	chosen := bodies[i%len(bodies)]
	return answer{fmt.Sprintf("%q", text), func(w http.ResponseWriter, _ *request, _ func() *httptest.ResponseRecorder) {
		w.Header().Set("Content-Type", "application/json; x="+text)
		w.Header().Set("X-Request-Id", text)
		w.WriteHeader(chosen.status)
		_, _ = w.Write([]byte(chosen.body))
	}}
}

// Whatever the API returns, the output has no control characters except line feeds, no characters that change the writing direction, and no
// line that begins with text from the API.
func TestTerminal(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	w.logLess()
	all := destinations(len(hostileTexts), 0)
	w.configure(all, quickProvider)
	w.give(all, "")

	var answers []answer
	for i, text := range hostileTexts {
		answers = append(answers, hostileAnswer(i, text))
	}
	w.eachBatch(all, answers, http.MethodPost, func() { inspectTerminal(t, "creates", w.run("apply", "-auto-approve").Output()) })

	w.mustRun("apply", "-auto-approve")
	textOf := map[string]string{}
	for i, text := range hostileTexts {
		textOf[all[i].name] = text
	}
	drifted := success("drift", func(body object, _ *request) {
		list, _ := body["data"].([]any)
		for _, item := range append(list, body) {
			d, _ := item.(object)
			name, _ := d["name"].(string)
			if text, ok := textOf[name]; ok {
				d["name"], d["last_delivery_status"], d["updated_at"] = text, text, text
				for key, value := range configOf(d) {
					if _, isText := value.(string); isText {
						configOf(d)[key] = text
					}
				}
				configOf(d)["headers"] = object{"X-" + text: text}
			}
		}
	})
	reads := func(r *request) *answer {
		if r.Method == http.MethodGet {
			return &drifted
		}
		return nil
	}
	w.api.answerWith(reads)
	inspectTerminal(t, "a plan", w.run("plan").Output())
	w.api.answerWith(func(r *request) *answer {
		if r.Method == http.MethodPut {
			return &drifted
		}
		return nil
	})
	w.give(all, " rotated")
	inspectTerminal(t, "updates", w.run("apply", "-auto-approve").Output())
}

// Data sources and outputs also show the message of a test, and the catalogs.
func TestTerminalOfDataSources(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	var hcl strings.Builder
	for i := range hostileTexts {
		fmt.Fprintf(&hcl, "data \"talonic_delivery_destination_test\" \"t%d\" {\n destination_id = \"t%[1]d\"\n}\noutput \"t%[1]d\" {\n value = data.talonic_delivery_destination_test.t%[1]d.message\n}\n", i)
	}
	hcl.WriteString("data \"talonic_delivery_signals\" \"all\" {}\noutput \"signals\" {\n value = data.talonic_delivery_signals.all.signals\n}\n")
	w.configure(nil, quickProvider, hcl.String())
	w.give(nil, "")
	a := answer{"hostile", func(w http.ResponseWriter, r *request, _ func() *httptest.ResponseRecorder) {
		w.Header().Set("Content-Type", "application/json")
		var i int
		if _, err := fmt.Sscanf(r.URL.Path, "/v1/delivery/destinations/t%d/test", &i); err == nil {
			_, _ = fmt.Fprintf(w, `{"success":%t,"message":"%s","durationMs":1}`, i%2 == 0, javaScript(hostileTexts[i]))
			return
		}
		var entries []any
		for i, text := range hostileTexts {
			entries = append(entries, object{"event_type": fmt.Sprintf("e%d", i), "label": text, "description": text})
		}
		_, _ = w.Write([]byte(`{"data":` + strings.TrimSpace(jsonOf(entries)) + `}`))
	}}
	w.api.answerWith(func(*request) *answer { return &a })
	inspectTerminal(t, "an apply", w.run("apply", "-auto-approve").Output())
	inspectTerminal(t, "outputs", w.run("output").Output())
}
