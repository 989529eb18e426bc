package talonic

import (
	"strings"
	"testing"
	"time"
)

// The API may return an ID in different forms, so records of objects recognize every form.
func TestRecordsRecognizeEveryFormOfAnID(t *testing.T) {
	t.Parallel()
	const id = "3db93f1f-3d16-4176-86ca-bc67b49954de"
	upper, sent := strings.ToUpper(id), time.Now()

	var known knownIDs
	known.note(id, sent.Add(-time.Minute))
	if known.mayBeResultOf(upper, sent) {
		t.Error("an object that existed before may be the result of a create")
	}
	known.adopt(upper)
	if !known.isAdopted(id) || !known.isAccountedFor(id) {
		t.Error("an adopted object is not recognized")
	}

	dir := t.TempDir()
	if !newClaims(dir, "https://a.example").take(id) || newClaims(dir, "https://a.example").take(upper) {
		t.Error("two processes can claim the same object")
	}

	sought := NewBinding{Name: "a", DestinationID: strings.ReplaceAll(upper, "-", "")}
	if err := sought.checkResponse(Binding{Name: "a", DestinationID: id}); err != nil {
		t.Errorf("a response is rejected: %v", err)
	}

	if !(findings[Destination]{all: []Destination{{ID: upper}}}).shows(id) {
		t.Error("a listed object is not recognized")
	}
}
