package connector

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestDiscrepancies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		connector Connector
		before    string
		sent      string
		stored    string
		want      []string
	}{
		"as sent":                    {Webhook, ``, `{"url": "https://a", "headers": {"A": "1"}}`, `{"url": "https://a", "headers": {"A": "1"}}`, nil},
		"URL tidied up":              {Webhook, ``, `{"url": "HTTPS://A.example.com:443/x/"}`, `{"url": "https://a.example.com/x"}`, nil},
		"URL changed":                {Webhook, ``, `{"url": "https://a/x"}`, `{"url": "https://a/y"}`, []string{`config.url differs from the value that was sent: the path differs`}},
		"URL in another order":       {Webhook, ``, `{"url": "https://a/x?b=1&a=2"}`, `{"url": "https://a/x?a=2&b=1"}`, nil},
		"URL masked":                 {Webhook, ``, `{"url": "https://A.example:443/x"}`, `{"url": "https://a.example/***"}`, nil},
		"URL masked, other host":     {Webhook, ``, `{"url": "https://a/x"}`, `{"url": "https://b/***"}`, []string{`config.url was sent as https://a/..., but the API stored https://b/...`}},
		"URL dropped":                {Webhook, ``, `{"url": "https://a"}`, `{}`, nil},
		"URL nulled":                 {Webhook, ``, `{"url": "https://a"}`, `{"url": null}`, nil},
		"nothing stored at all":      {Webhook, ``, `{"url": "https://a"}`, ``, nil},
		"header in other case":       {Webhook, ``, `{"headers": {"X-A": "1"}}`, `{"headers": {"x-a": "1"}}`, nil},
		"header values differ":       {Webhook, ``, `{"headers": {"a": "v"}}`, `{"headers": {"a": "V"}}`, []string{`config.headers.a differs from the value that was sent: only the case differs`}},
		"header dropped":             {Webhook, ``, `{"headers": {"a": "1", "b": "2"}}`, `{"headers": {"a": "1"}}`, []string{`config.headers.b was sent, but the API did not store it`}},
		"header added":               {Webhook, ``, `{"headers": {"a": "1"}}`, `{"headers": {"a": "1", "b": "2"}}`, nil},
		"header removed":             {Webhook, `{"headers": {"a": "1", "b": "2"}}`, `{"headers": {"a": "1"}}`, `{"headers": {"a": "1"}}`, nil},
		"header kept":                {Webhook, `{"headers": {"A": "1", "B": "2"}}`, `{"headers": {"A": "1"}}`, `{"headers": {"a": "1", "b": "2"}}`, []string{`config.headers.B was removed, but the API still has it`}},
		"all headers kept":           {Webhook, `{"headers": {"A": "1"}}`, `{}`, `{"headers": {"a": "1"}}`, []string{`config.headers.A was removed, but the API still has it`}},
		"some headers kept":          {Webhook, `{"headers": {"A": "1"}}`, `{}`, `{"headers": {"a": "1", "b": "2"}}`, []string{`config.headers.A was removed, but the API still has it`}},
		"default sent, other stored": {SFTP, ``, `{"port": 22}`, `{"port": 23}`, []string{`config.port was sent as 22, but the API stored 23`}},
		"false sent, true stored":    {S3, ``, `{"public_read": false}`, `{"public_read": true}`, []string{`config.public_read was sent as false, but the API stored true`}},
		"default sent, not stored":   {SFTP, ``, `{"port": 22}`, `{}`, nil},
		"default removed, filled in": {SFTP, `{"port": 22}`, `{}`, `{"port": 22}`, nil},
		"spelling of people":         {Webhook, ``, `{"url": "https://A.example.com/?a=1&b=2"}`, `{"url": "https://b.example.com/"}`, []string{`config.url was sent as https://A.example.com/..., but the API stored https://b.example.com/...`}},
		"key added in a list":        {Custom, ``, `{"a": [{"b": 1}]}`, `{"a": [{"b": 1, "c": 2}]}`, nil},
		"all headers kept, as {}": {Webhook, `{"headers": {"A": "1"}}`, `{"headers": {}}`, `{"headers": {"a": "1"}}`,
			[]string{`config.headers.A was removed, but the API still has it`}},
		"empty headers dropped": {Webhook, ``, `{"headers": {}}`, `{}`, nil},
		"empty headers added":   {Webhook, ``, `{}`, `{"headers": {}}`, nil},
		"header masked":         {Webhook, ``, `{"headers": {"Token": "t"}}`, `{"headers": {"Token": "****"}}`, nil},
		"headers masked":        {Webhook, ``, `{"headers": {"Token": "t"}}`, `{"headers": "[REDACTED]"}`, nil},
		"default filled in":     {SFTP, ``, `{"host": "h"}`, `{"host": "h", "port": 22, "timeout_ms": 30000}`, nil},
		"default omitted":       {SFTP, ``, `{"host": "h", "port": 22}`, `{"host": "h"}`, nil},
		"number written anew":   {SFTP, ``, `{"port": 2222}`, `{"port": 2222.0}`, nil},
		"number changed":        {SFTP, ``, `{"port": 2222}`, `{"port": 2223}`, []string{`config.port was sent as 2222, but the API stored 2223`}},
		"number as text":        {SFTP, ``, `{"port": 2222}`, `{"port": "2222"}`, []string{`config.port differs from the value that was sent: it was sent as a number and stored as a string`}},
		"removed":               {SFTP, `{"port": 2222}`, `{}`, `{}`, nil},
		"removed, now null":     {SFTP, `{"port": 2222}`, `{}`, `{"port": null}`, nil},
		"removed, now default":  {SFTP, `{"port": 2222}`, `{}`, `{"port": 22}`, nil},
		"removed, other value":  {SFTP, `{"port": 2222}`, `{}`, `{"port": 23}`, nil},
		"removed, but kept":     {SFTP, `{"port": 2222}`, `{}`, `{"port": 2222.0}`, []string{`config.port was removed, but the API still has 2222.0`}},
		"default removed":       {SFTP, `{"port": 22}`, `{}`, `{"port": 22}`, nil},
		"false is the default":  {S3, `{"public_read": true}`, `{"public_read": false}`, `{}`, nil},
		"true kept":             {S3, `{"public_read": true}`, `{}`, `{"public_read": true}`, []string{`config.public_read was removed, but the API still has true`}},
		"key added":             {S3, ``, `{}`, `{"a": 1}`, nil},
		"nested key added":      {Custom, ``, `{"a": {"b": {"c": 1}}}`, `{"a": {"b": {"c": 1, "d": 2}, "e": 3}}`, nil},
		"nested key changed":    {Custom, ``, `{"a": {"b": {"c": 1}}}`, `{"a": {"b": {"c": 2}}}`, []string{`config.a.b.c differs from the value that was sent`}},
		"nested key kept":       {Custom, `{"a": {"b": {"c": 1, "d": 2}}}`, `{"a": {"b": {"c": 1}}}`, `{"a": {"b": {"c": 1, "d": 2}}}`, []string{`config.a.b.d was removed, but the API still has it`}},
		"object became a value": {Custom, ``, `{"a": {"b": 1}}`, `{"a": 1}`, []string{`config.a differs from the value that was sent: it was sent as an object and stored as a number`}},
		"value became an object": {Custom, ``, `{"a": 1}`, `{"a": {"b": 1}}`,
			[]string{`config.a differs from the value that was sent: it was sent as a number and stored as an object`}},
		"empty object dropped": {Custom, ``, `{"a": {"b": {}}}`, `{"a": {}}`, nil},
		"null dropped":         {Custom, ``, `{"a": null}`, `{}`, nil},
		"list changed":         {Custom, ``, `{"a": [1, 2]}`, `{"a": [2, 1]}`, []string{`config.a.0 differs from the value that was sent`, `config.a.1 differs from the value that was sent`}},
		"several, in order": {Custom, `{"d": 1}`, `{"c": 1, "a": 2}`, `{"a": 1, "d": 1}`, []string{
			`config.a differs from the value that was sent`,
			`config.c was sent, but the API did not store it`,
			`config.d was removed, but the API still has it`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, d := range test.connector.Discrepancies(blocktest.Object(t, test.before), blocktest.Object(t, test.sent), blocktest.Object(t, test.stored)) {
				got = append(got, "config."+d.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("discrepancies (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAdviceOnDiscrepancies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		connector Connector
		found     jsonvalue.Difference
		want      string
	}{
		"changed":            {SFTP, jsonvalue.Difference{Path: []string{"port"}, Sent: 1, Stored: 2}, "Configure the value that the API stores, which the next plan shows, or omit the argument."},
		"required":           {Webhook, jsonvalue.Difference{Path: []string{"url"}, Sent: 1, Stored: 2}, "Configure the value that the API stores, which the next plan shows."},
		"kept, with default": {SFTP, jsonvalue.Difference{Path: []string{"port"}, Stored: 2}, "Set port to the API's default, 22, or replace the destination."},
		"kept, without":      {S3, jsonvalue.Difference{Path: []string{"color"}, Stored: "red"}, "Remove the key in the dashboard, or replace the destination."},
		"header kept":        {Webhook, jsonvalue.Difference{Path: []string{"headers", "A"}, Stored: "1"}, "Remove the key in the dashboard, or replace the destination."},
	} {
		if got := test.connector.AdviceOn(test.found); got != test.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
