package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

const helpWidth = 100

// usage prints the flags, and every switch and every fault with its explanation.
func usage(flags *flag.FlagSet) {
	out := flags.Output()
	fmt.Fprint(out, "Serves an emulation of the Talonic delivery API, with all data in memory.\n\n")
	flags.PrintDefaults()
	fmt.Fprint(out, "\nCommands with -admin, as in curl --json '{\"event_type\":\"document.extracted\"}' $TALONIC_BASE_URL/emulator/signals\n")
	for _, command := range emulator.AdminCommands() {
		fmt.Fprintf(out, "\n  %s\n", command.Name)
		indented(out, "      ", command.Doc)
	}
	fmt.Fprint(out, "\nSwitches for -with. By default, the server follows the API's reference page literally.\n")
	for _, s := range emulator.Switches() {
		fmt.Fprintf(out, "\n  %s\n", s.Name)
		indented(out, "      ", s.Doc)
		for _, v := range s.Values {
			indented(out, "        ", fmt.Sprintf("%s=%s %s", s.Name, v.Name, v.Doc))
		}
	}

	fmt.Fprint(out, "\nFaults for -fault.\n")
	for _, f := range emulator.FaultKinds() {
		fmt.Fprintf(out, "\n  %s\n", f.Name)
		indented(out, "      ", f.Doc)
	}
	fmt.Fprint(out, "\nKeys of faults, as in -fault lost-response:operation=create,times=2\n")
	for _, k := range emulator.FaultKeys() {
		fmt.Fprintf(out, "\n  %s\n", k.Name)
		indented(out, "      ", k.Doc)
	}
}

// indented writes text in indented lines of at most helpWidth characters. A longer word has its own line.
func indented(out io.Writer, indent, text string) {
	line := indent
	for word := range strings.FieldsSeq(text) {
		if line != indent && len(line)+len(word) > helpWidth {
			fmt.Fprintln(out, strings.TrimRight(line, " "))
			line = indent
		}
		line += word + " "
	}
	fmt.Fprintln(out, strings.TrimRight(line, " "))
}
