package jsonvalue_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

func TestMasks(t *testing.T) {
	t.Parallel()
	const url = "https://hooks.slack.com/services/T000/B000/XXXXfake"
	for _, test := range []struct {
		shown  any
		masked bool
		may    bool // it may be a masked form of url
	}{
		{"***", true, true},
		{"[REDACTED]", true, true},
		{"https://hooks.slack.com/***", true, true},
		{"HTTPS://Hooks.Slack.com/services/\u2022\u2022\u2022\u2022", true, true},
		{"https://hooks.slack.com/...", true, true},
		{"https://hooks.slack.com/\u2026", true, true},
		{"https://hooks.slack.com/services/T000/[redacted]", true, true},
		{"https://hooks.slack.com/services/***/***/****fake", true, true},
		{"https://***/services/***fake", true, true},
		{"https://***", true, true},
		{"https://hooks.zapier.com/***", true, false},
		{"https://hooks.slack.com/services/T001/***", true, false},
		{"https://hooks.slack.com/services/***/B001/***", true, false},
		{"https://hooks.slack.com/***other", true, false},
		{url, false, false},
		{"https://a.example/a...b", false, false},
		{"https://a.example/a**b", false, false},
		{"delivery/***/{event_id}", false, false},
		{"", false, false},
		{nil, false, false},
		{json.Number("1"), false, false},
	} {
		if got := jsonvalue.IsMasked(test.shown); got != test.masked {
			t.Errorf("%v is masked: %t", test.shown, got)
		}
		if got := jsonvalue.MayMask(test.shown, url); got != test.may {
			t.Errorf("%v may stand for the URL: %t", test.shown, got)
		}
	}
	if !jsonvalue.MayMask("https://a.example/***", "https://a.example") || jsonvalue.MayMask("https://a.example/***", json.Number("1")) || jsonvalue.MayMask("https://a.example/***", "https://a") {
		t.Error("the end of the host is not found")
	}
}

// A mask is a part of a URL, or the whole value. Other texts may contain the same characters.
func TestContainsMask(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"https://a.example/in/***":                  true,
		"https://a.example/\u2026/in":               true,
		"https://a.example/in?sig=\u2026&a=1":       true,
		"https://a.example/in#token=(hidden)":       true,
		"https://a.example/(hidden)?a=1":            true,
		"https://a.example/<masked>/\u2026":         true,
		"https://user:[redacted]@a.example/in":      true,
		"https://(hidden)@a.example/in":             true,
		"https://a.example/in?sig=***":              true,
		"https://a.example/abc****":                 true,
		"https://a.example/...":                     true,
		"***":                                       true,
		"(hidden)":                                  true,
		"(sensitive value)":                         true,
		"hidden":                                    false,
		"https://app.example.com/{{id}} \u2026 new": false,
		"https://a.example/in is done *** see log":  false,
		"https://a.example/in\n***":                 false,
		"https://a.example/in?q=*** or":             false,
		"https://a.example/files (hidden)":          false,
		"https://a.example/wiki/Treasure_(hidden)":  false,
		"https://a.example/(hidden)_files":          false,
		"https://a.example/in?title=more\u2026":     false,
		"https://a.example/in?q=all\u2026x":         false,
		"https://a.example/more\u2026than":          false,
		"https://a.example/services/T0\u2026":       true,
	} {
		if got := jsonvalue.ContainsMask(text); got != want {
			t.Errorf("%q contains a mask: %t", text, got)
		}
		if strings.HasPrefix(text, "https") && jsonvalue.IsMasked(text) != want {
			t.Errorf("%q is masked: %t", text, !want)
		}
	}
	if !jsonvalue.MayMask("https://a.example/services/T0\u2026/in", "https://a.example/services/T0FAKE/in") ||
		jsonvalue.MayMask("https://a.example/services/T0\u2026/in", "https://a.example/services/T1FAKE/in") {
		t.Error("the visible text of a masked URL is not compared")
	}
}
