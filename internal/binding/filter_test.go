package binding

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

func TestFilter(t *testing.T) {
	t.Parallel()
	binding := func(id, name, event, destination string, active bool) talonic.Binding {
		return talonic.Binding{ID: id, Name: name, SignalFilter: talonic.SignalFilter{EventType: event}, DestinationID: destination, IsActive: active}
	}
	const first, second = "aaaaaaaa-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"
	all := []talonic.Binding{
		binding("4", "prod-b", "e1", first, true), binding("3", "prod-a", "e2", first, false),
		binding("2", "test", "e1", second, true), binding("1", "test", "e2", second, true),
	}
	text := types.StringValue
	for name, c := range map[string]struct {
		given map[string]attr.Value
		want  []string
	}{
		"all":                     {nil, []string{"4", "3", "2", "1"}},
		"destination":             {map[string]attr.Value{"destination_id": text(first)}, []string{"4", "3"}},
		"destination, upper case": {map[string]attr.Value{"destination_id": text("AAAAAAAA-0000-4000-8000-000000000001")}, []string{"4", "3"}},
		"event":                   {map[string]attr.Value{"event_type": text("e1")}, []string{"4", "2"}},
		"prefix":                  {map[string]attr.Value{"name_prefix": text("prod-")}, []string{"4", "3"}},
		"paused":                  {map[string]attr.Value{"is_active": types.BoolValue(false)}, []string{"3"}},
		"together": {map[string]attr.Value{"destination_id": text(second), "event_type": text("e2"), "is_active": types.BoolValue(true)},
			[]string{"1"}},
		"none": {map[string]attr.Value{"event_type": text("e3")}, nil},
	} {
		var got []string
		for _, b := range Kind.Filters.Choose(all, c.given) {
			got = append(got, b.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
