package compatibility_test

import (
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

const hookID = "11111111-1111-4111-8111-111111111111"

func newChecker(t *testing.T, b emulator.Behavior) (*compatibility.Checker, *emulator.Emulator) {
	t.Helper()
	e := emulator.New(b)
	e.Add(emulator.Destination{ID: hookID, Name: "hook", Type: "webhook"})
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	client, err := talonic.New(server.URL, emulator.DefaultAPIKey, talonic.WithMaxRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	return compatibility.NewChecker(client), e
}

// With any number of concurrent callers, each catalog and each destination is read once, and warnings are returned once.
func TestReadsOnce(t *testing.T) {
	t.Parallel()
	c, api := newChecker(t, emulator.Behavior{})
	api.Inject(emulator.Fault{Kind: emulator.ServerError, Path: "/v1/delivery/catalog/signals"})
	var (
		group sync.WaitGroup
		mu    sync.Mutex
		told  []string
	)
	for range 20 {
		group.Go(func() {
			conflicts, warnings := c.Check(t.Context(), route{Deliverable: "pipeline.capture", Serializer: "rows"}, hookID)
			mu.Lock()
			defer mu.Unlock()
			told = append(told, warnings...)
			if len(conflicts) != 1 || !strings.Contains(conflicts[0].Title, "does not support") {
				t.Errorf("conflicts: %+v", conflicts)
			}
		})
	}
	group.Wait()
	if len(told) != 1 || !strings.Contains(told[0], "could not read the catalog of signals: GET /v1/delivery/catalog/signals: 500") {
		t.Errorf("warnings: %q", told)
	}
	if n := len(api.Requests()); n != 5 {
		t.Errorf("%d requests, not 5", n)
	}
}

func TestDoubts(t *testing.T) {
	t.Parallel()
	const catalogs = "/v1/delivery/catalog/"
	for name, c := range map[string]struct {
		behavior emulator.Behavior
		fault    emulator.Fault
		want     []string
	}{
		"all is well":   {},
		"wrapped":       {behavior: emulator.Behavior{Catalog: emulator.CatalogWrapped}},
		"a bare list":   {behavior: emulator.Behavior{Catalog: emulator.CatalogBareArray}},
		"by type":       {behavior: emulator.Behavior{Catalog: emulator.CatalogByType}},
		"by type, data": {behavior: emulator.Behavior{Catalog: emulator.CatalogByTypeUnderData}},
		"named":         {behavior: emulator.Behavior{Catalog: emulator.CatalogNamed}},
		"missing fields": {behavior: emulator.Behavior{Catalog: emulator.CatalogNames}, want: []string{
			"The catalog of deliverables does not contain shape kinds.", "The catalog of deliverables does not contain compatible_signals.",
			"The catalog of serializers does not contain supports_kinds.", "The catalog of connectors does not contain supported_serializers.",
		}},
		"a 500":         {fault: emulator.Fault{Kind: emulator.ServerError, Path: catalogs}, want: []string{"The provider could not read the catalogs of signals, deliverables, serializers and connectors"}},
		"a wrong key":   {fault: emulator.Fault{Kind: emulator.Unauthorized, Path: catalogs}, want: []string{"Check the API key"}},
		"HTML":          {fault: emulator.Fault{Kind: emulator.HTMLBody, Path: catalogs + "connectors"}, want: []string{"could not read the catalog of connectors"}},
		"another shape": {fault: emulator.Fault{Kind: emulator.EmptyObject, Path: catalogs + "signals"}, want: []string{"could not read the catalog of signals"}},
		"nothing":       {fault: emulator.Fault{Kind: emulator.ArrayBody, Path: catalogs + "serializers"}, want: []string{"could not read the catalog of serializers"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checker, api := newChecker(t, c.behavior)
			if c.fault.Kind != "" {
				api.Inject(c.fault)
			}
			conflicts, warnings := checker.Check(t.Context(), route{EventType: "document.extracted", Deliverable: "markdown", Serializer: "md"}, hookID)
			if len(conflicts) > 0 {
				t.Errorf("conflicts: %+v", conflicts)
			}
			if len(warnings) != len(c.want) {
				t.Fatalf("warnings: %q", warnings)
			}
			for i, want := range c.want {
				if !strings.Contains(warnings[i], want) {
					t.Errorf("%q does not say %q", warnings[i], want)
				}
			}
		})
	}
}

func TestNoSuchDestination(t *testing.T) {
	t.Parallel()
	c, _ := newChecker(t, emulator.Behavior{})
	conflicts, _ := c.Check(t.Context(), route{}, "99999999-9999-4999-8999-999999999999")
	if len(conflicts) != 1 || conflicts[0].At != compatibility.DestinationID {
		t.Errorf("%+v", conflicts)
	}
}
