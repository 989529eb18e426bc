package redact

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// lineWidth and mostLines limit how much of a text is shown.
	lineWidth, mostLines = 120, 8

	// mostInLine limits a text that is shown within a sentence, in characters.
	mostInLine = 200

	// margin marks each line that comes from outside. CLIs do not wrap lines that begin with a space, so no line begins with
	// anything else, and no line is taken for a command by what reads the log of a CI system.
	margin = "  | "

	noBreak = "\u00a0"
)

// Block returns a text from outside as lines of their own, each indented and marked. Control characters and those that change the
// direction of writing are replaced by visible ones, and a long text is cut off. An empty text has no lines.
func Block(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text), "\n") {
		line = strings.TrimSpace(Printable(line))
		for line != "" {
			cut := cutAt(line, lineWidth)
			lines = append(lines, margin+strings.TrimSpace(line[:cut]))
			line = strings.TrimSpace(line[cut:])
		}
		if len(lines) > mostLines {
			lines = append(lines[:mostLines], margin+"…")
			break
		}
	}
	return strings.Join(lines, "\n")
}

// cutAt is where to break a line so that it has at most width characters, between words if there is a place.
func cutAt(line string, width int) int {
	if utf8.RuneCountInString(line) <= width {
		return len(line)
	}
	end := 0
	for range width {
		_, size := utf8.DecodeRuneInString(line[end:])
		end += size
	}
	if space := strings.LastIndexByte(line[:end], ' '); space > end/2 {
		return space
	}
	return end
}

// Quote returns a text from outside in quotation marks, for a place within a sentence. CLIs do not break it into lines.
func Quote(text string) string { return `"` + strings.ReplaceAll(Inline(text), `"`, "'") + `"` }

// Inline returns a text from outside for a place within a sentence, after a character that is ours and no space. CLIs do not break
// it into lines.
func Inline(text string) string { return strings.ReplaceAll(Line(text), " ", noBreak) }

// Line returns a text from outside on one line, for a place where no line is broken, such as a title.
func Line(text string) string {
	runes := []rune(Printable(text))
	if len(runes) > mostInLine {
		return string(runes[:mostInLine]) + "…"
	}
	return string(runes)
}

// logCommands are commands that the runners of GitHub, Azure and TeamCity look for anywhere in a line of a log.
var logCommands = regexp.MustCompile(`#(#+[A-Za-z]*\[)`)

// PrintableValue is Printable for every text and key in decoded JSON. CLIs also print the texts in JSON that have several lines as
// they are.
func PrintableValue(value any) any {
	switch value := value.(type) {
	case string:
		return Printable(value)
	case map[string]any:
		shown := make(map[string]any, len(value))
		for key, inner := range value {
			shown[Printable(key)] = PrintableValue(inner)
		}
		return shown
	case []any:
		shown := make([]any, len(value))
		for i, inner := range value {
			shown[i] = PrintableValue(inner)
		}
		return shown
	}
	return value
}

// Printable returns a text on one line, in which what a terminal would not show as it is is replaced: control characters by the
// pictures that Unicode has of them, others by their numbers. The commands of CI systems are taken apart. CLIs print a value
// that has several lines as it is.
func Printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < ' ':
			b.WriteRune('\u2400' + r)
		case r == 0x7f:
			b.WriteRune('\u2421')
		case r == ' ' || r == utf8.RuneError:
			b.WriteRune(r)
		case unicode.IsSpace(r) && r > 0x9f && r != '\u2028' && r != '\u2029':
			b.WriteRune(' ')
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
	}
	shown := b.String()
	for logCommands.MatchString(shown) {
		shown = logCommands.ReplaceAllString(shown, "# $1")
	}
	return shown
}
