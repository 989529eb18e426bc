package faults

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// reportOf returns the matrix for people: the result of each operation with each fault, the number of requests, and the diagnostics.
func reportOf(all []*result) string {
	var out strings.Builder
	out.WriteString("How operations end whose requests meet a fault once, twice and for ever, and after how many requests.\n" +
		"Where it makes a difference that the API does not honor Idempotency-Key, that comes second.\n\n")
	table := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FAULT\tOPERATION\tONCE\tTWICE\tFOR EVER\tDIAGNOSTIC")
	for _, group := range lines(all) {
		var ends []string
		for _, times := range []int{1, 2, 0} {
			ends = append(ends, endsOf(group, times))
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", group[0].kind, group[0].named(group[0].doing), strings.Join(ends, "\t"), titleOf(group))
	}
	table.Flush()

	found := map[class]int{}
	for _, r := range all {
		for _, p := range r.problems {
			found[p.class]++
		}
	}
	fmt.Fprintf(&out, "\n%d cases", len(all))
	for _, c := range classes {
		fmt.Fprintf(&out, ", %s %d", c, found[c])
	}
	out.WriteString("\n")
	return out.String()
}

// lines groups the sorted results by fault and operation.
func lines(all []*result) [][]*result {
	var groups [][]*result
	for i, r := range all {
		if i == 0 || all[i-1].kind != r.kind || all[i-1].doing != r.doing {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], r)
	}
	return groups
}

// endsOf returns the results of the cells in which the fault happens that many times.
func endsOf(group []*result, times int) string {
	var ends []string
	for _, r := range group {
		if r.times == times {
			ends = append(ends, r.end())
		}
	}
	return strings.Join(slices.Compact(ends), " / ")
}

// end returns the letter for the result of a cell.
func (r *result) end() string {
	how := "ok"
	switch {
	case len(r.problems) > 0:
		how = "WRONG"
	case r.failed:
		how = "fails"
	case r.doing == reading && r.after.value.IsNull():
		how = "gone"
	}
	return fmt.Sprintf("%s %d", how, len(r.requests))
}

// titleOf returns the first line of the diagnostics, if any.
func titleOf(group []*result) string {
	for _, r := range group {
		if len(r.said) > 0 {
			title, _, _ := strings.Cut(normalized(r.said[0]), "\n")
			return shorten(title)
		}
	}
	return "-"
}

// shorten cuts a title to the width of the table.
func shorten(title string) string {
	const width = 90
	if len(title) <= width {
		return title
	}
	return title[:width] + "..."
}

// textsOf returns all different texts of the faults.
func textsOf(all []*result) string {
	var out strings.Builder
	kind := emulator.FaultKind("")
	for _, group := range lines(all) {
		if kind != group[0].kind {
			kind = group[0].kind
			fmt.Fprintf(&out, "######## %s\n\n", kind)
		}
		var texts []string
		for _, r := range group {
			if text := normalized(strings.Join(r.said, "\n")); text != "" && !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
		for _, text := range texts {
			fmt.Fprintf(&out, "==== %s, %s\n%s\n", kind, group[0].doing, strings.TrimSpace(text)+"\n")
		}
	}
	return out.String()
}

// volatile lists patterns of text that differs between runs, with their replacements.
var volatile = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`req_[0-9a-f]{32}`), "<request ID>"},
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`), "<id>"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC`), "<time>"},
	{regexp.MustCompile(`completely within \S+s\b`), "completely within 1s"}, // see playPatiently
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:<port>"},
}

func normalized(text string) string {
	for _, v := range volatile {
		text = v.pattern.ReplaceAllString(text, v.name)
	}
	return text
}

// Texts do not depend on the timeout, because playPatiently extends it on a busy machine.
func TestTextsOfTimeouts(t *testing.T) {
	t.Parallel()
	api := emulator.New(emulator.Behavior{})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	api.Inject(emulator.Fault{Kind: emulator.Hang})
	t.Cleanup(api.ClearFaults)
	var texts []string
	for _, timeout := range []time.Duration{time.Millisecond, 8 * time.Millisecond} {
		client, err := talonic.New(server.URL, "tlnc_emulator", talonic.WithTimeout(timeout), talonic.WithMaxRetries(0))
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.ListDestinations(t.Context())
		if !timedOut.MatchString(err.Error()) {
			t.Errorf("not recognized: %v", err)
		}
		texts = append(texts, normalized(err.Error()))
	}
	if texts[0] != texts[1] {
		t.Errorf("%q differs from %q", texts[0], texts[1])
	}
}
