// Package stateupgrade upgrades states of earlier provider versions to the current schema of a resource.
package stateupgrade

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Step upgrades the attributes of a stored state in place from one schema version to the next. Numbers are [json.Number]. It returns false if
// it cannot interpret the attributes.
type Step func(attributes map[string]any) bool

// Steps holds all upgrades of a resource: the first step upgrades version 0 to version 1, and so on. Nil means that there is only version 0.
// Steps are never removed or reordered, because users may skip any number of provider versions.
type Steps []Step

// Version returns the current schema version.
func (s Steps) Version() int64 { return int64(len(s)) }

// Upgraders returns an upgrader for each version before the current one, as [resource.ResourceWithUpgradeState] requires. current is the
// schema of the resource.
func (s Steps) Upgraders(current schema.Schema) map[int64]resource.StateUpgrader {
	upgraders := map[int64]resource.StateUpgrader{}
	for version := range s {
		upgraders[int64(version)] = resource.StateUpgrader{
			StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
				upgraded, ok := s[version:].upgrade(req.RawState, current.Type().TerraformType(ctx))
				if !ok {
					resp.Diagnostics.AddError("Cannot upgrade state",
						"The provider cannot read the state of a resource that an earlier version of the provider wrote. Nothing was changed.\n\n"+
							"Use that version of the provider, or remove the resource from state with 'terraform state rm <address>' and import it.")
					return
				}
				resp.State.Raw = upgraded
			},
		}
	}
	return upgraders
}

// upgrade applies the steps and decodes the result into the type to. It drops attributes that the type lacks. It returns false instead of an
// error, because errors quote values.
func (s Steps) upgrade(raw *tfprotov6.RawState, to tftypes.Type) (tftypes.Value, bool) {
	var attributes map[string]any
	if raw == nil {
		return tftypes.Value{}, false
	}
	decoder := json.NewDecoder(bytes.NewReader(raw.JSON))
	decoder.UseNumber()
	if decoder.Decode(&attributes) != nil || attributes == nil {
		return tftypes.Value{}, false
	}
	for _, step := range s {
		if !step(attributes) {
			return tftypes.Value{}, false
		}
	}
	upgraded, err := json.Marshal(attributes)
	if err != nil {
		return tftypes.Value{}, false
	}
	value, err := (&tfprotov6.RawState{JSON: upgraded}).UnmarshalWithOpts(to, tfprotov6.UnmarshalOpts{
		ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true},
	})
	return value, err == nil
}
