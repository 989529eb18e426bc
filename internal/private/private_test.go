package private_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/private"
)

type state map[string][]byte

func (s state) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return s[key], nil }

func (s state) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	s[key] = value
	return nil
}

type record struct {
	Shown map[string]any `json:"shown,omitempty"`
}

func TestRecords(t *testing.T) {
	t.Parallel()
	kept := state{}
	want := record{map[string]any{"n": json.Number("1.10")}}
	if diags := private.Remember(t.Context(), kept, "a", want); diags.HasError() {
		t.Fatal(diags)
	}
	got, diags := private.Recall[record](t.Context(), kept, "thing", "a")
	if diff := cmp.Diff(want, got); diff != "" || diags.HasError() {
		t.Errorf("%v (-want +got):\n%s", diags, diff)
	}
	private.Remember(t.Context(), kept, "a", record{})
	if kept["a"] != nil {
		t.Errorf("nothing takes place: %s", kept["a"])
	}
	if got, diags := private.Recall[record](t.Context(), kept, "thing", "a"); got.Shown != nil || diags.HasError() {
		t.Errorf("%v %v", got, diags)
	}
	kept["a"] = []byte("{")
	_, diags = private.Recall[record](t.Context(), kept, "thing", "a")
	if !diags.HasError() || !strings.Contains(diags[0].Detail(), "Remove the thing from the state") {
		t.Errorf("damaged: %v", diags)
	}
}
