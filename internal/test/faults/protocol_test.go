package faults

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// driver manages one object through the provider's protocol, as a CLI does, in the process of the test.
type driver struct {
	resourceType string
	server       tfprotov6.ProviderServer
	state        state
	said         []*tfprotov6.Diagnostic // by the last call
}

// state is the part of a state about one resource.
type state struct {
	value    tftypes.Value // null: the object does not exist
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	tainted  bool
}

var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return newServer().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

func newServer() tfprotov6.ProviderServer { return provider.NewServer("test")() }

func (d *driver) block() *tfprotov6.SchemaBlock {
	all, err := schemas()
	if err != nil {
		panic(err)
	}
	return all.ResourceSchemas[d.resourceType].Block
}

// newDriver starts a provider with a configuration.
func newDriver(ctx context.Context, resourceType string, configuration map[string]any) (*driver, error) {
	all, err := schemas()
	if err != nil {
		return nil, err
	}
	server := newServer()
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		Config: encode(acctest.Configured(all.Provider.ValueType(), configuration)),
	})
	if err != nil {
		return nil, err
	}
	d := &driver{resourceType: resourceType, server: server}
	d.state.value = tftypes.NewValue(d.block().ValueType(), nil)
	return d, errorIn(configured.Diagnostics)
}

// apply plans and applies a configuration; nil destroys the object.
func (d *driver) apply(ctx context.Context, configuration map[string]any) error {
	if d.state.tainted && configuration != nil {
		if err := d.apply(ctx, nil); err != nil {
			return err
		}
	}
	if d.said = nil; d.state.value.IsNull() && configuration == nil {
		return nil
	}
	planned, config, err := d.plan(ctx, configuration)
	if err != nil || errorIn(d.said) != nil {
		return err
	}
	if len(planned.RequiresReplace) > 0 && !d.state.value.IsNull() {
		return errors.New("it would be replaced")
	}
	applied, err := d.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: d.resourceType, PriorState: encode(d.state.value), PlannedState: planned.PlannedState, Config: encode(config),
		PlannedPrivate: planned.PlannedPrivate, PlannedIdentity: planned.PlannedIdentity,
	})
	if err != nil {
		return err
	}
	created := d.state.value.IsNull()
	d.said = append(d.said, applied.Diagnostics...)
	if err := d.keep(applied.NewState, applied.Private, applied.NewIdentity); err != nil {
		return err
	}
	d.state.tainted = !d.state.value.IsNull() && created && errorIn(applied.Diagnostics) != nil
	return nil
}

// plan plans a configuration.
func (d *driver) plan(ctx context.Context, configuration map[string]any) (*tfprotov6.PlanResourceChangeResponse, tftypes.Value, error) {
	block := d.block()
	config := tftypes.NewValue(block.ValueType(), nil)
	proposal := config
	if configuration != nil {
		config = acctest.Configured(block.ValueType(), configuration)
		proposal = proposed(block, d.state.value, config)
	}
	planned, err := d.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: d.resourceType, PriorState: encode(d.state.value), ProposedNewState: encode(proposal), Config: encode(config),
		PriorPrivate: d.state.private, PriorIdentity: d.state.identity,
	})
	if err != nil {
		return nil, config, err
	}
	d.said = planned.Diagnostics
	return planned, config, nil
}

// refresh reads the object again. Like CLIs, it keeps the old state if the read fails.
func (d *driver) refresh(ctx context.Context) error {
	read, err := d.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: d.resourceType, CurrentState: encode(d.state.value), Private: d.state.private, CurrentIdentity: d.state.identity,
	})
	if err != nil {
		return err
	}
	d.said = read.Diagnostics
	return d.keep(read.NewState, read.Private, read.NewIdentity)
}

// adopt imports an object.
func (d *driver) adopt(ctx context.Context, id string) error {
	imported, err := d.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: d.resourceType, ID: id})
	if err != nil {
		return err
	}
	if d.said = imported.Diagnostics; len(imported.ImportedResources) == 0 {
		return nil
	}
	found := imported.ImportedResources[0]
	if err := d.keep(found.State, found.Private, found.Identity); err != nil {
		return err
	}
	return d.refresh(ctx)
}

func (d *driver) keep(value *tfprotov6.DynamicValue, private []byte, identity *tfprotov6.ResourceIdentityData) error {
	decoded, err := value.Unmarshal(d.block().ValueType())
	if err != nil {
		return err
	}
	if !decoded.IsFullyKnown() {
		return errors.New("the state has unknown values")
	}
	d.state.value, d.state.private, d.state.identity = decoded, private, identity
	return nil
}

// attribute returns an attribute of the state as text; "" for null.
func (s state) attribute(name string) string {
	var (
		attributes map[string]tftypes.Value
		text       *string
	)
	if s.value.IsNull() || s.value.As(&attributes) != nil || attributes[name].As(&text) != nil || text == nil {
		return ""
	}
	return *text
}

func (s state) id() string { return s.attribute("id") }

// bytes returns the content of a state file about the resource.
func (s state) bytes() []byte {
	return append(encode(s.value).MsgPack, s.private...)
}

func encode(value tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		panic(err) // the value was created for this type
	}
	return &encoded
}

// errorIn returns the first error among diagnostics.
func errorIn(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return errors.New(text(d))
		}
	}
	return nil
}

// text returns a diagnostic in the form of the CLI.
func text(d *tfprotov6.Diagnostic) string {
	on := ""
	if d.Attribute != nil {
		var names []string
		for _, step := range d.Attribute.Steps() {
			if attribute, ok := step.(tftypes.AttributeName); ok { // the others are the only element of a block
				names = append(names, string(attribute))
			}
		}
		on = " (on " + strings.Join(names, ".") + ")"
	}
	severity := map[tfprotov6.DiagnosticSeverity]string{
		tfprotov6.DiagnosticSeverityError:   "Error",
		tfprotov6.DiagnosticSeverityWarning: "Warning",
	}[d.Severity]
	return strings.TrimSpace(fmt.Sprintf("%s: %s%s\n\n%s", severity, d.Summary, on, d.Detail)) + "\n"
}
