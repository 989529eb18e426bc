package talonic

import (
	"strings"
	"testing"
)

// Values of the request in a message are redacted, even in a long line.
func TestErrorsRepeatNoValues(t *testing.T) {
	t.Parallel()
	before := strings.Repeat("x ", 50)
	for said, want := range map[string]string{
		before + "https://hooks.example/services/S3cr3tPath": before + "https://hooks.example/...",
		`{\"note\":\"S3cr3t \\\"quoted\\\"\"} is wrong`:      `{"note":"(value not shown)"} is wrong`,
		before + "path /services/S3cr3tPath is long":         before + "path (value not shown) is long",
		"HTTPS://HOOKS.EXAMPLE/services/s3cr3tpath/":         "https://hooks.example/.../",
		"s3cr3tpath is no token":                             "(value not shown) is no token",
		"type folder_of_type is unknown":                     "type folder_of_type is unknown",
		"short is short":                                     "short is short",
	} {
		client := newTestClient(t, always(400, `{"code":"x","message":"`+said+`"}`))
		_, err := client.CreateDestination(t.Context(), NewDestination{Name: "a", Type: "webhook", Config: map[string]any{
			"url": "https://hooks.example/services/S3cr3tPath", "note": `S3cr3t "quoted"`, "type": "folder_of_type", "a": "short",
		}})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(strings.ToLower(err.Error()), "s3cr3t") {
			t.Errorf("%q: %v", said, err)
		}
	}
}
