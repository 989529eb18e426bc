package redact

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// lineWidth and maxLines limit the shown part of a text, in characters per line and in lines.
	lineWidth, maxLines = 120, 8

	// maxInLine limits a text that is shown within a sentence, in characters.
	maxInLine = 200

	// margin marks each line that comes from outside. Because CLIs do not wrap lines that begin with a space, every line in the
	// log begins with the margin, and no CI system mistakes a line for a command.
	margin = "  | "

	noBreak = "\u00a0"
)

// Block returns a text from outside as separate lines, each indented and marked. It makes control characters and characters that
// change the text direction visible, and truncates a long text. For an empty text it returns "".
func Block(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text), "\n") {
		line = strings.TrimSpace(Printable(line))
		for line != "" {
			cut := cutAt(line, lineWidth)
			lines = append(lines, margin+strings.TrimSpace(line[:cut]))
			line = strings.TrimSpace(line[cut:])
		}
		if len(lines) > maxLines {
			lines = append(lines[:maxLines], margin+"…")
			break
		}
	}
	return strings.Join(lines, "\n")
}

// cutAt returns the index at which to break a line so that it has at most width characters, between words if possible.
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

// Quote returns a text from outside in quotation marks, for use within a sentence. CLIs do not wrap the text.
func Quote(text string) string { return `"` + strings.ReplaceAll(Inline(text), `"`, "'") + `"` }

// Inline returns a text from outside for use within a sentence. The caller must put a character that is not a space before it.
// CLIs do not wrap the text.
func Inline(text string) string { return strings.ReplaceAll(Line(text), " ", noBreak) }

// Line returns a text from outside on one line, for places that CLIs do not wrap, such as a title.
func Line(text string) string {
	runes := []rune(Printable(text))
	if len(runes) > maxInLine {
		return string(runes[:maxInLine]) + "…"
	}
	return string(runes)
}

// logCommands matches commands that the CI runners of GitHub, Azure and TeamCity execute even in the middle of a log line.
var logCommands = regexp.MustCompile(`#(#+[A-Za-z]*\[)`)

// PrintableValue applies [Printable] to every string and key in decoded JSON, because CLIs print multi-line strings in JSON
// unchanged.
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

// Printable returns a text on one line, for terminals. It replaces control characters with their Unicode pictures and other
// unprintable characters with their numbers, and breaks up commands for CI systems. CLIs would print a multi-line value unchanged.
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
