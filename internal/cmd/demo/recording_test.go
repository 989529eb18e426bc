package main

import (
	"encoding/xml"
	"os"
	"slices"
	"strings"
	"testing"
)

const recording = "recording.svg"

// .ci/run records the demo again and compares the recordings. This test needs no CLI: it checks that the recording was not edited
// by hand, and that the current code still draws it in the same way.
func TestRecordingIsDrawnByTheDemo(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(recording)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := picture(outputOf(t, content))
	if err != nil {
		t.Fatal(err)
	}
	if string(drawn) != string(content) {
		t.Errorf("%s differs from its output drawn again. Run make recording.", recording)
	}
	if len(content) > 64<<10 {
		t.Errorf("%s has %d bytes", recording, len(content))
	}
	for _, step := range steps {
		if !strings.Contains(string(content), ". "+step.title+"<") {
			t.Errorf("%s has no step %q. Run make recording.", recording, step.title)
		}
	}
}

// outputOf returns the output from which a picture was drawn.
func outputOf(t *testing.T, svg []byte) string {
	t.Helper()
	var read struct {
		Slides []struct {
			Lines []string `xml:"text"`
		} `xml:"g"`
	}
	if err := xml.Unmarshal(svg, &read); err != nil {
		t.Fatal(err)
	}
	var output strings.Builder
	for _, s := range read.Slides {
		output.WriteString(strings.Join(s.Lines, "\n") + "\n")
	}
	return output.String()
}

func TestNormalize(t *testing.T) {
	t.Parallel()
	for output, want := range map[string]string{
		"The Talonic provider at work, with terraform 1.11.4": "The Talonic provider at work, with terraform",
		"The Talonic provider at work, with tofu 1.12.0-rc1":  "The Talonic provider at work, with terraform",
		"   $ tofu plan -out=tfplan":                          "   $ terraform plan -out=tfplan",
		"at http://127.0.0.1:39901. No":                       "at http://127.0.0.1:8787. No",
		`~ a = "2026-11-26T04:09:55.595Z" -> b`:               `~ a = "2026-11-02T08:15:30.000Z" -> b`,
		"is in these 9.8 MB, only":                            "is in these 14 MB, only",
		"Everything went as described, in 28.7s.":             "Everything went as described.",
		"Everything went as described, in 1m2.5s.":            "Everything went as described.",
		"Plan: 7 to add, 0 to change, 0 to destroy.":          "Plan: 7 to add, 0 to change, 0 to destroy.",
	} {
		if got := normalize(output); got != want {
			t.Errorf("%q: %q", output, got)
		}
	}
}

func TestSlides(t *testing.T) {
	t.Parallel()
	got := slides("Title\n   text\n\n1. One\n   a\n\n2. Two\n   b\n\nThe end.\n")
	want := []slide{{"Title", "   text", "", "1. One", "   a", ""}, {"2. Two", "   b", "", "The end."}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q", got)
	}
}

func TestPicture(t *testing.T) {
	t.Parallel()
	const output = "1. a\n2. b\n3. c\n4. d\n5. <&>\n   | + e\n"
	svg, err := picture(output)
	if err != nil {
		t.Fatal(err)
	}
	if got := outputOf(t, svg); got != output {
		t.Errorf("the picture shows %q", got)
	}
	for _, wrong := range []string{"1. a\n", strings.Replace(output, "a", strings.Repeat("a", columns), 1)} {
		if _, err := picture(wrong); err == nil {
			t.Errorf("no error for %q", wrong)
		}
	}
}
