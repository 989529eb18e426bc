package destination

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

func TestPlannedType(t *testing.T) {
	t.Parallel()
	element := func(c connector.Connector) types.ObjectType { return blocks.ElementType(objectType.AttrTypes[c.Name]) }
	unknownList := func(c connector.Connector) types.List { return types.ListUnknown(element(c)) }
	unknownElement := func(c connector.Connector) types.List {
		return types.ListValueMust(element(c), []attr.Value{types.ObjectUnknown(element(c).AttrTypes)})
	}
	one := func(c connector.Connector, v connector.Values) types.List {
		return types.ListValueMust(element(c), []attr.Value{blocks.Complete(element(c), v)})
	}
	sheets := connector.Values{"type": types.StringValue("google_sheets")}
	for name, test := range map[string]struct {
		blocks map[string]types.List
		want   types.String
	}{
		"webhook":                  {map[string]types.List{"webhook": one(connector.Webhook, nil)}, types.StringValue("webhook")},
		"s3":                       {map[string]types.List{"s3": one(connector.S3, nil)}, types.StringValue("s3")},
		"custom":                   {map[string]types.List{"custom": one(connector.Custom, sheets)}, types.StringValue("google_sheets")},
		"custom of unknown type":   {map[string]types.List{"custom": one(connector.Custom, connector.Values{"type": types.StringUnknown()})}, types.StringUnknown()},
		"custom, unknown block":    {map[string]types.List{"custom": unknownList(connector.Custom)}, types.StringUnknown()},
		"custom, unknown element":  {map[string]types.List{"custom": unknownElement(connector.Custom)}, types.StringUnknown()},
		"unknown block":            {map[string]types.List{"sftp": unknownList(connector.SFTP)}, types.StringValue("sftp")},
		"unknown element":          {map[string]types.List{"sftp": unknownElement(connector.SFTP)}, types.StringValue("sftp")},
		"two unknown blocks":       {map[string]types.List{"sftp": unknownList(connector.SFTP), "s3": unknownList(connector.S3)}, types.StringUnknown()},
		"unknown block and custom": {map[string]types.List{"sftp": unknownList(connector.SFTP), "custom": unknownList(connector.Custom)}, types.StringUnknown()},
		"two blocks":               {map[string]types.List{"sftp": one(connector.SFTP, nil), "s3": one(connector.S3, nil)}, types.StringUnknown()},
		"no block":                 {nil, types.StringUnknown()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &model{blocks: map[string]types.List{}}
			for _, c := range connector.All {
				m.blocks[c.Name] = types.ListValueMust(element(c), nil)
			}
			for name, list := range test.blocks {
				m.blocks[name] = list
			}
			if got := m.plannedType(); !got.Equal(test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestPlannedActivity(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		before      types.Bool
		deliverAnew bool
		want        types.Bool
	}{
		{types.BoolValue(true), false, types.BoolValue(true)},
		{types.BoolValue(true), true, types.BoolValue(true)},
		{types.BoolValue(false), false, types.BoolValue(false)},
		{types.BoolValue(false), true, types.BoolUnknown()},
	} {
		if got := plannedActivity(test.before, test.deliverAnew); !got.Equal(test.want) {
			t.Errorf("%s, delivering anew %t: %s, want %s", test.before, test.deliverAnew, got, test.want)
		}
	}
}

func TestDiffers(t *testing.T) {
	t.Parallel()
	destination := func() *model {
		m := destinationOf(connector.Webhook, withCredentials(blockOf(t, connector.Webhook, `{"url": "https://a"}`), connector.Webhook, "auth_basic",
			connector.Values{"username": types.StringValue("u")}))
		m.ID, m.Name, m.Type = types.StringValue("id"), types.StringValue("name"), types.StringValue("webhook")
		m.IsActive, m.PayloadCapBytes = types.BoolValue(true), types.Int64Null()
		return m
	}
	for name, test := range map[string]struct {
		change func(*model)
		want   bool
		blocks bool // the blocks differ
	}{
		"nothing":          {func(*model) {}, false, false},
		"name":             {func(m *model) { m.Name = types.StringValue("other") }, true, false},
		"unknown name":     {func(m *model) { m.Name = types.StringUnknown() }, true, false},
		"activity":         {func(m *model) { m.IsActive = types.BoolValue(false) }, true, false},
		"unknown activity": {func(m *model) { m.IsActive = types.BoolUnknown() }, true, false},
		"cap":              {func(m *model) { m.PayloadCapBytes = types.Int64Value(1) }, true, false},
		"argument": {func(m *model) {
			m.setConnector(connector.Webhook, blockOf(t, connector.Webhook, `{"url": "https://b"}`))
		}, true, true},
		"credentials": {func(m *model) {
			m.setConnector(connector.Webhook, blockOf(t, connector.Webhook, `{"url": "https://a"}`))
		}, true, true},
		"other connector":    {func(m *model) { m.setConnector(connector.S3, nil) }, true, true},
		"unknown block":      {func(m *model) { m.blocks["s3"] = types.ListUnknown(blocks.ElementType(objectType.AttrTypes["s3"])) }, true, true},
		"what the API sets":  {func(m *model) { m.UpdatedAt, m.LastDeliveryStatus = types.StringUnknown(), types.StringValue("failed") }, false, false},
		"flags from the API": {func(m *model) { m.HasAuthConfig, m.HasSigningSecret = types.BoolValue(true), types.BoolValue(true) }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := destination(), destination()
			test.change(b)
			if a.differs(b) != test.want || b.differs(a) != test.want {
				t.Errorf("differs: %t and %t, want %t", a.differs(b), b.differs(a), test.want)
			}
			if a.sameBlocks(b) == test.blocks {
				t.Errorf("same blocks: %t", a.sameBlocks(b))
			}
		})
	}
}
