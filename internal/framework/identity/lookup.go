package identity

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ValidateSelector returns an error unless exactly one of id and name is set. It replaces datasourcevalidator.ExactlyOneOf, whose errors do
// not name the object or the argument to remove.
func ValidateSelector(noun string, id, name types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	_, byID := blocks.Known(id)
	_, byName := blocks.Known(name)
	switch {
	case byID && byName:
		diags.AddAttributeError(path.Root("name"), "Conflicting id and name",
			"Both id and name select the delivery "+noun+". Remove one of the two arguments.")
	case id.IsNull() && name.IsNull():
		diags.AddError("Missing id or name",
			"Set id. If no other delivery "+noun+" has the same name, you can set name instead.")
	}
	return diags
}

// Lookup describes how one kind of object is looked up, for data sources and imports.
type Lookup[T any] struct {
	Noun string

	// Unconfigured is true if the provider's configuration is unknown, so that the API cannot be called.
	Unconfigured bool

	Get   func(ctx context.Context, id string) (*T, error)
	All   func(ctx context.Context) ([]T, error)
	Named func(T) Named
}

// Find returns the object with the given ID or, if id is not set, the only object with the given name.
func (l Lookup[T]) Find(ctx context.Context, id, name types.String) (*T, diag.Diagnostic) {
	if id, ok := blocks.Known(id); ok {
		return l.byID(ctx, text.ID(id))
	}
	return l.byName(ctx, name.ValueString())
}

func (l Lookup[T]) named(all []T) []Named {
	named := make([]Named, len(all))
	for i, object := range all {
		named[i] = l.Named(object)
	}
	return named
}

func (l Lookup[T]) cannotRead() string { return "Cannot read delivery " + l.Noun }

func (l Lookup[T]) byID(ctx context.Context, id string) (*T, diag.Diagnostic) {
	at, title, s := path.Root("id"), l.cannotRead(), apidiag.Subject{Noun: l.Noun, ID: id}
	if l.Unconfigured {
		return nil, diag.NewAttributeErrorDiagnostic(at, title+" yet", s.About(apidiag.Unconfigured))
	}
	found, err := l.Get(ctx, id)
	switch {
	case talonic.IsNotFound(err):
		next := apidiag.WhereToLook(l.Noun)
		if !text.IsID(id) {
			next = fmt.Sprintf("The value is not an ID, because the IDs of %ss are UUIDs. If the value is a name, set name instead of id.", l.Noun)
		}
		return nil, diag.NewAttributeErrorDiagnostic(at, title, s.AboutError(err, next))
	case err != nil:
		return nil, diag.NewAttributeErrorDiagnostic(at, title, s.AboutError(err, ""))
	}
	return found, nil
}

func (l Lookup[T]) byName(ctx context.Context, name string) (*T, diag.Diagnostic) {
	at, title, s := path.Root("name"), l.cannotRead(), apidiag.Subject{Noun: l.Noun, Name: name}
	if l.Unconfigured {
		return nil, diag.NewAttributeErrorDiagnostic(at, title+" yet", s.About(apidiag.Unconfigured))
	}
	all, err := l.All(ctx)
	if err != nil {
		return nil, diag.NewAttributeErrorDiagnostic(at, title, s.AboutError(err, ""))
	}
	named := l.named(all)
	switch found := withName(name, named); len(found) {
	case 0:
		return nil, diag.NewAttributeErrorDiagnostic(at, "No delivery "+l.Noun+" has this name", s.About(nextIfNotFound(l.Noun, name, named)))
	case 1:
		one := slices.IndexFunc(all, func(object T) bool { return l.Named(object).ID == found[0].ID })
		return &all[one], nil
	default:
		return nil, diag.NewAttributeErrorDiagnostic(at, "Several delivery "+l.Noun+"s have this name", s.About(listAmbiguous(l.Noun, found)))
	}
}
