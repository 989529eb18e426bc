package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewSerializers returns the data source talonic_delivery_serializers, not yet configured.
func NewSerializers() datasource.DataSource { return serializers.newDataSource() }

var serializers = description[talonic.Serializer, serializerModel]{
	name:      "serializers",
	entry:     "serializer",
	key:       "format",
	about:     "Catalog of serializers: the wire formats in which the API can deliver content.",
	aboutList: "List of serializers, sorted by `format`.",
	attributes: map[string]schema.Attribute{
		"format":         datasources.ComputedString("Wire format, for `serializer_format` of a binding."),
		"supports_kinds": datasources.ComputedStrings("Kinds of shapes that the format supports: `record`, `blob`, `graph` or `envelope`."),
		"raw":            raw,
	},
	list:     (*talonic.Client).ListSerializers,
	newModel: newSerializerModel,
}

type serializerModel struct {
	Format        types.String `tfsdk:"format"`
	SupportsKinds []string     `tfsdk:"supports_kinds"`
	Raw           types.String `tfsdk:"raw"`
}

func newSerializerModel(s talonic.Serializer) serializerModel {
	return serializerModel{
		Format:        types.StringValue(s.Format),
		SupportsKinds: s.SupportsKinds,
		Raw:           orNull(s.Raw),
	}
}
