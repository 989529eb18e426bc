package faults

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// formsMatrix returns the faults that have several forms, and those that depend on when the API executes the request.
func formsMatrix() []row {
	rows := []row{
		{emulator.ExistingResult, "+......", "", settings{executed: "before"}},
		{emulator.ExistingResult, "-......", garbled, settings{}},
		{emulator.StaleDate, "+.+++++", "", settings{}}, // TestOldNeighbors covers the omitted operation
	}
	each := func(kind emulator.FaultKind, want, says string) {
		for _, form := range emulator.FaultForms(kind) {
			if kind == emulator.WrongResult && form == "config" { // the response is consistent with the stored object
				continue
			}
			rows = append(rows, row{kind, want, says, settings{form: form}})
		}
	}
	each(emulator.ForeignNotFound, "-------", "404 Not Found")
	each(emulator.NotDeleted, ".....-.", garbled)
	each(emulator.WrongResult, "+......", "")
	each(emulator.OddItem, ".+.....", "")
	for _, status := range []int{400, 401, 403, 408, 409, 422, 425, 460, 499} {
		rows = append(rows, row{emulator.Refused, "-------", fmt.Sprint(status), settings{status: status}})
	}
	for status, want := range map[int]string{
		400: "-------", 401: "-------", 403: "-------", 409: "-------", 422: "-------",
		408: "o------", 425: "o------", 460: "o------", 499: "o------", // responses of a gateway: the API may have executed the create
	} {
		rows = append(rows, row{emulator.Refused, want, fmt.Sprint(status), settings{status: status, form: "empty"}})
	}
	return rows
}

// TestMatrixOfForms runs every operation with every form of a fault, once and permanently.
func TestMatrixOfForms(t *testing.T) {
	for _, of := range []subject{destinations, bindings} {
		t.Run(of.resourceType, func(t *testing.T) {
			t.Parallel()
			var group sync.WaitGroup
			defer group.Wait()
			for _, r := range formsMatrix() {
				for _, c := range r.cells(of) {
					if c.times == 2 || c.sendsKey() && !c.ignored {
						continue
					}
					group.Go(func() {
						places <- struct{}{}
						defer func() { <-places }()
						for _, problem := range c.playPatiently(t.Context()).problems {
							t.Errorf("%s, form %q, status %d, executed %q: %s: %s", c, c.form, c.status, c.executed, problem.class, problem.text)
						}
					})
				}
			}
		})
	}
}

// kindsOf returns the kinds of faults in a matrix.
func kindsOf(rows []row) []emulator.FaultKind {
	var kinds []emulator.FaultKind
	for _, r := range rows {
		if !slices.Contains(kinds, r.kind) {
			kinds = append(kinds, r.kind)
		}
	}
	return kinds
}
