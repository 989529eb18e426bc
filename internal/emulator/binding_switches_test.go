package emulator

import (
	"fmt"
	"strings"
)

// bindingSwitchCases observes the effects of switches on bindings.
var bindingSwitchCases = []switchCase{
	{"FillDefaults", func(a api) string {
		got := a.ok("GET", a.bind(`,"delivery_policy":{"max_attempts":2}`), "")
		return strings.Join([]string{show(got, "signal_filter"), show(got, "serializer_config"), show(got, "resolver_config"),
			show(got, "field_map"), show(got, "delivery_policy")}, " ")
	},
		`{"event_type":"document.extracted"} null null null {"max_attempts":2}`,
		`{"event_type":"document.extracted","match":{}} {} {"null_handling":"always_null"} null ` +
			`{"backoff_schedule":[5000,30000,120000,600000,3600000],"max_attempts":2,"timeout_ms":30000}`},
	{"RefuseUnknownKeys", func(a api) string {
		path := a.bind("")
		var statuses []int
		for _, body := range []string{
			`{"color":"red"}`,
			`{"signal_filter":{"event_type":"document.extracted","color":"red"}}`,
			`{"field_map":{"color":"red"}}`,
			`{"field_map":{"amount":"$.total"}}`,
			`{"delivery_policy":{"color":"red"}}`,
			`{"delivery_policy":{"rate_limit":{"ratePerSec":0.5,"capacity":1,"color":"red"}}}`,
		} {
			statuses = append(statuses, a.do("PUT", path, body).status)
		}
		a.ok("PUT", path, `{"serializer_config":{"any":1},"resolver_config":{"any":1},"signal_filter":{"event_type":"document.extracted","match":{"any":1}}}`)
		return fmt.Sprint(statuses)
	}, `[200 200 200 200 200 200]`, `[400 400 400 400 400 400]`},
	{"IgnoreNull", func(a api) string {
		path := a.bind(`,"serializer_config":{"a":1},"resolver_config":{"b":2},"field_map":{"drop":["c"]},"delivery_policy":{"timeout_ms":4}`)
		got := a.ok("PUT", path, `{"serializer_config":null,"resolver_config":null,"field_map":null,"delivery_policy":null}`)
		return strings.Join([]string{show(got, "serializer_config"), show(got, "resolver_config"), show(got, "field_map"), show(got, "delivery_policy")}, " ")
	}, "null null null null", `{"a":1} {"b":2} {"drop":["c"]} {"timeout_ms":4}`},
	{"AcceptActiveOnCreate", func(a api) string {
		return show(a.ok("GET", a.bind(`,"is_active":false`), ""), "is_active")
	}, "true", "false"},
	{"UpdateWithoutBody", func(a api) string {
		path := a.bind("")
		got := a.do("PUT", path, `{"name":"x"}`)
		return fmt.Sprint(got.status, " ", show(a.object(got), "name"), " ", show(a.ok("GET", path, ""), "name"))
	}, `200 "x" "x"`, `204 null "x"`},
	{"DeleteWithoutBody", func(a api) string {
		path := a.bind("")
		got := a.do("DELETE", path, "")
		return fmt.Sprint(got.status, strings.Replace(got.body, bindingID(path), "ID", 1))
	}, `200{"deleted":true,"id":"ID"}`, "204"},
	{"UpperCaseIDs", func(a api) string {
		path := a.bind("")
		got := a.ok("GET", path, "")
		isUpper := func(key string) bool { return got[key] == strings.ToUpper(got[key].(string)) }
		return fmt.Sprint(isUpper("id"), isUpper("destination_id"))
	}, "false false", "true true"},
	{"IncludeCustomerID", func(a api) string {
		_, there := a.ok("GET", a.bind(""), "")["customer_id"]
		return fmt.Sprint(there)
	}, "false", "true"},
	{"FieldMapFlat", func(a api) string {
		path := a.bind(`,"field_map":{"rules":[{"source":"a.b","target":"x"},{"source":"c","target":"y"}],"static":{"s":1},"drop":["d"]}`)
		first := show(a.ok("GET", path, ""), "field_map")
		a.do("PUT", path, `{"field_map":{"z":"$.e.f"}}`)
		return first + " " + fmt.Sprint(a.Bindings()[0].FieldMap) + " " + show(a.ok("PUT", path, `{"field_map":{}}`), "field_map")
	},
		`{"drop":["d"],"rules":[{"source":"a.b","target":"x"},{"source":"c","target":"y"}],"static":{"s":1}} map[z:$.e.f] {}`,
		`{"x":"$.a.b","y":"$.c"} map[rules:[map[source:e.f target:z]]] {}`},
	{"ListBareArray", func(a api) string { return a.do("GET", bindingsPath, "").body }, `{"data":[]}`, `[]`},
	{"ListPageSize=2", func(a api) string {
		for range 3 {
			a.bind("")
		}
		first := a.ok("GET", bindingsPath, "")
		block, paged := first["pagination"].(map[string]any)
		if !paged {
			return fmt.Sprint(len(first["data"].([]any)))
		}
		last := a.ok("GET", bindingsPath+"?cursor="+block["next_cursor"].(string), "")
		return fmt.Sprint(len(first["data"].([]any)), len(last["data"].([]any)), show(last, "pagination"))
	}, "3", `2 1{"has_more":false,"limit":2,"next_cursor":null,"total":3}`},
	{"Errors=ErrorNested", func(a api) string {
		got := a.object(a.do("GET", bindingsPath+"/unknown", ""))
		return show(got, "message") + show(got, "error.message")
	}, `"Binding not found."null`, `null"Binding not found."`},
}
