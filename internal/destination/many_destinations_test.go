package destination_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// inFleet is the number of destinations that one cause affects.
const inFleet = 30

// fleet returns a configuration with many destinations.
func fleet(url, key string) string {
	return fmt.Sprintf(`
provider "talonic" {
  base_url    = %q
  api_key     = %s
  max_retries = 0
}
resource "talonic_delivery_destination" "h" {
  count = %d
  name  = "dest ${count.index}"
  webhook {
    url = "https://h${count.index}.example/hook"
  }
}
`, url, key, inFleet)
}

// blocks counts the diagnostics of a run, by severity and title.
func blocks(r acctest.Result) map[string]int {
	count := map[string]int{}
	for line := range strings.SplitSeq(r.Output(), "\n") {
		line = strings.TrimSpace(strings.TrimLeft(line, "│ "))
		if strings.HasPrefix(line, "Warning: ") || strings.HasPrefix(line, "Error: ") {
			count[line]++
		}
	}
	return count
}

// A warning is printed at most three times, for any number of destinations.
func TestAmountOfWarnings(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	const known = "terraform_data.key.output"
	w := acctest.NewWorkspace(t, map[string]string{
		"provider.tf": requiredProvider, "main.tf": fleet(a.url, known),
		"key.tf": "resource \"terraform_data\" \"key\" {\n  input = \"" + emulator.DefaultAPIKey + "\"\n}\n",
	})
	w.Apply()
	few := func(what string, r acctest.Result, title string) {
		t.Helper()
		n := blocks(r)["Warning: "+title]
		if n < 1 || n > 3 || !strings.Contains(r.Output(), "more similar warning") {
			t.Errorf("%s: %d blocks\n%s", what, n, r)
		}
	}
	few("an unknown key", w.Plan("-replace=terraform_data.key"), "Delivery destination was not refreshed")
	w.Write("main.tf", fleet(a.url, `"`+emulator.DefaultAPIKey+`"`))
	for _, d := range a.Destinations() {
		a.bind(d.ID, "of "+d.Name)
		a.Edit(d.ID, func(d *emulator.Destination) { d.IsActive = false })
	}
	few("paused elsewhere", w.Run("plan"), "Destination does not deliver")
	few("bindings made elsewhere", w.Run("plan", "-destroy"), "Bindings are deleted with a delivery destination")
	for _, d := range a.Destinations() {
		a.Remove(d.ID)
	}
	few("deleted elsewhere", w.Plan(), "Delivery destination not found")
}

// The same holds for warnings about the configuration. A test of package apidiag pins the titles of all warnings.
func TestAmountOfWarningsOfConfigurations(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": fmt.Sprintf(`
provider "talonic" {
  base_url = %q
  api_key  = %q
}
resource "talonic_delivery_destination" "h" {
  count = %d
  name  = "dest ${count.index}"
  webhook {
    url               = "http://h${count.index}.example/hook"
    headers           = { Authorization = "of ${count.index}", X-Talonic-Of = count.index }
    additional_config = jsonencode({ password = "of ${count.index}", URL = count.index })
    signing_secret_wo = "secret ${count.index}\n"
  }
}
resource "talonic_delivery_destination" "archive" {
  count = %[3]d
  name  = "archive ${count.index}"
  s3 {
    bucket       = "Archive_${count.index}"
    region       = "auto"
    key_template = "{year}/${count.index}"
    auth_access_key {
      access_key_id        = "AKIA${count.index}"
      secret_access_key_wo = "secret"
    }
  }
}
`, a.url, emulator.DefaultAPIKey, inFleet)})
	r := w.Plan()
	for _, title := range []string{
		"URL is not encrypted", "Header looks like a credential", "Header is set by the API", "Key looks like a credential", "Key looks like an argument",
		"Secret has an unexpected form", "Unusual bucket name", "Unusual region", "Unknown template token",
	} {
		if n := blocks(r)["Warning: "+title]; n < 1 || n > 3 {
			t.Errorf("%s: %d blocks\n%s", title, n, r)
		}
	}
}

// One error explains a cause, each operation that it stopped takes one line, and no more requests are sent. The tests of package apidiag
// check the number of stopped operations: it is counted within a short time, which a busy machine exceeds.
func TestAmountOfErrors(t *testing.T) {
	t.Parallel()
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	t.Cleanup(broken.Close)
	for name, c := range map[string]struct {
		key, url string
		told     string
		most     int // requests
	}{
		"a wrong key":     {`"tlnc_wrong"`, "", "Check the API key", 20},
		"no way there":    {`"tlnc_wrong"`, "http://127.0.0.1:1", "The API could not be reached.", 0},
		"a broken API":    {`"tlnc_wrong"`, broken.URL, "Another error of this run has the details", 0},
		"no scope write":  {`"` + emulator.DefaultAPIKey + `"`, "", `"write" for all other`, 25},
		"all are invalid": {`"` + emulator.DefaultAPIKey + `"`, "", "Correct the configuration and apply again.", 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			url := a.url
			if c.url != "" {
				url = c.url
			}
			switch name {
			case "no scope write":
				a.Inject(emulator.Fault{Kind: emulator.Forbidden, Operation: "create", Times: 100})
			case "all are invalid":
				a.Inject(emulator.Fault{Kind: emulator.Refused, Operation: "create"})
			}
			w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": fleet(url, c.key)})
			r := w.MustFail("apply", "-auto-approve")
			text := unwrapped(strings.ReplaceAll(r.Output(), "│", ""))
			if n := strings.Count(text, "has the details"); n < inFleet/2 {
				t.Errorf("%d of %d are short: %s", n, inFleet, r)
			}
			if !strings.Contains(text, c.told) || name != "a broken API" && strings.Count(text, c.told) != 1 || strings.Count(text, "This error also stopped ") > 1 {
				t.Errorf("%q is told %d times: %s", c.told, strings.Count(text, c.told), r)
			}
			if got := len(a.Requests()); got > c.most {
				t.Errorf("%d requests", got)
			}
		})
	}
}
