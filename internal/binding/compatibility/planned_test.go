package compatibility_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// A webhook accepts JSON, and google_sheets only rows.
func TestCheckReplaced(t *testing.T) {
	t.Parallel()
	json := route{EventType: "document.extracted", Deliverable: "pipeline.capture", Serializer: "json"}
	rows := route{EventType: "document.extracted", Deliverable: "pipeline.capture", Serializer: "rows"}
	for name, c := range map[string]struct {
		route    route
		plans    func(*compatibility.Checker)
		conflict bool
		certain  bool
	}{
		"nothing is known": {json, func(*compatibility.Checker) {}, false, true},
		"replaced": {json, func(c *compatibility.Checker) {
			c.Replaces(hookID, "google_sheets")
			c.Creates("google_sheets")
		}, true, true},
		"replaced, with another form of the ID": {json, func(c *compatibility.Checker) {
			c.Replaces("urn:uuid:"+hookID, "google_sheets")
			c.Creates("google_sheets")
		}, true, true},
		"replaced, compatible": {rows, func(c *compatibility.Checker) {
			c.Replaces(hookID, "google_sheets")
			c.Creates("google_sheets")
		}, false, true},
		"replaced, as is one that would do": {json, func(c *compatibility.Checker) {
			c.Replaces(hookID, "google_sheets")
			c.Creates("google_sheets")
			c.Creates("s3")
		}, true, false},
		"replaced, as are others that would not do": {json, func(c *compatibility.Checker) {
			c.Replaces(hookID, "google_sheets")
			c.Creates("google_sheets")
			c.Creates("google_sheets")
		}, true, true},
		"replaced, as is one whose type is not known": {json, func(c *compatibility.Checker) {
			c.Replaces(hookID, "google_sheets")
			c.Creates("google_sheets")
			c.Creates("")
		}, true, false},
		"replaced by a type that is not known": {json, func(c *compatibility.Checker) {
			c.Replaces(hookID, "")
			c.Creates("")
		}, false, true},
		"another one is replaced": {json, func(c *compatibility.Checker) {
			c.Replaces("22222222-2222-4222-8222-222222222222", "google_sheets")
			c.Creates("google_sheets")
		}, false, true},
		"replaced by one of its type":             {rows, func(c *compatibility.Checker) { c.Creates("webhook") }, true, true},
		"replaced by one of its type, compatible": {json, func(c *compatibility.Checker) { c.Creates("webhook") }, false, true},
		"another one of its type is created, and one that would do": {rows, func(c *compatibility.Checker) {
			c.Creates("webhook")
			c.Creates("google_sheets")
		}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checker, _ := newChecker(t, emulator.Behavior{})
			c.plans(checker)
			conflicts, certain, warnings := checker.CheckReplaced(t.Context(), c.route, hookID)
			if (len(conflicts) > 0) != c.conflict || len(conflicts) > 0 && certain != c.certain || len(warnings) > 0 {
				t.Errorf("%+v, certain: %t, warnings: %q", conflicts, certain, warnings)
			}
		})
	}
}
