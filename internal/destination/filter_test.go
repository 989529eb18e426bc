package destination

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

var some = []talonic.Destination{
	{ID: "5", Name: "prod-b", Type: "s3", IsActive: true},
	{ID: "4", Name: "prod-a", Type: "webhook", IsActive: true},
	{ID: "3", Name: "test", Type: "webhook", IsActive: true},
	{ID: "2", Name: "prod-b", Type: "webhook"},
	{ID: "1", Name: "Prod-b", Type: "sftp"},
}

func idsOf(destinations []talonic.Destination) []string {
	ids := []string{}
	for _, d := range destinations {
		ids = append(ids, d.ID)
	}
	return ids
}

func TestFilter(t *testing.T) {
	t.Parallel()
	text := func(name, value string) map[string]attr.Value {
		return map[string]attr.Value{name: types.StringValue(value)}
	}
	active := func(is bool) map[string]attr.Value { return map[string]attr.Value{"is_active": types.BoolValue(is)} }
	for name, c := range map[string]struct {
		given map[string]attr.Value
		want  []string
	}{
		"everything":        {nil, []string{"5", "4", "3", "2", "1"}},
		"nothing given":     {map[string]attr.Value{"type": types.StringNull(), "name_prefix": types.StringNull(), "is_active": types.BoolNull()}, []string{"5", "4", "3", "2", "1"}},
		"a type":            {text("type", "webhook"), []string{"4", "3", "2"}},
		"no such type":      {text("type", "Webhook"), []string{}},
		"a prefix":          {text("name_prefix", "prod-"), []string{"5", "4", "2"}},
		"a whole name":      {text("name_prefix", "prod-b"), []string{"5", "2"}},
		"an empty prefix":   {text("name_prefix", ""), []string{"5", "4", "3", "2", "1"}},
		"active":            {active(true), []string{"5", "4", "3"}},
		"not active":        {active(false), []string{"2", "1"}},
		"all of it at once": {map[string]attr.Value{"type": types.StringValue("webhook"), "name_prefix": types.StringValue("prod"), "is_active": types.BoolValue(true)}, []string{"4"}},
	} {
		if diff := cmp.Diff(c.want, idsOf(Kind.Filters.Choose(some, c.given))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if some[4].ID != "1" {
		t.Error("what was given is not whole any more")
	}
}
