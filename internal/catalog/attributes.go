package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func text(about string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: about}
}

func texts(about string) schema.Attribute {
	return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: about}
}

func integer(about string) schema.Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: about}
}

// raw is the attribute with the complete entry.
var raw = text("Complete entry of the catalog, as JSON.")

// orNull returns text as a string; null if text is empty.
func orNull[T ~string | ~[]byte](text T) types.String {
	if len(text) == 0 {
		return types.StringNull()
	}
	return types.StringValue(string(text))
}
