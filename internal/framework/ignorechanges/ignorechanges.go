// Package ignorechanges detects plans in which the CLI replaced arguments with their values in prior state because of ignore_changes in a
// lifecycle block. The protocol does not report such a replacement. It matters for write-only arguments: prior state has no values for them,
// so the provider receives null in the plan and the configured value in the apply.
package ignorechanges

import (
	"context"
	"hash/maphash"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Configurations records the configurations that a CLI has validated. CLIs validate the configuration of a resource right before they plan it,
// and apply ignore_changes between the two steps. So if a plan has a configuration that was not validated, the CLI has replaced arguments in
// it. The zero value is empty and ready to use. It is safe for concurrent use.
type Configurations struct {
	mu   sync.Mutex
	seed maphash.Seed
	seen map[string]map[uint64]struct{} // hashes by resource type, because configurations contain secrets
}

// Validated records a validated configuration.
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

// HasIgnoredArguments reports whether the CLI replaced arguments in the planned configuration, so that it differs from all validated ones. It
// returns false if no configuration of the resource type was validated, because it cannot compare in that case.
func (c *Configurations) HasIgnoredArguments(req *tfprotov6.PlanResourceChangeRequest) bool {
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

// With returns a context for a plan that holds whether the CLI replaced arguments.
func With(ctx context.Context, ignored bool) context.Context {
	if !ignored {
		return ctx
	}
	return context.WithValue(ctx, key{}, true)
}

// In reports whether the CLI replaced arguments in the plan with this context.
func In(ctx context.Context) bool { return ctx.Value(key{}) != nil }
