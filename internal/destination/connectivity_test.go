package destination_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

const probeType = "talonic_delivery_destination_test"

// probing holds the result of a connectivity test by the data source or the action.
type probing struct {
	result   map[string]tftypes.Value // of the data source; nil if there is none
	told     []string                 // by the action
	warnings []string
	errors   []string
}

// server is the provider in the test process. The test sends it protocol requests, as any CLI would.
type server struct {
	tfprotov6.ProviderServer
	t *testing.T
}

// serve starts a provider that uses the API. If key is unknown, the provider has no client.
func (a api) serve(t *testing.T, key any) server {
	t.Helper()
	s, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := s.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	objectType, _ := schemas.Provider.ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, attributeType := range objectType.AttributeTypes {
		values[name] = tftypes.NewValue(attributeType, nil)
	}
	values["base_url"], values["api_key"] = tftypes.NewValue(tftypes.String, a.url), tftypes.NewValue(tftypes.String, key)
	values["max_retries"] = tftypes.NewValue(tftypes.Number, 1)
	configured, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: encoded(t, tftypes.NewValue(objectType, values))})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatal(err, configured)
	}
	return server{s, t}
}

func encoded(t *testing.T, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	v, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &v
}

var (
	probeDataType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"destination_id": tftypes.String, "success": tftypes.Bool, "http_status": tftypes.Number, "duration_ms": tftypes.Number, "message": tftypes.String,
	}}
	probeActionType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"destination_id": tftypes.String}}
)

// read runs a test with the data source.
func (s server) read(id string) probing {
	s.t.Helper()
	resp, err := s.ReadDataSource(s.t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: probeType,
		Config: encoded(s.t, tftypes.NewValue(probeDataType, map[string]tftypes.Value{
			"destination_id": tftypes.NewValue(tftypes.String, id),
			"success":        tftypes.NewValue(tftypes.Bool, nil),
			"http_status":    tftypes.NewValue(tftypes.Number, nil),
			"duration_ms":    tftypes.NewValue(tftypes.Number, nil),
			"message":        tftypes.NewValue(tftypes.String, nil),
		})),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	var p probing
	p.note(s.t, resp.Diagnostics)
	value, err := resp.State.Unmarshal(probeDataType)
	if err != nil {
		s.t.Fatal(err)
	}
	if !value.IsNull() {
		if err := value.As(&p.result); err != nil {
			s.t.Fatal(err)
		}
	}
	return p
}

// invoke runs a test with the action.
func (s server) invoke(id string) probing {
	s.t.Helper()
	actions, _ := s.ProviderServer.(tfprotov6.ActionServer)
	config := encoded(s.t, tftypes.NewValue(probeActionType, map[string]tftypes.Value{"destination_id": tftypes.NewValue(tftypes.String, id)}))
	planned, err := actions.PlanAction(s.t.Context(), &tfprotov6.PlanActionRequest{ActionType: probeType, Config: config})
	if err != nil || len(planned.Diagnostics) > 0 {
		s.t.Fatal(err, planned)
	}
	stream, err := actions.InvokeAction(s.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: probeType, Config: config})
	if err != nil {
		s.t.Fatal(err)
	}
	var p probing
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			p.told = append(p.told, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			p.note(s.t, e.Diagnostics)
		}
	}
	return p
}

func (p *probing) note(t *testing.T, diagnostics []*tfprotov6.Diagnostic) {
	t.Helper()
	for _, d := range diagnostics {
		if at := d.Attribute.String(); at != `AttributeName("destination_id")` {
			t.Errorf("%s: it is on %s", d.Summary, at)
		}
		text := d.Summary + "\n" + d.Detail
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			p.errors = append(p.errors, text)
		} else {
			p.warnings = append(p.warnings, text)
		}
	}
}

// text returns an attribute of the result; "<null>" for null.
func (p probing) text(t *testing.T, attribute string) string {
	t.Helper()
	var text *string
	if err := p.result[attribute].As(&text); err != nil {
		t.Fatal(err)
	}
	if text == nil {
		return "<null>"
	}
	return *text
}

func TestProbe(t *testing.T) {
	t.Parallel()
	const failed = "Connectivity test failed\nDelivery destination \"Production Webhook\": "
	for name, c := range map[string]struct {
		outcome emulator.TestOutcome
		result  string // success, http_status, duration_ms, message
		warning string // text after the title; empty: no warning
	}{
		"reachable": {
			emulator.TestOutcome{Success: true, HTTPStatus: 204, DurationMs: 12, Message: "Destination is reachable."},
			"true 204 12 Destination is reachable.", "",
		},
		"reachable, and no more is said": {emulator.TestOutcome{Success: true}, "true <null> 0 The destination can be reached.", ""},
		"credentials are refused": {
			emulator.TestOutcome{HTTPStatus: 401, DurationMs: 212, Message: "endpoint refused the credentials"},
			"false 401 212 endpoint refused the credentials",
			"The API reported \"endpoint\u00a0refused\u00a0the\u00a0credentials\" (HTTP status 401, after 212 ms).\n" +
				"Tested: destination " + hookID + ", type webhook, url \"https://a.example.com/...\".\n\n" +
				"The receiver rejects the credentials. Set the correct credentials in the configuration, and apply. Then test again.",
		},
		"failed, and no more is said": {
			emulator.TestOutcome{}, "false <null> 0 The API gave no reason.",
			"The API gave no reason (after 0 ms).\n" +
				"Tested: destination " + hookID + ", type webhook, url \"https://a.example.com/...\".\n\n" +
				"Check the receiver's address and credentials, and that the receiver is reachable from the internet. Then test again.",
		},
		"answered with another success": { // Assumption: DESIGN.md#assumptions-about-the-api
			emulator.TestOutcome{Success: true, Status: 202}, "true <null> 0 The destination can be reached.", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := populated(t, emulator.Behavior{})
			a.SetTestOutcome(hookID, c.outcome)
			s := a.serve(t, emulator.DefaultAPIKey)

			var warnings []string
			if c.warning != "" {
				warnings = []string{failed + c.warning}
			}
			data := s.read(hookID)
			var success bool
			if err := data.result["success"].As(&success); err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprint(success, " ", number(t, data.result["http_status"]), " ", number(t, data.result["duration_ms"]), " ", data.text(t, "message"))
			if got != c.result {
				t.Errorf("result: %s, not %s", got, c.result)
			}
			if diff := cmp.Diff(warnings, data.warnings); diff != "" || len(data.errors) > 0 {
				t.Errorf("data source: %q, warnings (-want +got):\n%s", data.errors, diff)
			}

			action := s.invoke(hookID)
			if diff := cmp.Diff(warnings, action.warnings); diff != "" || len(action.errors) > 0 {
				t.Errorf("action: %q, warnings (-want +got):\n%s", action.errors, diff)
			}
			told := []string{"Testing delivery destination " + hookID + "..."}
			if c.warning == "" {
				if len(action.told) == 2 && strings.HasPrefix(action.told[1], "The test succeeded. ") {
					told = append(told, action.told[1])
				}
			} else {
				told = append(told, strings.Replace(failed, "\n", ". ", 1)+c.warning)
			}
			if diff := cmp.Diff(told, action.told); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if tests := a.tests(); tests != 2 {
				t.Errorf("%d tests, not one for each", tests)
			}
		})
	}
}

// number returns a number as text; "<null>" for null.
func number(t *testing.T, value tftypes.Value) string {
	t.Helper()
	if value.IsNull() {
		return "<null>"
	}
	var n *int64
	if err := value.As(&n); err == nil && n != nil {
		return fmt.Sprint(*n)
	}
	return strings.Trim(strings.TrimPrefix(value.String(), "tftypes.Number"), `<">`)
}

// tests counts the requests to test a destination.
func (a api) tests() int {
	n := 0
	for _, r := range a.Requests() {
		if strings.HasSuffix(r.Path, "/test") {
			n++
		}
	}
	return n
}

// A test that cannot be run is an error, not a failed test. It is retried max_retries times.
func TestProbeNotMade(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id    string
		fault emulator.FaultKind
		// answer is the status of the API's response, with which the API may report a failed test.
		// Assumption: DESIGN.md#assumptions-about-the-api
		answer int
		want   []string
		tests  int
	}{
		"no such destination": {id: "44444444-4444-4444-8444-444444444444", want: []string{"404 Not Found", "Check the ID"}, tests: 1},
		"forbidden":           {id: hookID, fault: emulator.Forbidden, want: []string{"403 Forbidden", `"write" for all other`}, tests: 1},
		"unauthorized":        {id: hookID, fault: emulator.Unauthorized, want: []string{"401 Unauthorized", "TALONIC_API_KEY"}, tests: 1},
		"quota is spent":      {id: hookID, fault: emulator.QuotaSpent, want: []string{"429 Too Many Requests", "accepts requests again at"}, tests: 1},
		"API has a problem":   {id: hookID, fault: emulator.ServerError, want: []string{"500 Internal Server Error", "cannot tell whether"}, tests: 2},
		"gateway gave up":     {id: hookID, fault: emulator.GatewayTimeout, want: []string{"504 Gateway Timeout", "cannot tell whether"}, tests: 2},
		"no answer":           {id: hookID, fault: emulator.LostResponse, want: []string{"connection was closed", "Check the network"}, tests: 2},
		"no probe":            {id: hookID, fault: emulator.EmptyObject, want: []string{`it has no "success"`, "prox"}, tests: 1},
		"a refusal":           {id: hookID, answer: 422, want: []string{"422 Unprocessable Entity", "endpoint refused", "check the receiver"}, tests: 1},
		"a bad gateway":       {id: hookID, answer: 502, want: []string{"502 Bad Gateway", "endpoint refused", "check the receiver"}, tests: 2},
		"id that is a path":   {id: "..", want: []string{"an invalid character"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := populated(t, emulator.Behavior{})
			if c.answer != 0 {
				a.SetTestOutcome(hookID, emulator.TestOutcome{Status: c.answer, Message: "endpoint refused the credentials"})
			}
			if c.fault != "" {
				a.Inject(emulator.Fault{Kind: c.fault, Operation: "test"})
			}
			for how, run := range map[string]func(server, string) probing{"data source": server.read, "action": server.invoke} {
				a.ResetRequests()
				p := run(a.serve(t, emulator.DefaultAPIKey), c.id)
				if len(p.errors) != 1 || len(p.warnings) > 0 {
					t.Fatalf("%s: %+v", how, p)
				}
				for _, want := range append(c.want, "Cannot test delivery destination", "Delivery destination "+c.id+": ") {
					if !strings.Contains(p.errors[0], want) {
						t.Errorf("%s: %q is not in:\n%s", how, want, p.errors[0])
					}
				}
				if tests := a.tests(); tests != c.tests {
					t.Errorf("%s: %d tests, not %d", how, tests, c.tests)
				}
			}
		})
	}
}

// If the name of a destination cannot be read, the warning is shown without it.
func TestProbeOfNamelessDestination(t *testing.T) {
	t.Parallel()
	a := populated(t, emulator.Behavior{})
	a.SetTestOutcome(hookID, emulator.TestOutcome{Message: "refused"})
	a.Inject(emulator.Fault{Kind: emulator.Forbidden, Method: "GET"})
	p := a.serve(t, emulator.DefaultAPIKey).read(hookID)
	if len(p.warnings) != 1 || !strings.Contains(p.warnings[0], "Tested: destination "+hookID+".\n") || p.text(t, "message") != "refused" {
		t.Errorf("%+v", p)
	}
}

// A run that does not know the secret URL redacts it in every form in which the API repeats it.
func TestProbeRepeatsUnknownURL(t *testing.T) {
	t.Parallel()
	const secret = "https://hooks.slack.com/services/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"
	for name, quoted := range map[string]string{
		"whole":       secret,
		"JSON":        strings.ReplaceAll(secret, "/", `\/`),
		"URL-encoded": url.QueryEscape(secret),
		"only a path": strings.TrimPrefix(secret, "https://hooks.slack.com"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{0, 422} { // a failed test, and an error
				a := populated(t, emulator.Behavior{})
				a.Edit(hookID, func(d *emulator.Destination) { d.Config["url"] = secret })
				a.SetTestOutcome(hookID, emulator.TestOutcome{Status: status, Message: "cannot POST " + quoted})
				s := a.serve(t, emulator.DefaultAPIKey)
				for _, p := range []probing{s.read(hookID), s.invoke(hookID)} {
					shown := fmt.Sprint(p)
					if p.result != nil {
						shown += p.text(t, "message")
					}
					if strings.Contains(shown, "PROBE0") || strings.Contains(shown, "probeprobe") || !strings.Contains(shown, "cannot") {
						t.Errorf("status %d: %s", status, shown)
					}
				}
			}
		})
	}
}

func TestProbeWhileKeyIsUnknown(t *testing.T) {
	t.Parallel()
	s := populated(t, emulator.Behavior{}).serve(t, tftypes.UnknownValue)
	for _, p := range []probing{s.read(hookID), s.invoke(hookID)} {
		if len(p.errors) != 1 || !strings.Contains(p.errors[0], "Cannot test delivery destination yet\nDelivery destination "+hookID) || !strings.Contains(p.errors[0], "known only after apply") {
			t.Errorf("%+v", p)
		}
	}
}
