package faults

import (
	"flag"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

var report = flag.Bool("report", false, "print the fault matrix")

// places limits the number of concurrent cells.
var places = make(chan struct{}, 24)

// cells returns the cells of a row for a subject, in the order of the operations. Under -short, each fault happens once.
func (r row) cells(of subject) []cell {
	var all []cell
	for _, doing := range of.operations {
		for _, ignored := range []bool{false, true} {
			for _, times := range []int{1, 2, 0} {
				if testing.Short() && times != 1 {
					continue
				}
				if c := (cell{subject: of, row: r, doing: doing, times: times, ignored: ignored}); r.expects(doing, times) != notTested && (c.sendsKey() || !ignored) {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

// TestMatrix runs every operation with every fault: once, twice and permanently, with an API that honors Idempotency-Key and with one that
// does not. The matrices run one after the other, because more requests would time out on a busy machine.
func TestMatrix(t *testing.T) {
	testMatrix(t, destinations, "diagnostics")
}

// TestMatrixOfBindings runs the same matrix for bindings.
func TestMatrixOfBindings(t *testing.T) {
	testMatrix(t, bindings, "diagnostics_of_bindings")
}

func testMatrix(t *testing.T, of subject, golden string) {
	results := make([][]*result, len(matrix))
	t.Run("faults", func(t *testing.T) {
		for i, r := range matrix {
			t.Run(string(r.kind), func(t *testing.T) {
				t.Parallel()
				cells := r.cells(of)
				results[i] = make([]*result, len(cells))
				var group sync.WaitGroup
				for j, c := range cells {
					group.Go(func() {
						places <- struct{}{}
						defer func() { <-places }()
						results[i][j] = c.playPatiently(t.Context())
					})
				}
				group.Wait()
				for _, got := range results[i] {
					for _, problem := range got.problems {
						t.Errorf("%s: %s: %s", got, problem.class, problem.text)
					}
				}
			})
		}
	})
	all := slices.DeleteFunc(slices.Concat(results...), func(r *result) bool { return r == nil })
	if *report {
		fmt.Print(reportOf(all))
	}
	if whole := !slices.ContainsFunc(results, func(row []*result) bool { return row == nil }); whole && !testing.Short() {
		acctest.Golden(t, golden, textsOf(all))
	}
}

// The client recognizes the result of a create by its creation time, although the API's clock may differ from ours.
func TestClocksDiffer(t *testing.T) {
	t.Parallel()
	var group sync.WaitGroup
	defer group.Wait()
	for _, r := range matrix {
		if r.kind != emulator.LostRequest && r.kind != emulator.LostResponse {
			continue
		}
		r.maxRetryWait = 2 * time.Second // The client trusts a Date header only after it has changed, because it may come from a cache.
		for _, of := range []subject{destinations, bindings} {
			for _, skew := range []time.Duration{-time.Hour, time.Hour} {
				for _, times := range []int{1, 2, 0} {
					group.Go(func() {
						got := cell{subject: of, row: r, doing: creating, times: times, ignored: true, skew: skew}.play(t.Context())
						for _, problem := range got.problems {
							if skew > 0 || problem.class != unexpected || !got.namesOnlyOurs() {
								t.Errorf("%s: %s: %s", got, problem.class, problem.text)
							}
						}
					})
				}
			}
		}
	}
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// namesOnlyOurs reports whether a create failed because a Date behind the local clock may come from a cache, so that creation times are
// uncertain. The error then explains how to import the result, and names no other object.
func (r *result) namesOnlyOurs() bool {
	said := strings.Join(r.said, "\n")
	for _, id := range anyID.FindAllString(said, -1) {
		if !slices.Contains(r.ours, id) {
			return false
		}
	}
	return r.failed && len(importWithID.FindAllString(said, -1)) == len(r.ours) && len(r.ours) == 1
}

func TestMatrixIsComplete(t *testing.T) {
	t.Parallel()
	rows := map[emulator.FaultKind]bool{}
	for _, r := range matrix {
		rows[r.kind] = true
		if len(r.want) != len(operations) {
			t.Errorf("%s: %d expectations for %d operations", r.kind, len(r.want), len(operations))
		}
	}
	for _, kind := range kindsOf(formsMatrix()) {
		rows[kind] = true
	}
	for _, kind := range emulator.FaultKinds() {
		if !rows[emulator.FaultKind(kind.Name)] {
			t.Errorf("%s is not in the matrix", kind.Name)
		}
	}
}
