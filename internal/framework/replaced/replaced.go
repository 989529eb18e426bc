// Package replaced finds the prior state of an unchanged resource that the CLI replaces because of -replace or replace_triggered_by. The CLI
// plans such a resource twice: first with its prior state, then as a create with the private state of the first plan but without prior state.
package replaced

import (
	"context"
	"hash/maphash"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Plans records the plans of one run by the values that both plans of a resource share. The zero value is empty and ready to use. It is safe
// for concurrent use.
type Plans struct {
	mu     sync.Mutex
	seed   maphash.Seed
	states map[uint64]*tfprotov6.DynamicValue // nil if several resources share the key
}

// Planned records a plan of a resource that has prior state.
func (p *Plans) Planned(req *tfprotov6.PlanResourceChangeRequest, resp *tfprotov6.PlanResourceChangeResponse) {
	if resp == nil || !isThere(req.PriorState) || !isThere(req.ProposedNewState) || len(resp.PlannedPrivate) == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.states == nil {
		p.seed, p.states = maphash.MakeSeed(), map[uint64]*tfprotov6.DynamicValue{}
	}
	key := p.key(req, resp.PlannedPrivate)
	known, again := p.states[key]
	if again && (known == nil || string(known.MsgPack) != string(req.PriorState.MsgPack)) {
		p.states[key] = nil
		return
	}
	p.states[key] = req.PriorState
}

// State returns the prior state of the resource that a create replaces. It returns nil if the plan does not replace a resource, or if several
// resources match.
func (p *Plans) State(req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.DynamicValue {
	if isThere(req.PriorState) || len(req.PriorPrivate) == 0 {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.states[p.key(req, req.PriorPrivate)]
}

// key returns a hash instead of the values, because configurations contain secrets. The caller holds the lock.
func (p *Plans) key(req *tfprotov6.PlanResourceChangeRequest, private []byte) uint64 {
	var h maphash.Hash
	if p.states != nil {
		h.SetSeed(p.seed)
	}
	for _, part := range [][]byte{[]byte(req.TypeName), private, encoded(req.Config)} {
		maphash.WriteComparable(&h, len(part))
		_, _ = h.Write(part) // never fails
	}
	return h.Sum64()
}

func encoded(value *tfprotov6.DynamicValue) []byte {
	if value == nil {
		return nil
	}
	return value.MsgPack
}

// isThere reports whether a value is present and not null.
func isThere(value *tfprotov6.DynamicValue) bool {
	if value == nil {
		return false
	}
	null, err := value.IsNull()
	return err == nil && !null
}

type key struct{}

// With returns a context for a plan that holds the prior state of the replaced resource; nil means that no resource is replaced.
func With(ctx context.Context, state *tfprotov6.DynamicValue) context.Context {
	if state == nil {
		return ctx
	}
	return context.WithValue(ctx, key{}, state)
}

// In returns the prior state of the replaced resource from the context of a plan; nil if no resource is replaced.
func In(ctx context.Context) *tfprotov6.DynamicValue {
	state, _ := ctx.Value(key{}).(*tfprotov6.DynamicValue)
	return state
}
