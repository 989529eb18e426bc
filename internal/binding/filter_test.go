package binding

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

func TestFilter(t *testing.T) {
	t.Parallel()
	binding := func(id, name, event, destination string, active bool) talonic.Binding {
		return talonic.Binding{ID: id, Name: name, SignalFilter: talonic.SignalFilter{EventType: event}, DestinationID: destination, IsActive: active}
	}
	all := []talonic.Binding{
		binding("4", "prod-b", "e1", "d1", true), binding("3", "prod-a", "e2", "d1", false),
		binding("2", "test", "e1", "d2", true), binding("1", "test", "e2", "d2", true),
	}
	text := types.StringValue
	for name, c := range map[string]struct {
		filter filter
		want   []string
	}{
		"all":         {filter{}, []string{"3", "4", "1", "2"}},
		"destination": {filter{DestinationID: text("d1")}, []string{"3", "4"}},
		"event":       {filter{EventType: text("e1")}, []string{"4", "2"}},
		"prefix":      {filter{NamePrefix: text("prod-")}, []string{"3", "4"}},
		"paused":      {filter{IsActive: types.BoolValue(false)}, []string{"3"}},
		"together":    {filter{DestinationID: text("d2"), EventType: text("e2"), IsActive: types.BoolValue(true)}, []string{"1"}},
		"none":        {filter{EventType: text("e3")}, nil},
	} {
		var got []string
		for _, b := range c.filter.choose(all) {
			got = append(got, b.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
