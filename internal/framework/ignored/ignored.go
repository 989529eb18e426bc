// Package ignored detects plans in which the CLI replaced arguments by those of the state, as ignore_changes in a lifecycle
// block has it do. The protocol does not say so, and it matters for write-only arguments: the state has none, so the provider
// is shown null in the plan, and the real value in the apply.
package ignored

import (
	"context"
	"hash/maphash"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Configurations are those that a CLI had validated. Terraform and OpenTofu validate the configuration of a resource right
// before they plan it, and apply ignore_changes in between: so a configuration that is to be planned and was not validated is
// one in which arguments were replaced. The zero value is empty. It is safe for concurrent use.
type Configurations struct {
	mu   sync.Mutex
	seed maphash.Seed
	seen map[string]map[uint64]struct{} // by type of resource: hashes, since configurations have secrets
}

// Validated takes note of a configuration that is validated.
func (c *Configurations) Validated(req *tfprotov6.ValidateResourceConfigRequest) {
	if req.Config == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seed, c.seen = maphash.MakeSeed(), map[string]map[uint64]struct{}{}
	}
	if c.seen[req.TypeName] == nil {
		c.seen[req.TypeName] = map[uint64]struct{}{}
	}
	c.seen[req.TypeName][maphash.Bytes(c.seed, req.Config.MsgPack)] = struct{}{}
}

// Replaced reports whether the configuration that is to be planned is not the one that was validated. It is false where nothing
// of that type was validated at all: then nothing can be told.
func (c *Configurations) Replaced(req *tfprotov6.PlanResourceChangeRequest) bool {
	if req.Config == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := c.seen[req.TypeName]
	if seen == nil {
		return false
	}
	_, validated := seen[maphash.Bytes(c.seed, req.Config.MsgPack)]
	return !validated
}

type key struct{}

// With returns a context that says whether arguments were replaced in the plan that it is for.
func With(ctx context.Context, replaced bool) context.Context {
	if !replaced {
		return ctx
	}
	return context.WithValue(ctx, key{}, true)
}

// In reports whether arguments were replaced in the plan that the context is for.
func In(ctx context.Context) bool { return ctx.Value(key{}) != nil }
