package faults

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// tryInput creates, plans, refreshes and destroys with a configuration. refused is the title of the error if the provider rejects the
// configuration before it sends anything. problem describes a violation.
func tryInput(ctx context.Context, resourceType string, configuration map[string]any, isUnknown bool) (refused, problem string) {
	redact.Process = redact.NewRegister()
	e := emulator.New(emulator.Behavior{})
	api := httptest.NewServer(e)
	defer api.Close()
	isBinding := resourceType == bindings.resourceType
	if isBinding {
		e.Add(emulator.Destination{ID: targetID, Name: "target", Type: "webhook", IsActive: true})
	}
	d, err := newDriver(ctx, resourceType, map[string]any{
		"base_url": api.URL, "api_key": emulator.DefaultAPIKey, "max_retries": int64(0), "validate_with_catalog": isBinding,
	})
	if err != nil {
		return "", err.Error()
	}
	var said []*tfprotov6.Diagnostic
	defer func() {
		for _, diagnostic := range append(said, d.said...) {
			if strings.Contains(diagnostic.Summary+diagnostic.Detail, marker) {
				problem = "a text repeats the value: " + text(diagnostic)
			}
		}
	}()
	config := encode(acctest.Configured(d.block().ValueType(), configuration))
	validated, err := d.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: d.resourceType, Config: config,
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		return "", err.Error()
	}
	said = append(said, validated.Diagnostics...)
	if refused := firstTitle(validated.Diagnostics); refused != "" {
		return refused, ""
	}
	if _, _, err := d.plan(ctx, configuration); err != nil {
		return "", err.Error()
	}
	if refused := firstTitle(d.said); refused != "" || isUnknown {
		return refused, ""
	}
	steps := []func() error{
		func() error { return d.apply(ctx, configuration) },
		func() error { return d.refresh(ctx) },
		func() error { return d.unchanged(ctx, configuration) },
		func() error { return d.apply(ctx, nil) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			return "", fmt.Sprintf("step %d: %s", i, err)
		}
		if err := errorIn(d.said); err != nil {
			return "", fmt.Sprintf("step %d: %s", i, err)
		}
		said = append(said, d.said...)
	}
	left := len(e.Destinations())
	if isBinding {
		left = len(e.Bindings())
	}
	if left > 0 {
		return "", fmt.Sprintf("%d objects are left", left)
	}
	return "", ""
}

// unchanged plans, and returns an error if the plan is not empty.
func (d *driver) unchanged(ctx context.Context, configuration map[string]any) error {
	planned, _, err := d.plan(ctx, configuration)
	if err != nil {
		return err
	}
	after, err := planned.PlannedState.Unmarshal(d.block().ValueType())
	if err == nil && !after.Equal(d.state.value) {
		differences, _ := d.state.value.Diff(after)
		return fmt.Errorf("the plan is not empty: %v", differences)
	}
	return err
}

// firstTitle returns the title of the first error.
func firstTitle(diagnostics []*tfprotov6.Diagnostic) string {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return d.Summary
		}
	}
	return ""
}
