// Package private keeps records in private state, which Terraform has beside a resource and shows to nobody.
package private

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// State is the framework's private state; its type has no name that can be written down.
type State interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Recall reads a record of an object of that kind. A record that is not there is the zero value. Numbers in it that have no type
// are [json.Number].
func Recall[T any](ctx context.Context, from State, noun, key string) (record T, diags diag.Diagnostics) {
	raw, diags := from.GetKey(ctx, key)
	if diags.HasError() || len(raw) == 0 {
		return record, diags
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&record); err != nil {
		diags.AddError("Private state cannot be read", "The provider's record under "+key+" is damaged: "+err.Error()+". "+
			"Remove the "+noun+" from the state and import it again.")
	}
	return record, diags
}

// Remember writes a record; the zero value takes no place.
func Remember(ctx context.Context, to State, key string, record any) diag.Diagnostics {
	raw, err := json.Marshal(record)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Private state cannot be written", err.Error())}
	}
	if string(raw) == "{}" {
		raw = nil
	}
	return to.SetKey(ctx, key, raw)
}
