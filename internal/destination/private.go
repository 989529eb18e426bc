package destination

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// The keys of private state, which Terraform keeps beside a resource and shows to nobody.
const (
	configKey      = "config"      // remembered
	credentialsKey = "credentials" // sentRecord
)

// privateState is the framework's private state; its type has no name that can be written down.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// recall reads a record from private state. A record that is not there is the zero value.
func recall[T any](ctx context.Context, from privateState, key string) (record T, diags diag.Diagnostics) {
	raw, diags := from.GetKey(ctx, key)
	if diags.HasError() || len(raw) == 0 {
		return record, diags
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&record); err != nil {
		diags.AddError("Private state cannot be read", "The provider's record under "+key+" is damaged: "+err.Error()+". "+
			"Remove the destination from the state and import it again.")
	}
	return record, diags
}

// remember writes a record to private state; the zero value takes no place there.
func remember(ctx context.Context, to privateState, key string, record any) diag.Diagnostics {
	raw, err := json.Marshal(record)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Private state cannot be written", err.Error())}
	}
	if string(raw) == "{}" {
		raw = nil
	}
	return to.SetKey(ctx, key, raw)
}
