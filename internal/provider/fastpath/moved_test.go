package fastpath

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// mover is a framework's server that keeps what it is sent.
type mover struct {
	FrameworkServer
	moved *tfprotov6.MoveResourceStateRequest
	read  *tfprotov6.ReadResourceRequest
	resp  *tfprotov6.MoveResourceStateResponse
}

func (m *mover) MoveResourceState(_ context.Context, req *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	m.moved = req
	return m.resp, nil
}

func (m *mover) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	m.read = req
	return &tfprotov6.ReadResourceResponse{}, nil
}

// identityOf is an identity with an attribute.
func identityOf(t *testing.T, name, id string) *tfprotov6.ResourceIdentityData {
	t.Helper()
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{name: tftypes.String}}
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{name: tftypes.NewValue(tftypes.String, id)}))
	if err != nil {
		t.Fatal(err)
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &value}
}

const someID = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"

// The id of what was moved is known from then on, and the framework sees nothing of the source's private state.
func TestMoveResourceState(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		resp  *tfprotov6.MoveResourceStateResponse
		known string
	}{
		"moved":       {&tfprotov6.MoveResourceStateResponse{TargetIdentity: identityOf(t, "id", someID)}, someID},
		"refused":     {&tfprotov6.MoveResourceStateResponse{}, ""},
		"no data":     {&tfprotov6.MoveResourceStateResponse{TargetIdentity: &tfprotov6.ResourceIdentityData{}}, ""},
		"another one": {&tfprotov6.MoveResourceStateResponse{TargetIdentity: identityOf(t, "arn", someID)}, ""},
		"none":        {nil, ""},
	} {
		known, framework := "", &mover{resp: c.resp}
		server := New(framework, true, nil, func(id string) { known = id })
		request := &tfprotov6.MoveResourceStateRequest{SourceTypeName: "restapi_object", SourcePrivate: []byte("private")}
		if _, err := server.MoveResourceState(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		if known != c.known || framework.moved.SourcePrivate != nil || framework.moved.SourceTypeName != "restapi_object" {
			t.Errorf("%s: %q is known, and the framework is sent %+v", name, known, framework.moved)
		}
	}
}

// An identity that is not one of the provider's own is that of a former provider, and is dropped.
func TestReadAfterMove(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		identity *tfprotov6.ResourceIdentityData
		kept     bool
	}{
		"own":     {identityOf(t, "id", someID), true},
		"foreign": {identityOf(t, "id", `{"id":"/v1/delivery/destinations/`+someID+`"}`), false},
		"none":    {nil, false},
	} {
		framework := &mover{}
		if _, err := New(framework, true, nil, nil).ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{CurrentIdentity: c.identity}); err != nil {
			t.Fatal(err)
		}
		if kept := framework.read.CurrentIdentity != nil; kept != c.kept {
			t.Errorf("%s: kept %t", name, kept)
		}
	}
}
