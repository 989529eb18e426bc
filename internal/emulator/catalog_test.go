package emulator

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const catalogPath = "/v1/delivery/catalog/"

// entries returns the entries of a catalog in the form CatalogByType.
func (a api) entries(catalog string) map[string]any {
	a.t.Helper()
	a.SetBehavior(func(b *Behavior) { b.Catalog = CatalogByType })
	return a.ok("GET", catalogPath+catalog, "")
}

// stringsIn returns the strings of a JSON array.
func stringsIn(list any) []string {
	var all []string
	for _, item := range list.([]any) {
		all = append(all, item.(string))
	}
	return all
}

func TestCatalogEnvelopes(t *testing.T) {
	t.Parallel()
	for form, want := range map[string][3]string{
		"CatalogInline": {
			`^{"data":\[{"event_type":"document\.extracted","label":`,
			`^{"data":\[{"type":"markdown","label":.*"shape":{"kind":"blob","mime":"text/markdown"}}`,
			`^{"data":\[{"format":"json","supports_kinds":\["record","blob","graph","envelope"\]},`,
		},
		"CatalogWrapped": {
			`^{"data":\[{"event_type":"document\.extracted","capabilities":{"label":`,
			`^{"data":\[{"type":"markdown","capabilities":{"label":`,
			`^{"data":\[{"format":"json","capabilities":{"supports_kinds":\[[^]]*\]}},`,
		},
		"CatalogBareArray": {`^\[{"event_type":"document\.extracted","label":`, `^\[{"type":"markdown",`, `^\[{"format":"json","supports_kinds":`},
		"CatalogByType":    {`^{"delivery\.item\.completed":{"label":`, `^{"document_capture":{"label":`, `^{"csv":{"supports_kinds":\["record"\]},`},
		"CatalogByTypeUnderData": {
			`^{"data":{"delivery\.item\.completed":{"label":`, `^{"data":{"document_capture":{"label":`, `^{"data":{"csv":{"supports_kinds":`,
		},
		"CatalogNamed": {
			`^{"data":\[{"name":"document\.extracted","label":`, `^{"data":\[{"name":"markdown","label":`, `^{"data":\[{"name":"json","supports_kinds":`,
		},
		"CatalogNames": {
			`^{"data":\["document\.extracted",`, `^{"data":\["markdown",`,
			`^{"data":\["json","ndjson","csv","csv_file","xlsx","rows","graph","raw","md","txt"\]}$`,
		},
	} {
		a := start(t, "Catalog="+form)
		for i, name := range []string{"signals", "deliverables", "serializers"} {
			if got := a.do("GET", catalogPath+name, ""); got.status != 200 || !regexp.MustCompile(want[i]).MatchString(got.body) {
				t.Errorf("%s: %s: %d %s", form, name, got.status, got.body)
			}
		}
	}
}

// The catalog has the 17 documented event types.
func TestSignals(t *testing.T) {
	t.Parallel()
	want := strings.Fields(`document.extracted document.extraction_failed
		run.dataspace.completed run.dataspace.failed result.dataspace.completed result.dataspace.failed
		run.structuring.completed run.structuring.failed run.resolution.completed run.resolution.failed
		run.extraction.completed run.extraction.failed result.flagged result.approved result.rejected
		delivery.item.completed delivery.item.failed`)
	if got := start(t, "Catalog=CatalogNames").ok("GET", catalogPath+"signals", ""); !slices.Equal(stringsIn(got["data"]), want) {
		t.Errorf("got %v", got)
	}
	for name, entry := range start(t).entries("signals") {
		if got, want := entry.(map[string]any)["is_meta"], strings.HasPrefix(name, "delivery.item."); got != want {
			t.Errorf("%s: is_meta is %v", name, got)
		}
	}
}

// A deliverable has a known shape and is compatible with existing signals.
func TestDeliverables(t *testing.T) {
	t.Parallel()
	a := start(t)
	signals := a.entries("signals")
	var seen []string
	for name, entry := range a.entries("deliverables") {
		entry := entry.(map[string]any)
		if entry["label"] == "" || entry["description"] == "" {
			t.Errorf("%s: %v", name, entry)
		}
		for _, s := range stringsIn(entry["compatible_signals"]) {
			if signals[s] == nil {
				t.Errorf("%s: no signal is %s", name, s)
			}
		}
		shape := entry["shape"].(map[string]any)
		seen = append(seen, fmt.Sprint(name, " ", shape["kind"], " ", slices.Sorted(maps.Keys(shape))))
		columns, _ := shape["columns"].([]any)
		for _, c := range columns {
			kinds := []string{"string", "number", "boolean", "date", "datetime", "json"}
			if c := c.(map[string]any); c["name"] == "" || !slices.Contains(kinds, c["type"].(string)) {
				t.Errorf("%s: column %v", name, c)
			}
		}
	}
	slices.Sort(seen)
	want := []string{
		"document_capture envelope [kind]",
		"markdown blob [kind mime]",
		"pipeline.capture record [columns is_collection kind]",
		"resolution.graph graph [edge_types kind node_types]",
		"run.dataspace.outcome record [columns is_collection kind]",
		"run.report blob [kind mime]",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("got %q", seen)
	}
}

// Serializers support existing kinds, every kind has a serializer, and connectors support existing serializers and kinds.
func TestSerializersAndConnectorsAgree(t *testing.T) {
	t.Parallel()
	a := start(t)
	serializers := a.entries("serializers")
	supported := map[string]int{}
	for name, entry := range serializers {
		for _, kind := range stringsIn(entry.(map[string]any)["supports_kinds"]) {
			supported[kind]++
		}
		if kinds := stringsIn(entry.(map[string]any)["supports_kinds"]); name == "txt" && len(kinds) != 4 {
			t.Errorf("txt does not accept every shape: %v", kinds)
		}
	}
	if got := slices.Sorted(maps.Keys(supported)); !slices.Equal(got, []string{"blob", "envelope", "graph", "record"}) {
		t.Errorf("supported kinds: %v", got)
	}
	delivered := map[string]bool{}
	for name, entry := range a.entries("connectors") {
		entry := entry.(map[string]any)
		for _, s := range stringsIn(entry["supported_serializers"]) {
			delivered[s] = true
			if serializers[s] == nil {
				t.Errorf("%s: no serializer is %s", name, s)
			}
		}
		for _, kind := range stringsIn(entry["supported_deliverable_kinds"]) {
			if supported[kind] == 0 {
				t.Errorf("%s: no kind is %s", name, kind)
			}
		}
	}
	if len(delivered) != len(serializers) {
		t.Errorf("some serializers are of no connector: %v", delivered)
	}
}

// A fault can spoil all catalogs, or only one catalog.
func TestFaultsOfCatalogs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault Fault
		want  string
	}{
		{Fault{Operation: "catalog"}, "[500 500 500 500 200]"},
		{Fault{Operation: "catalog", Path: catalogPath + "signals"}, "[500 200 200 200 200]"},
	} {
		a := start(t)
		c.fault.Kind = ServerError
		a.Inject(c.fault)
		var got []int
		for _, path := range []string{catalogPath + "signals", catalogPath + "deliverables", catalogPath + "serializers", connectorsPath, destinationsPath} {
			got = append(got, a.do("GET", path, "").status)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%+v: %v, want %s", c.fault, got, c.want)
		}
	}
}
