package datasources

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

// Filter is an optional argument that selects objects. Exactly one of its fields matches and isTrue is set.
type Filter[T any] struct {
	name, description string

	matches func(given string, object T) bool
	rules   []validator.String

	isTrue func(T) bool
}

// ByText returns a filter that selects objects whose value equals the given text.
func ByText[T any](name, description string, value func(T) string) Filter[T] {
	return Filter[T]{
		name: name, description: description, rules: []validator.String{validators.NotEmpty{}},
		matches: func(given string, object T) bool { return text.Equal(given, value(object)) },
	}
}

// ByID returns a filter that selects objects by the ID of another object, in any notation of a UUID.
func ByID[T any](name, description string, value func(T) string) Filter[T] {
	return Filter[T]{
		name: name, description: description, rules: []validator.String{validators.NotEmpty{}},
		matches: func(given string, object T) bool { return text.SameID(given, value(object)) },
	}
}

// ByPrefix returns a filter that selects objects whose value begins with the given prefix. An empty prefix
// selects all.
func ByPrefix[T any](name, description string, value func(T) string) Filter[T] {
	return Filter[T]{
		name: name, description: description,
		matches: func(given string, object T) bool { return text.HasPrefix(value(object), given) },
	}
}

// ByFlag returns a filter that selects objects whose value equals the given one.
func ByFlag[T any](name, description string, value func(T) bool) Filter[T] {
	return Filter[T]{name: name, description: description, isTrue: value}
}

// ByReading returns a filter that only [List.Select] evaluates, while it reads. [Filters.Choose] ignores its value.
func ByReading[T any](name, description string, rules ...validator.String) Filter[T] {
	return Filter[T]{
		name: name, description: description, rules: append([]validator.String{validators.NotEmpty{}}, rules...),
		matches: func(string, T) bool { return true },
	}
}

// allows reports whether the filter selects an object. Null selects all.
func (f Filter[T]) allows(given attr.Value, object T) bool {
	switch given := given.(type) {
	case types.String:
		return given.IsNull() || f.matches(given.ValueString(), object)
	case types.Bool:
		return given.IsNull() || given.ValueBool() == f.isTrue(object)
	}
	return true
}

// Given holds the values of filters by name.
type Given map[string]attr.Value

// Text returns the value of a text filter; empty if it is null.
func (g Given) Text(name string) string {
	value, _ := g[name].(types.String)
	return value.ValueString()
}

// ID returns the value of an ID filter in the API's notation; empty if the value is null.
func (g Given) ID(name string) string { return text.ID(g.Text(name)) }

// Filters holds the filters of a kind.
type Filters[T any] []Filter[T]

// Choose returns the objects that every filter selects, in their original order. given holds the filters' values by name. A filter without a
// value selects all.
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
