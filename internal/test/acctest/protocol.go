package acctest

import (
	"context"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Server is a provider in the process of the test. Tests call it as a CLI would, so they can behave like any CLI.
type Server struct {
	t       testing.TB
	ctx     context.Context
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// Serve configures a provider; see [Configured]. tftypes.UnknownValue represents an unknown value.
func Serve(t testing.TB, server tfprotov6.ProviderServer, configuration map[string]any) *Server {
	t.Helper()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t, t.Context(), server, schemas}
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: s.encoded(Configured(schemas.Provider.ValueType(), configuration)),
	})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatal(err, configured)
	}
	return s
}

// WithContext returns a server that uses ctx for its calls, as in an interrupted run.
func (s *Server) WithContext(ctx context.Context) *Server {
	return &Server{s.t, ctx, s.server, s.schemas}
}

func (s *Server) encoded(value tftypes.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		s.t.Fatal(err)
	}
	return &encoded
}

// configured returns a configuration with the given attributes. Omitted attributes are null.
func (s *Server) configured(schema *tfprotov6.Schema, given map[string]any) *tfprotov6.DynamicValue {
	s.t.Helper()
	values := map[string]tftypes.Value{}
	for _, a := range schema.Block.Attributes {
		values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		if value, ok := given[a.Name]; ok {
			values[a.Name] = Configured(a.ValueType(), value)
		}
	}
	return s.encoded(tftypes.NewValue(schema.ValueType(), values))
}

// Response is the result of a data source or an action.
type Response struct {
	State    map[string]any // of a data source, with numbers as float64; nil if there is none
	Progress []string       // of an action
	Errors   []string       // title, line break, detail
	Warnings []string       // in the same form
}

// Read validates and reads a data source.
func (s *Server) Read(dataSource string, configuration map[string]any) (r Response) {
	s.t.Helper()
	schema := s.schemas.DataSourceSchemas[dataSource]
	config := s.configured(schema, configuration)
	validated, err := s.server.ValidateDataResourceConfig(s.ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: dataSource, Config: config})
	if err != nil {
		s.t.Fatal(err)
	}
	if r.note(validated.Diagnostics); len(r.Errors) > 0 {
		return r
	}
	read, err := s.server.ReadDataSource(s.ctx, &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: config})
	if err != nil {
		s.t.Fatal(err)
	}
	r.note(read.Diagnostics)
	value, err := read.State.Unmarshal(schema.ValueType())
	if err != nil {
		s.t.Fatal(err)
	}
	r.State, _ = plain(value).(map[string]any)
	return r
}

// Invoke validates, plans and invokes an action.
func (s *Server) Invoke(action string, configuration map[string]any) (r Response) {
	s.t.Helper()
	actions, ok := s.server.(tfprotov6.ActionServer)
	if !ok {
		s.t.Fatal("the provider has no actions")
	}
	config := s.configured(s.schemas.ActionSchemas[action].Schema, configuration)
	validated, err := actions.ValidateActionConfig(s.ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: action, Config: config})
	if err != nil {
		s.t.Fatal(err)
	}
	if r.note(validated.Diagnostics); len(r.Errors) > 0 {
		return r
	}
	planned, err := actions.PlanAction(s.ctx, &tfprotov6.PlanActionRequest{ActionType: action, Config: config})
	if err != nil || len(planned.Diagnostics) > 0 {
		s.t.Fatal(err, planned)
	}
	stream, err := actions.InvokeAction(s.ctx, &tfprotov6.InvokeActionRequest{ActionType: action, Config: config})
	if err != nil {
		s.t.Fatal(err)
	}
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			r.Progress = append(r.Progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			r.note(e.Diagnostics)
		}
	}
	return r
}

func (r *Response) note(diagnostics []*tfprotov6.Diagnostic) {
	for _, d := range diagnostics {
		text := d.Summary + "\n" + d.Detail
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			r.Errors = append(r.Errors, text)
		} else {
			r.Warnings = append(r.Warnings, text)
		}
	}
}

// plain converts a value to decoded JSON.
func plain(value tftypes.Value) any {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}
	switch t := value.Type(); {
	case t.Is(tftypes.String):
		var text string
		must(value.As(&text))
		return text
	case t.Is(tftypes.Bool):
		var flag bool
		must(value.As(&flag))
		return flag
	case t.Is(tftypes.Number):
		var number big.Float
		must(value.As(&number))
		short, _ := number.Float64()
		return short
	case t.Is(tftypes.Object{}), t.Is(tftypes.Map{}):
		inner, shown := map[string]tftypes.Value{}, map[string]any{}
		must(value.As(&inner))
		for name, one := range inner {
			shown[name] = plain(one)
		}
		return shown
	}
	var inner []tftypes.Value
	must(value.As(&inner))
	shown := []any{}
	for _, one := range inner {
		shown = append(shown, plain(one))
	}
	return shown
}

func must(err error) {
	if err != nil {
		panic(err) // the type was checked above
	}
}
