package identity

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A stored identity never changes only in its form, because Terraform rejects a changed identity.
func TestSet(t *testing.T) {
	t.Parallel()
	const id, upper, other = "5b0f4c1e-0000-4000-8000-00000000000a", "5B0F4C1E-0000-4000-8000-00000000000A", "5b0f4c1e-0000-4000-8000-00000000000b"
	for _, c := range []struct {
		current any
		given   string
		want    string
	}{
		{nil, id, id},
		{nil, upper, id},
		{id, upper, id},
		{upper, id, upper},
		{"{" + id + "}", id, "{" + id + "}"},
		{upper, other, other},
		{nil, "no UUID", "no UUID"},
	} {
		schema := Schema("thing")
		form := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}
		identity := &tfsdk.ResourceIdentity{Schema: schema, Raw: tftypes.NewValue(form, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, c.current)})}
		if c.current == nil {
			identity.Raw = tftypes.NewValue(form, nil)
		}
		diags := Set(t.Context(), identity, types.StringValue(c.given))
		var got types.String
		diags.Append(identity.GetAttribute(t.Context(), path.Root("id"), &got)...)
		if diags.HasError() || got.ValueString() != c.want {
			t.Errorf("%v, then %s: %s, %v", c.current, c.given, got, diags)
		}
	}
	if diags := Set(t.Context(), nil, types.StringValue(id)); diags.HasError() {
		t.Error(diags)
	}
}
