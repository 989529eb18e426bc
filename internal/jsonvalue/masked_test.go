package jsonvalue_test

import (
	"encoding/json"
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
