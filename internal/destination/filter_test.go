package destination

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
	for name, c := range map[string]struct {
		filter filter
		want   []string
	}{
		"everything":        {filter{}, []string{"1", "4", "2", "5", "3"}},
		"a type":            {filter{Type: types.StringValue("webhook")}, []string{"4", "2", "3"}},
		"no such type":      {filter{Type: types.StringValue("Webhook")}, []string{}},
		"a prefix":          {filter{NamePrefix: types.StringValue("prod-")}, []string{"4", "2", "5"}},
		"a whole name":      {filter{NamePrefix: types.StringValue("prod-b")}, []string{"2", "5"}},
		"an empty prefix":   {filter{NamePrefix: types.StringValue("")}, []string{"1", "4", "2", "5", "3"}},
		"active":            {filter{IsActive: types.BoolValue(true)}, []string{"4", "5", "3"}},
		"not active":        {filter{IsActive: types.BoolValue(false)}, []string{"1", "2"}},
		"all of it at once": {filter{types.StringValue("webhook"), types.StringValue("prod"), types.BoolValue(true)}, []string{"4"}},
	} {
		if diff := cmp.Diff(c.want, idsOf(c.filter.choose(some))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if some[0].ID != "5" {
		t.Error("what was given is in another order now")
	}
}
