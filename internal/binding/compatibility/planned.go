package compatibility

import (
	"context"
	"slices"
	"sync"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// planned holds the known types of destinations that the plan creates. It is needed because the plan of a binding shows only that the ID of
// its destination is unknown. Terraform plans a destination before the bindings that refer to it. planned is safe for concurrent use.
type planned struct {
	mu       sync.Mutex
	replaced map[string]string // ID of a replaced destination to its new type, if the type changes
	created  []string          // types of all created destinations, including replacements; empty if a type is unknown
}

// Replaces records that the plan replaces a destination with one of another type; newType is empty if the type is unknown.
func (c *Checker) Replaces(id, newType string) {
	c.planned.mu.Lock()
	defer c.planned.mu.Unlock()
	if c.planned.replaced == nil {
		c.planned.replaced = map[string]string{}
	}
	c.planned.replaced[text.ID(id)] = newType
}

// Creates records that the plan creates a destination of a type; newType is empty if the type is unknown.
func (c *Checker) Creates(newType string) {
	c.planned.mu.Lock()
	defer c.planned.mu.Unlock()
	c.planned.created = append(c.planned.created, newType)
}

// CheckReplaced is like [Checker.Check], for a binding that had a destination and whose new destination ID is unknown. Usually the plan
// replaces the old destination, so CheckReplaced checks the route with the type of the replacement. The binding may also move to a different
// destination that the plan creates, and the plan does not show which one. Therefore certain is true only if the route conflicts with all of
// them.
func (c *Checker) CheckReplaced(ctx context.Context, r Route, oldDestinationID string) (conflicts []Conflict, certain bool, warnings []string) {
	conflicts, warnings = c.Check(ctx, r, "")
	newType, others := c.candidates(ctx, oldDestinationID)
	if len(conflicts) > 0 || newType == "" {
		return conflicts, true, warnings
	}
	certain = !slices.ContainsFunc(others, func(other string) bool {
		r.DestinationType = other
		return other == "" || len(c.conflicts(r)) == 0
	})
	r.DestinationType = newType
	return c.conflicts(r), certain, warnings
}

// candidates returns the type of the replacement of the old destination, empty if unknown, and the types of all destinations to which the
// binding may move.
func (c *Checker) candidates(ctx context.Context, oldID string) (newType string, others []string) {
	c.planned.mu.Lock()
	newType, replaced := c.planned.replaced[text.ID(oldID)]
	others = slices.Clone(c.planned.created)
	c.planned.mu.Unlock()
	if replaced || len(others) == 0 {
		return newType, others
	}
	// If a destination is replaced for another reason, such as -replace, its type stays the same.
	old, err := c.typeOf(ctx, oldID)
	if err != nil || !slices.Contains(others, old) {
		return "", nil
	}
	return old, others
}
