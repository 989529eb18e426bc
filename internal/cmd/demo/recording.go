package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// volatile lists the parts of the output that differ between runs or CLIs, each with its replacement in a recording.
var volatile = []struct {
	pattern     *regexp.Regexp
	replacement string
}{
	{regexp.MustCompile(`\b(?:terraform|tofu) \d[^\s,]*`), "terraform"},
	{regexp.MustCompile(`(?m)^   \$ tofu `), "   $$ terraform "},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:8787"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`), "2026-11-02T08:15:30.000Z"},
	{regexp.MustCompile(`these \d+\.\d MB`), "these 14 MB"},
	{regexp.MustCompile(`, in (?:\d+m)?[\d.]+m?s\.`), "."},
}

// normalize returns the output of a run with the volatile parts replaced.
func normalize(output string) string {
	for _, v := range volatile {
		output = v.pattern.ReplaceAllString(output, v.replacement)
	}
	return output
}

// These are the dimensions of the picture. A character is slightly wider than in most monospaced fonts, so that no line is cut
// off.
const (
	charWidth  = 8.5
	lineHeight = 19
	margin     = 20
	columns    = 104
)

// still is the index of the slide to show without animation: the rotation.
const still = 4

// slide holds the lines that the picture shows at one time: a step of the demo.
type slide []string

var stepTitle = regexp.MustCompile(`(?m)^\d+\. `)

// slides splits an output at its steps. The lines before the first step are on the first slide.
func slides(output string) []slide {
	var all []slide
	for line := range strings.Lines(strings.TrimSpace(output)) {
		line = strings.TrimRight(line, " \n")
		if len(all) == 0 || stepTitle.MatchString(line) && stepTitle.MatchString(strings.Join(all[len(all)-1], "\n")) {
			all = append(all, nil)
		}
		all[len(all)-1] = append(all[len(all)-1], line)
	}
	return all
}

// picture returns a normalized output as an SVG that shows its steps one after the other. The same output gives the same bytes.
func picture(output string) ([]byte, error) {
	all := slides(output)
	if len(all) <= still {
		return nil, fmt.Errorf("the output has %d steps, not more than %d", len(all), still)
	}
	rows, total := 0, 0.0
	for _, s := range all {
		rows = max(rows, len(s))
		total += s.seconds()
	}
	var svg bytes.Buffer
	w, h := columns*charWidth+2*margin, rows*lineHeight+2*margin
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %d" role="img" xml:space="preserve">`+"\n", w, h)
	svg.WriteString("<title>make demo</title>\n<style>\n" + colors)
	from := 0.0
	for i, s := range all {
		to := from + s.seconds()
		if i > 0 {
			fmt.Fprintf(&svg, "@keyframes k%d{0%%{visibility:hidden}", i)
		} else {
			svg.WriteString("@keyframes k0{")
		}
		fmt.Fprintf(&svg, "%.2f%%{visibility:visible}%.2f%%{visibility:hidden}}\n", 100*from/total, 100*to/total)
		from = to
	}
	fmt.Fprintf(&svg, "@media (prefers-reduced-motion:no-preference){g{animation:%gs step-end infinite}", total)
	for i := range all {
		fmt.Fprintf(&svg, "\n#s%d{animation-name:k%d}", i, i)
	}
	svg.WriteString("}\n</style>\n")
	fmt.Fprintf(&svg, `<rect x=".5" y=".5" width="%g" height="%d" rx="8"/>`+"\n", w-1, h-1)
	for i, s := range all {
		fmt.Fprintf(&svg, "<g id=\"s%d\">\n", i)
		for row, line := range s {
			if n := utf8.RuneCountInString(line); n > columns {
				return nil, fmt.Errorf("a line of %d columns does not fit into %d: %s", n, columns, line)
			}
			fmt.Fprintf(&svg, `<text x="%d" y="%d"%s>`, margin, margin+(row+1)*lineHeight-5, classOf(line))
			if err := xml.EscapeText(&svg, []byte(line)); err != nil {
				return nil, err
			}
			svg.WriteString("</text>\n")
		}
		svg.WriteString("</g>\n")
	}
	svg.WriteString("</svg>\n")
	return svg.Bytes(), nil
}

// seconds returns the time for which a slide is shown, which is enough to read it.
func (s slide) seconds() float64 { return 2 + 0.3*float64(len(s)) }

// colors has a light and a dark scheme. The picture has its own background, so that both schemes are readable on any page.
const colors = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;white-space:pre;fill:#1f2328}
rect{fill:#f6f8fa;stroke:#d1d9e0}
.t{font-weight:bold}.c{fill:#0550ae;font-weight:bold}.a{fill:#116329}.u{fill:#7d4e00}.q{fill:#59636e}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#0d1117;stroke:#3d444d}.c{fill:#79c0ff}.a{fill:#56d364}.u{fill:#e3b341}.q{fill:#9198a1}}
g{visibility:hidden}#s4{visibility:visible}
`

// classes lists the kinds of lines that have their own color.
var classes = []struct {
	pattern *regexp.Regexp
	class   string
}{
	{regexp.MustCompile(`^(?:\d+\. |\S)`), "t"},
	{regexp.MustCompile(`^   \$ `), "c"},
	{regexp.MustCompile(`^   ok: |^   \| +\+ `), "a"},
	{regexp.MustCompile(`^   \| +~ |^   \| Warning: `), "u"},
	{regexp.MustCompile(`^   \|`), "q"},
}

func classOf(line string) string {
	for _, c := range classes {
		if c.pattern.MatchString(line) {
			return ` class="` + c.class + `"`
		}
	}
	return ""
}
