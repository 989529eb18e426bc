package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// formCases describes the response of each form of a fault: the status, significant headers, and the significant part of the body.
var formCases = map[FaultKind]map[string]string{
	ForeignNotFound: {
		"empty":         `404 server=istio-envoy `,
		"text":          `404 text/plain; charset=utf-8 404 page not found`,
		"azure":         `404 application/json { "statusCode": 404, "message": "Resource not found" }`,
		"spring":        `404 application/json {"timestamp":"2024-09-01T10:00:00.000+00:00","status":404,"error":"Not Found","path":"/v1/delivery/destinations"}`,
		"problem":       `404 application/problem+json; charset=utf-8 {"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404,"traceId":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"}`,
		"tyk":           `404 application/json {"error":"Not Found"}`,
		"fastify":       `404 application/json; charset=utf-8 {"message":"Route POST:/v1/delivery/destinations not found","error":"Not Found","statusCode":404}`,
		"gcp":           `404 application/json; charset=UTF-8 server=ESF {"error":{"code":404,"message":"Method not found.","status":"NOT_FOUND"}}`,
		"kong":          `404 application/json; charset=utf-8 server=kong/3.9.0 {"message":"no Route matched with those values","request_id":"c1a2b3d4e5f60718293a4b5c6d7e8f90"}`,
		"aws":           `404 application/json {"message":"Not Found"}`,
		"kubernetes":    `404 application/json {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}`,
		"nestjs":        `404 application/json; charset=utf-8 {"message":"Cannot POST /v1/delivery/destinations","error":"Not Found","statusCode":404}`,
		"unknown-route": `404 application/json; charset=utf-8 own {"statusCode":404,"code":"not_found","error":"Not Found","message":"Cannot POST /v1/delivery/destinations"`,
	},
	Refused: {
		"api":   `460 application/json; charset=utf-8 own {"statusCode":460,"code":"error","error":"","message":"The request was refused."`,
		"empty": `460 `,
		"html":  `460 text/html own <html><head><title>460 </title>`,
	},
	WrongResult: {
		"config":    `201 application/json; charset=utf-8 own {"config":{"url":"https://elsewhere.example.com"},"created_at":"2024-09-01`,
		"old":       `201 application/json; charset=utf-8 own {"config":{"url":"https://hooks.example.com/in"},"created_at":"2024-08-31`,
		"slash":     `/test`,
		"backslash": `"id":"..\\`,
		"dots":      `"id":".."`,
		"control":   `\r\n\u001b[2J"`,
		"long":      `"id":"` + strings.Repeat("x", longID) + `"`,
		"no-id":     `"id":null`,
	},
	NotDeleted: {
		"false":    `200 application/json; charset=utf-8 own {"deleted":false,"id":"ID"}`,
		"error":    `200 application/json; charset=utf-8 own {"error":"The destination is in use."}`,
		"status":   `200 application/json; charset=utf-8 own {"message":"Internal server error","statusCode":500}`,
		"other-id": `200 application/json; charset=utf-8 own {"deleted":true,"id":"` + otherID + `"}`,
	},
	OddItem: {
		"no-name":      `"last_delivery_status":null,"payload_cap_bytes":null,"type":"webhook"`,
		"number-type":  `"type":5`,
		"text-config":  `"config":"moved"`,
		"unknown-keys": `"region":{"name":"eu"}`,
		"null-fields":  `"id":"` + otherID + `","is_active":null,"last_delivery_at":null,"last_delivery_status":null,"name":null`,
	},
}

func TestFaultForms(t *testing.T) {
	t.Parallel()
	for kind, does := range effects {
		if len(does.forms) != len(formCases[kind]) {
			t.Errorf("%s: %d forms, %d are tested", kind, len(does.forms), len(formCases[kind]))
		}
		for _, name := range FaultForms(kind) {
			want, ok := formCases[kind][name]
			if !ok {
				t.Errorf("%s: %s is not tested", kind, name)
				continue
			}
			a := start(t)
			a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
			there := id(a.create(plainWebhook))
			a.Inject(Fault{Kind: kind, Form: strings.ToUpper(name), Status: 460})
			method, path, body := "POST", destinationsPath, plainWebhook
			switch {
			case slices.Contains(does.only, opDelete):
				method, path, body = "DELETE", destinationsPath+"/"+there, ""
			case slices.Contains(does.only, opList):
				method, body = "GET", ""
			}
			got := describeResponse(a.do(method, path, body))
			if got = strings.ReplaceAll(got, there, "ID"); !strings.Contains(got, want) {
				t.Errorf("%s, %s: got %s\nwant %s", kind, name, got, want)
			}
			doc := FaultKinds()[slices.IndexFunc(FaultKinds(), func(d Described) bool { return d.Name == string(kind) })].Doc
			if !strings.Contains(doc, name) {
				t.Errorf("%s does not explain %s", kind, name)
			}
		}
	}
}

// describeResponse describes a response in the form of [formCases].
func describeResponse(got answer) string {
	seen := fmt.Sprint(got.status, " ")
	if mediaType := got.header.Get("Content-Type"); mediaType != "" {
		seen += mediaType + " "
	}
	if server := got.header.Get("Server"); server != "" {
		seen += "server=" + server + " "
	}
	if got.header.Get(requestIDHeader) != "" {
		seen += "own "
	}
	body := got.body
	if object := decoded([]byte(body)); strings.Contains(body, "\n ") && object != nil { // it is indented
		lines := strings.Split(body, "\n")
		for i := range lines {
			lines[i] = strings.ReplaceAll(strings.TrimSpace(lines[i]), `": `, `":`)
		}
		body = strings.Join(lines, "")
	}
	return seen + strings.TrimSuffix(body, "\n")
}

// A request can be executed although it is rejected, and even after its response.
func TestExecuted(t *testing.T) {
	t.Parallel()
	for _, kind := range []FaultKind{Refused, Unavailable, GatewayTimeout, ForeignNotFound, LostRequest, Hang, ExistingResult} {
		for executed, want := range map[string][3]int{ // number of destinations at once, after the delay, and after a repeat
			executedNo:     {1, 1, 2},
			executedBefore: {2, 2, 2},
			executedAfter:  {1, 2, 2},
		} {
			a := start(t)
			a.create(plainWebhook)
			a.ResetRequests()
			a.Inject(Fault{Kind: kind, Status: http.StatusConflict, Executed: executed, Delay: time.Hour, Times: 1})
			server := a.serve()
			send := func() {
				r, _ := http.NewRequest(http.MethodPost, server.URL+destinationsPath, strings.NewReader(plainWebhook))
				r.Header.Set("Authorization", "Bearer "+DefaultAPIKey)
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Idempotency-Key", "k")
				client := *server.Client()
				client.Timeout = 200 * time.Millisecond
				if response, err := client.Do(r); err == nil {
					response.Body.Close()
				}
			}
			send()
			got := [3]int{len(a.Destinations())}
			a.ClearFaults()
			if kind == Hang {
				time.Sleep(100 * time.Millisecond) // until the server detects that the client gave up
			}
			a.CarryOut()
			got[1] = len(a.Destinations())
			send()
			if got[2] = len(a.Destinations()); got != want {
				t.Errorf("%s, executed %s: %v, want %v", kind, executed, got, want)
			}
			if first := a.Requests()[0]; first.Executed != (executed != executedNo) {
				t.Errorf("%s, executed %s: recorded %+v", kind, executed, first)
			}
		}
	}
}

// A delayed call is executed after its delay, and uses the time of its execution.
func TestExecutedAfterADelay(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.Inject(Fault{Kind: Unavailable, Executed: executedAfter, Delay: 50 * time.Millisecond, Times: 1})
	answered := time.Now().UTC()
	a.do("POST", destinationsPath, plainWebhook)
	for deadline := time.Now().Add(10 * time.Second); len(a.Destinations()) == 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if all := a.Destinations(); len(all) != 1 || all[0].CreatedAt.Before(answered.Add(40*time.Millisecond)) {
		t.Errorf("answered at %s, then %+v", answered, all)
	}
}

func TestExistingResult(t *testing.T) {
	t.Parallel()
	a := start(t)
	oldest := a.Add(Destination{Name: "oldest", Type: "webhook"})
	other := a.Add(Destination{Name: "other", Type: "webhook"})
	for asked, want := range map[string]string{"": oldest, other: other} {
		a.Inject(Fault{Kind: ExistingResult, ID: asked, Times: 1})
		if got := a.ok("POST", destinationsPath, plainWebhook)["id"]; got != want {
			t.Errorf("%q: %v", asked, got)
		}
	}
	a.Inject(Fault{Kind: ExistingResult, ID: "unknown"})
	if got := a.do("POST", destinationsPath, plainWebhook); got.status != 500 {
		t.Errorf("nothing: %d", got.status)
	}
}

func TestStaleDate(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	for delay, want := range map[time.Duration]string{0: "Sun, 01 Sep 2024 09:00:00 GMT", time.Minute: "Sun, 01 Sep 2024 09:59:00 GMT"} {
		a.ClearFaults()
		a.Inject(Fault{Kind: StaleDate, Delay: delay})
		if got := a.do("GET", destinationsPath, "").header.Get("Date"); got != want {
			t.Errorf("%s: %s, want %s", delay, got, want)
		}
	}
}

// Faults for some operations, and faults that change lists, apply to bindings and to every form of a list.
func TestFormsOfBindings(t *testing.T) {
	t.Parallel()
	a := start(t, "ListForm=ListItems")
	path := a.bind("")
	a.Inject(Fault{Kind: NotDeleted, Times: 1}, Fault{Kind: OddItem, Form: "null-fields", Times: 1})
	if got := a.ok("DELETE", path, ""); got["deleted"] != false || len(a.Bindings()) != 1 {
		t.Errorf("got %v, left %d", got, len(a.Bindings()))
	}
	if got := a.ok("GET", bindingsPath, "")["items"].([]any); len(got) != 2 || got[1].(map[string]any)["name"] != nil {
		t.Errorf("got %v", got)
	}
	var sent map[string]any
	if err := json.Unmarshal(a.Requests()[1].Body, &sent); err != nil {
		t.Fatal(err)
	}
	delete(sent, "destination_id")
	sent["destination_id"] = a.Destinations()[0].ID
	text, _ := encoded(sent)
	for form, want := range map[string]string{"config": `{"elsewhere":true}`, "dots": "null"} {
		a.Inject(Fault{Kind: WrongResult, Form: form, Times: 1})
		if got := a.ok("POST", bindingsPath, string(text)); show(got, "serializer_config") != want {
			t.Errorf("%s: %v", form, got)
		}
	}
}

func TestOnRequest(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.OnRequest(func(r Request) {
		if r.Operation == opCreate && strings.Contains(string(r.Body), `"w"`) {
			a.AddWith(Destination{Name: "w", Type: "webhook"}, Credentials{AuthConfig: map[string]any{"type": "bearer", "token": "fake"}, SigningSecret: "fake"})
		}
	})
	a.create(plainWebhook)
	all := a.Destinations()
	if len(all) != 2 || !all[0].HasAuthConfig || !all[0].HasSigningSecret || all[1].HasAuthConfig {
		t.Errorf("got %+v", all)
	}
	if stored, _ := a.Stored(all[0].ID); stored.SigningSecret != "fake" || stored.AuthConfig["token"] != "fake" {
		t.Errorf("stored %+v", stored)
	}
}

func TestFaultsThatThereAreNot(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"foreign-not-found:form=apache": "foreign-not-found: form is one of [empty, text, azure, spring, problem, tyk, fastify, gcp, kong, aws, " +
			`kubernetes, nestjs, unknown-route], not "apache"`,
		"hang:form=empty":              `hang: form is one of [], not "empty"`,
		"refused:executed=later":       `refused: executed is one of no, before, after, not "later"`,
		"null-body:executed=no":        "null-body: there is no answer without the request being executed before",
		"late-body:executed=after":     "late-body: there is no answer without the request being executed before",
		"refused:status=201":           "refused: status is from 300 to 599, not 201",
		"wrong-result:delay=5":         `wrong-result: delay is a duration such as 2s, not "5"`,
		"existing-result:percent=many": `existing-result: percent is a number from 0, not "many"`,
	} {
		if _, err := ParseFault(text); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	want := Fault{Kind: Refused, Status: 499, Form: "html", Executed: "after", Delay: time.Second, ID: "x"}
	if got, err := ParseFault("refused:status=499,form=html,executed=after,delay=1s,id=x"); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a fault that there is not was injected")
		}
	}()
	start(t).Inject(Fault{Kind: Hang, Form: "empty"})
}
