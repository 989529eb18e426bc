package objects

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Filter is an optional argument that chooses objects. Either matches or isTrue is set.
type Filter[T any] struct {
	name, description string

	matches func(given string, object T) bool
	rules   []validator.String

	isTrue func(T) bool
}

// ByText returns the filter that demands a text of objects.
func ByText[T any](name, description string, of func(T) string) Filter[T] {
	return Filter[T]{
		name: name, description: description, rules: []validator.String{validators.NotEmpty{}},
		matches: func(given string, object T) bool { return text.Equal(given, of(object)) },
	}
}

// ByID returns the filter that demands the id of another object, in whatever form it is written.
func ByID[T any](name, description string, of func(T) string) Filter[T] {
	return Filter[T]{
		name: name, description: description, rules: []validator.String{validators.NotEmpty{}},
		matches: func(given string, object T) bool { return text.SameID(given, of(object)) },
	}
}

// ByPrefix returns the filter that demands how a text of objects begins. An empty one lets all pass.
func ByPrefix[T any](name, description string, of func(T) string) Filter[T] {
	return Filter[T]{
		name: name, description: description,
		matches: func(given string, object T) bool { return text.HasPrefix(of(object), given) },
	}
}

// ByFlag returns the filter that demands that objects have a flag, or that they do not.
func ByFlag[T any](name, description string, of func(T) bool) Filter[T] {
	return Filter[T]{name: name, description: description, isTrue: of}
}

// ByReading returns a filter that [List.Select] goes by: what it reads passes.
func ByReading[T any](name, description string, rules ...validator.String) Filter[T] {
	return Filter[T]{
		name: name, description: description, rules: append([]validator.String{validators.NotEmpty{}}, rules...),
		matches: func(string, T) bool { return true },
	}
}

// allows reports whether an object passes. A null lets all pass.
func (f Filter[T]) allows(given attr.Value, object T) bool {
	switch given := given.(type) {
	case types.String:
		return given.IsNull() || f.matches(given.ValueString(), object)
	case types.Bool:
		return given.IsNull() || given.ValueBool() == f.isTrue(object)
	}
	return true
}

// Given are the values of filters by name.
type Given map[string]attr.Value

// Text returns the value of a filter that is a text; empty if it is null.
func (g Given) Text(name string) string {
	value, _ := g[name].(types.String)
	return value.ValueString()
}

// ID returns the value of a filter that is an id, as the API writes it; empty if it is null.
func (g Given) ID(name string) string { return text.ID(g.Text(name)) }

// Filters are the filters of a kind.
type Filters[T any] []Filter[T]

// Choose returns the objects that every filter lets pass, in the order that they have. given has the filters' values by name, and
// may lack some.
func (f Filters[T]) Choose(all []T, given Given) []T {
	return slices.DeleteFunc(slices.Clone(all), func(object T) bool {
		return slices.ContainsFunc(f, func(filter Filter[T]) bool { return !filter.allows(given[filter.name], object) })
	})
}

// read returns the filters' values in a configuration.
func (f Filters[T]) read(ctx context.Context, config tfsdk.Config) (given Given, diags diag.Diagnostics) {
	given = Given{}
	for _, filter := range f {
		var value attr.Value
		diags.Append(config.GetAttribute(ctx, path.Root(filter.name), &value)...)
		given[filter.name] = value
	}
	return given, diags
}

func (f Filters[T]) dataSourceAttributes() map[string]datasourceschema.Attribute {
	attributes := map[string]datasourceschema.Attribute{}
	for _, filter := range f {
		if filter.isTrue != nil {
			attributes[filter.name] = datasourceschema.BoolAttribute{Optional: true, MarkdownDescription: filter.description}
			continue
		}
		attributes[filter.name] = datasourceschema.StringAttribute{Optional: true, MarkdownDescription: filter.description, Validators: filter.rules}
	}
	return attributes
}

func (f Filters[T]) listAttributes() map[string]listschema.Attribute {
	attributes := map[string]listschema.Attribute{}
	for _, filter := range f {
		if filter.isTrue != nil {
			attributes[filter.name] = listschema.BoolAttribute{Optional: true, MarkdownDescription: filter.description}
			continue
		}
		attributes[filter.name] = listschema.StringAttribute{Optional: true, MarkdownDescription: filter.description, Validators: filter.rules}
	}
	return attributes
}
