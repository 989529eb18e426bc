package compatibility

import (
	"context"
	"slices"
	"sync"
)

// planned is what is known of destinations that are about to be created: the plan of a binding shows only that the id of its
// destination is not known yet. Terraform plans a destination before the bindings that refer to it. It is safe for concurrent use.
type planned struct {
	mu       sync.Mutex
	replaced map[string]string // the new type, by the id of a destination that is replaced because of its type
	created  []string          // the types of all that are created, the replaced ones included; empty: not known
}

// Replaces takes note that the plan replaces a destination by one of another type; empty if that is not known.
func (c *Checker) Replaces(id, newType string) {
	c.planned.mu.Lock()
	defer c.planned.mu.Unlock()
	if c.planned.replaced == nil {
		c.planned.replaced = map[string]string{}
	}
	c.planned.replaced[id] = newType
}

// Creates takes note that the plan creates a destination of a type; empty if that is not known.
func (c *Checker) Creates(newType string) {
	c.planned.mu.Lock()
	defer c.planned.mu.Unlock()
	c.planned.created = append(c.planned.created, newType)
}

// CheckReplaced judges a route like [Checker.Check] whose destination is not known yet, although it had one. As a rule, that one is
// replaced, so the route is judged by the type of what replaces it. But the route may also lead to another destination that the plan
// creates, and nothing tells which: unless it fits none of them, the conflicts are not certain.
func (c *Checker) CheckReplaced(ctx context.Context, r Route, oldDestinationID string) (conflicts []Conflict, certain bool, doubts []string) {
	conflicts, doubts = c.Check(ctx, r, "")
	newType, others := c.candidates(ctx, oldDestinationID)
	if len(conflicts) > 0 || newType == "" {
		return conflicts, true, doubts
	}
	certain = !slices.ContainsFunc(others, func(other string) bool {
		r.DestinationType = other
		return other == "" || len(c.judge(r)) == 0
	})
	r.DestinationType = newType
	return c.judge(r), certain, doubts
}

// candidates are the type that the destination of a binding is going to have if it is replaced, empty if that is not known, and those
// of all destinations that it may become.
func (c *Checker) candidates(ctx context.Context, oldID string) (newType string, others []string) {
	c.planned.mu.Lock()
	newType, replaced := c.planned.replaced[oldID]
	others = slices.Clone(c.planned.created)
	c.planned.mu.Unlock()
	if replaced || len(others) == 0 {
		return newType, others
	}
	// Replaced for another reason, as with -replace, it has the type that it had.
	old, err := c.lockedTypeOf(ctx, oldID)
	if err != nil || !slices.Contains(others, old) {
		return "", nil
	}
	return old, others
}
