package emulator

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// valid holds a minimal valid create for each connector.
var valid = map[string]string{
	"webhook":       plainWebhook,
	"sftp":          sftp,
	"s3":            `{"name":"b","type":"s3","config":{"bucket":"b","region":"eu-central-1"},"auth_config":{"type":"access_key","access_key_id":"fake","secret_access_key":"fake"}}`,
	"azure_blob":    `{"name":"a","type":"azure_blob","config":{"account_name":"acc","container":"c"},"auth_config":{"type":"account_key","account_key":"fake"}}`,
	"google_drive":  `{"name":"g","type":"google_drive"}`,
	"onedrive":      `{"name":"o","type":"onedrive","config":{"folder":"x"}}`,
	"google_sheets": `{"name":"s","type":"google_sheets","auth_config":{"type":"anything","refresh":{"fake":1}}}`,
}

func TestValidCreates(t *testing.T) {
	t.Parallel()
	for _, c := range connectors {
		for _, settings := range [][]string{nil, {"RefuseUnknownKeys"}} {
			got := start(t, settings...).ok("POST", destinationsPath, valid[c.name])
			if got["type"] != c.name || got["is_active"] != true || got["config"] == nil {
				t.Errorf("%s %v: %v", c.name, settings, got)
			}
		}
	}
}

func TestRequiredKeys(t *testing.T) {
	t.Parallel()
	for _, c := range connectors {
		for _, f := range c.config {
			var body map[string]any
			if err := json.Unmarshal([]byte(valid[c.name]), &body); err != nil {
				t.Fatal(err)
			}
			config := body["config"].(map[string]any)
			if _, set := config[f.name]; set != f.required {
				t.Errorf("%s: config.%s is not in the minimal create as the table has it", c.name, f.name)
			}
			delete(config, f.name)
			text, _ := json.Marshal(body)
			got := start(t).do("POST", destinationsPath, string(text))
			if f.required && (got.status != 400 || !strings.Contains(got.body, "config."+f.name+" must be")) {
				t.Errorf("%s without config.%s: %d %s", c.name, f.name, got.status, got.body)
			}
		}
	}
}

func TestRefusedCreates(t *testing.T) {
	t.Parallel()
	webhook := func(config string) string { return `{"name":"w","type":"webhook","config":` + config + `}` }
	signed := func(auth string) string {
		return `{"name":"w","type":"webhook","config":{"url":"https://example.com"},"auth_config":` + auth + `}`
	}
	sftpConfig := func(more string) string { return strings.Replace(sftp, `"host":"h"`, `"host":"h",`+more, 1) }
	for _, c := range []struct{ body, message string }{
		{`{}`, "type must be one of webhook, sftp, s3, azure_blob, google_drive, onedrive, google_sheets"},
		{`{"name":"w","type":"ftp"}`, "type must be one of webhook, sftp, s3, azure_blob, google_drive, onedrive, google_sheets"},
		{`{"type":"webhook","config":{"url":"https://example.com"}}`, "name must be a non-empty string"},
		{`{"name":7,"type":"google_drive"}`, "name must be a non-empty string"},
		{`{"type":"webhook"}`, "name must be a non-empty string; config.url must be an absolute http or https URL"},
		{webhook(`[]`), "config must be an object"},
		{webhook(`{"url":"/in"}`), "config.url must be an absolute http or https URL"},
		{webhook(`{"url":"ftp://example.com"}`), "config.url must be an absolute http or https URL"},
		{webhook(`{"url":"https://"}`), "config.url must be an absolute http or https URL"},
		{webhook(`{"url":true}`), "config.url must be an absolute http or https URL"},
		{webhook(`{"url":"http://example.com","headers":{"A":1}}`), "config.headers must be an object whose values are strings"},
		{webhook(`{"url":"http://example.com","headers":null}`), "config.headers must be an object whose values are strings"},
		{sftpConfig(`"port":0`), "config.port must be an integer from 1 to 65535"},
		{sftpConfig(`"port":65536`), "config.port must be an integer from 1 to 65535"},
		{sftpConfig(`"port":"22"`), "config.port must be an integer from 1 to 65535"},
		{sftpConfig(`"timeout_ms":1.5`), "config.timeout_ms must be a positive integer"},
		{sftpConfig(`"filename_template":""`), "config.filename_template must be a non-empty string"},
		{strings.Replace(sftp, `"/in"`, `"in"`, 1), "config.remote_path must be an absolute path"},
		{strings.Replace(valid["s3"], `"b",`, `"b","public_read":"no",`, 2), "config.public_read must be a boolean"},
		{strings.Replace(valid["s3"], `"auth_config"`, `"ignored"`, 1), "auth_config must be an object"},
		{strings.Replace(valid["azure_blob"], `"auth_config"`, `"ignored"`, 1), "auth_config must be an object"},
		{strings.Replace(sftp, `"auth_config"`, `"ignored"`, 1), "auth_config must be an object"},
		{strings.Replace(sftp, `"type":"password"`, `"type":"none"`, 1), "auth_config.type must be one of password, private_key"},
		{strings.Replace(sftp, `"type":"password"`, `"type":"private_key"`, 1), "auth_config.private_key must be a non-empty string"},
		{strings.Replace(valid["s3"], `"access_key_id":"fake",`, ``, 1), "auth_config.access_key_id must be a non-empty string"},
		{signed(`[]`), "auth_config must be an object"},
		{signed(`{}`), "auth_config.type must be one of none, bearer, basic, api_key"},
		{signed(`{"token":"fake"}`), "auth_config.type must be one of none, bearer, basic, api_key"},
		{signed(`{"type":"password","password":"fake"}`), "auth_config.type must be one of none, bearer, basic, api_key"},
		{signed(`{"type":"bearer"}`), "auth_config.token must be a non-empty string"},
		{signed(`{"type":"api_key","header_name":"X"}`), "auth_config.api_key must be a non-empty string"},
		{signed(`{"type":"basic","username":1}`), "auth_config.username must be a string"},
		{signed(`{"signing_secret":""}`), "auth_config.signing_secret must be a non-empty string or null"},
		{`{"name":"g","type":"google_drive","auth_config":{"token":"fake"}}`, "auth_config.type must be a non-empty string"},
		{strings.Replace(plainWebhook, "{", `{"payload_cap_bytes":-1,`, 1), "payload_cap_bytes must be a positive integer or null"},
		{strings.Replace(plainWebhook, "{", `{"is_active":1,`, 1), "is_active must be a boolean"},
	} {
		a := start(t)
		got := a.do("POST", destinationsPath, c.body)
		object := a.object(got)
		if got.status != 400 || object["code"] != "validation_error" || object["message"] != c.message {
			t.Errorf("%s: %d %s\nwant %s", c.body, got.status, got.body, c.message)
		}
		if len(a.Destinations()) != 0 {
			t.Errorf("%s: stored", c.body)
		}
	}
}

func TestIgnoreNullDoesNotLoosenCreate(t *testing.T) {
	t.Parallel()
	body := strings.Replace(sftp, `{"type":"password","password":"fake"}`, "null", 1)
	if got := start(t, "IgnoreNull").do("POST", destinationsPath, body); got.status != 400 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestCatalogDescribesWhatCreateAccepts(t *testing.T) {
	t.Parallel()
	a := start(t)
	entries := a.ok("GET", connectorsPath, "")["data"].([]any)
	if len(entries) != len(connectors) {
		t.Fatalf("%d entries", len(entries))
	}
	for i, c := range connectors {
		entry := entries[i].(map[string]any)
		var types []string
		for _, method := range entry["auth_types"].([]any) {
			types = append(types, method.(string))
		}
		if entry["type"] != c.name || !slices.Equal(types, c.methods) {
			t.Errorf("%s: type %v, auth_types %v", c.name, entry["type"], types)
		}
		var required []any
		for _, f := range c.config {
			if f.required {
				required = append(required, f.name)
			}
		}
		schema := entry["config_schema"].(map[string]any)
		if got, _ := schema["required"].([]any); !slices.Equal(got, required) {
			t.Errorf("%s: required %v, want %v", c.name, got, required)
		}
	}
	first := entries[1].(map[string]any)
	if got := show(first, "config_schema.properties.port"); got != `{"default":22,"maximum":65535,"minimum":1,"type":"integer"}` {
		t.Errorf("port: %s", got)
	}
}
