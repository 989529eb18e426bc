// Package replaced finds the state of a resource that the CLI replaces although nothing in it has changed, as -replace and
// replace_triggered_by have it do. The CLI plans the resource twice then: as it is, and as a create with the private state of the first
// plan, but without its state.
package replaced

import (
	"context"
	"hash/maphash"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Plans are the plans of one run, by what the second plan of a resource has in common with the first. The zero value is empty. It is safe
// for concurrent use.
type Plans struct {
	mu     sync.Mutex
	seed   maphash.Seed
	states map[uint64]*tfprotov6.DynamicValue // nil where several resources have the same in common
}

// Planned takes note of a plan of a resource that has a state.
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

// State returns the state of the resource that a create replaces; nil if the plan is none, or if that cannot be told.
func (p *Plans) State(req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.DynamicValue {
	if isThere(req.PriorState) || len(req.PriorPrivate) == 0 {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.states[p.key(req, req.PriorPrivate)]
}

// key is a hash, because configurations have secrets. The caller holds the lock.
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

// isThere reports whether there is a value that is not null.
func isThere(value *tfprotov6.DynamicValue) bool {
	if value == nil {
		return false
	}
	null, err := value.IsNull()
	return err == nil && !null
}

type key struct{}

// With returns a context that says which state is replaced in the plan that it is for; nil is none.
func With(ctx context.Context, state *tfprotov6.DynamicValue) context.Context {
	if state == nil {
		return ctx
	}
	return context.WithValue(ctx, key{}, state)
}

// In returns the state that is replaced in the plan that the context is for; nil if there is none.
func In(ctx context.Context) *tfprotov6.DynamicValue {
	state, _ := ctx.Value(key{}).(*tfprotov6.DynamicValue)
	return state
}
