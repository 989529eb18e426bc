package destination

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
)

// PlanUnchanged returns the response to a plan request for a destination that shows no diff and no diagnostics. The response equals that of
// the framework with [Resource.ModifyPlan]. For every other request, and for a request that PlanUnchanged cannot decode, it returns nil.
func PlanUnchanged(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	prior, ok := valueOf(req.PriorState)
	if !ok {
		return nil
	}
	if proposed, ok := valueOf(req.ProposedNewState); !ok || !sameStored(prior, proposed) {
		return nil
	}
	state := modelIn(ctx, prior)
	configured, ok := valueOf(req.Config)
	config := modelIn(ctx, configured)
	records, read := recordsIn(req.PriorPrivate)
	if !ok || !read || state == nil || config == nil || !config.plannedType().Equal(state.Type) {
		return nil
	}
	config.registerSecrets()
	decision, arguments := decideCredentials(ctx, config, state, records.sent), decideArguments(ctx, config, state, records.config)
	plan := *state
	planUpdate(&plan, config, state, decision, arguments)
	if !plan.sameServerSide(state) || plan.differs(state) || len(credentialProblems(decision, config, state)) > 0 ||
		len(argumentProblems(arguments, config, state)) > 0 || len(config.warnInactive(state)) > 0 {
		return nil
	}
	return blocks.Unchanged(req)
}

// wireType is the type of the resource in the Terraform protocol.
var wireType = objectType.TerraformType(context.Background())

// valueOf decodes a value of the resource. ok is false if the value is missing or null, or cannot be decoded.
func valueOf(encoded *tfprotov6.DynamicValue) (value tftypes.Value, ok bool) {
	if encoded == nil {
		return tftypes.Value{}, false
	}
	value, err := encoded.Unmarshal(wireType)
	return value, err == nil && !value.IsNull()
}

// modelIn returns the resource in a value of type wireType; nil if the value is not a resource.
func modelIn(ctx context.Context, value tftypes.Value) *model {
	decoded, err := objectType.ValueFromTerraform(ctx, value)
	if err != nil {
		return nil
	}
	object, _ := decoded.(types.Object)
	return newModel(object)
}

// priorRecords holds the records in private state that a plan uses.
type priorRecords struct {
	sent   credentials.Record
	config connector.ConfigRecord
}

// recordsIn decodes the records in private state, which has the framework's format. ok is false if a record cannot be read.
func recordsIn(kept []byte) (found priorRecords, ok bool) {
	if len(kept) == 0 {
		return found, true
	}
	var records map[string][]byte
	if json.Unmarshal(kept, &records) != nil {
		return found, false
	}
	var err error
	if record := records[credentialKey.Name]; len(record) > 0 {
		if found.sent, err = privatestate.Decode[credentials.Record](record); err != nil {
			return found, false
		}
	}
	if record := records[configKey.Name]; len(record) > 0 {
		found.config, err = privatestate.Decode[connector.ConfigRecord](record)
	}
	return found, err == nil
}

// sameStored reports whether two values are equal except for write-only arguments, which are not stored.
func sameStored(prior, proposed tftypes.Value) bool {
	if prior.IsNull() || !proposed.IsKnown() {
		return prior.Equal(proposed)
	}
	switch {
	case prior.Type().Is(tftypes.Object{}):
		var before, after map[string]tftypes.Value
		if prior.As(&before) != nil || proposed.As(&after) != nil || len(before) != len(after) {
			return false
		}
		for name, value := range before {
			if !strings.HasSuffix(name, connector.WriteOnlySuffix) && !sameStored(value, after[name]) {
				return false
			}
		}
		return true
	case prior.Type().Is(tftypes.List{}):
		var before, after []tftypes.Value
		if prior.As(&before) != nil || proposed.As(&after) != nil || len(before) != len(after) {
			return false
		}
		for i, value := range before {
			if !sameStored(value, after[i]) {
				return false
			}
		}
		return true
	}
	return prior.Equal(proposed)
}
