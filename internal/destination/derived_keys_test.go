package destination_test

import (
	"fmt"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// plainHook returns a webhook with a plain URL.
func plainHook(url, more string) string {
	return fmt.Sprintf("name = \"hook\"\nwebhook {\n  url = %q\n%s\n}\n", url, more)
}

// A key that the API derives from the URL changes with it, which is no error. The loss of an unmanaged key is one.
func TestDerivedKeys(t *testing.T) {
	t.Parallel()
	t.Run("plain", func(t *testing.T) {
		t.Parallel()
		a := newAPI(t, emulator.Behavior{DeriveURLHost: true})
		w := a.workspace(t, plainHook("https://a.example.com/in", ""))
		w.Apply()
		w.Write("main.tf", a.configuration(plainHook("https://b.example.com/in", "")))
		says(t, w.Apply(), `stored other values: "url_host"`, true)
		if got := a.only(t).Config["url_host"]; got != "b.example.com" {
			t.Errorf("the derived key is %v", got)
		}
		noDrift(t, w)
		w.Write("main.tf", a.configuration(plainHook("https://b.example.com/other", "")))
		says(t, w.Apply(), "Unmanaged keys", false)
		noDrift(t, w)

		w.Write("main.tf", a.configuration(plainHook("https://b.example.com/other", "additional_config = jsonencode({ url_host = \"c.example.com\" })")))
		says(t, w.MustFail("apply", "-auto-approve"), "config.url_host differs from the value that was sent", true)
	})
	t.Run("write-only", func(t *testing.T) {
		t.Parallel()
		a := newAPI(t, emulator.Behavior{DeriveURLHost: true})
		w := a.secretWorkspace(t, secretHook(""))
		w.Apply()
		const other = "https://in.example.com/fakeone"
		w.Setenv("TF_VAR_url", other)
		changed := w.Apply()
		says(t, changed, `stored other values: "url_host"`, true)
		a.expectURL(t, other)
		noDrift(t, w)
		keepsSecret(t, w, changed)
	})
	t.Run("lost", func(t *testing.T) {
		t.Parallel()
		a := newAPI(t, emulator.Behavior{DropUnknownKeys: true})
		w := a.workspace(t, plainHook("https://a.example.com/in", ""))
		w.Apply()
		a.edit(t, func(d *emulator.Destination) { d.Config["retention"] = 7.0 })
		w.Write("main.tf", a.configuration(plainHook("https://b.example.com/in", "")))
		says(t, w.MustFail("apply", "-auto-approve"), "config.retention was sent, but the API did not store it. The key is unmanaged.", true)
	})
}
