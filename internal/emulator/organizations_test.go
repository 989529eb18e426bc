package emulator_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Each key gives access to the objects of its own organization, and an unknown key to no objects.
func TestOrganizations(t *testing.T) {
	t.Parallel()
	one, two := emulator.New(emulator.Behavior{IncludeCustomerID: true}), emulator.New(emulator.Behavior{IncludeCustomerID: true})
	two.SetAPIKeys("tlnc_two")
	id := one.Add(emulator.Destination{Name: "of one", Type: "webhook"})
	two.Add(emulator.Destination{Name: "of two", Type: "webhook"})
	server := httptest.NewServer(emulator.Organizations(one, two))
	t.Cleanup(server.Close)
	ask := func(key, path string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/delivery/destinations"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+key)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
	for key, want := range map[string]*emulator.Emulator{emulator.DefaultAPIKey: one, "tlnc_two": two} {
		if status, body := ask(key, ""); status != http.StatusOK || !strings.Contains(body, want.CustomerID()) || strings.Count(body, `"id"`) != 1 {
			t.Errorf("%s: %d %s", key, status, body)
		}
	}
	for key, want := range map[string]int{emulator.DefaultAPIKey: http.StatusOK, "tlnc_two": http.StatusNotFound, "tlnc_none": http.StatusUnauthorized} {
		if status, body := ask(key, "/"+id); status != want {
			t.Errorf("%s: %d, not %d: %s", key, status, want, body)
		}
	}
}
