package emulator

import (
	"fmt"
	"html"
	"net/http"
	"strings"
)

// foreignNotFounds holds the 404 responses of gateways and frameworks for an unknown path, with the headers that distinguish them.
var foreignNotFounds = []form{
	{"empty", foreign("", "server", "istio-envoy")},
	{"text", foreign("404 page not found\n", "Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff")},
	{"azure", foreign(`{ "statusCode": 404, "message": "Resource not found" }`, "Content-Type", "application/json")},
	{"spring", foreign(`{"timestamp":"TIME","status":404,"error":"Not Found","path":"PATH"}`, "Content-Type", "application/json")},
	{"problem", foreign(`{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404,`+
		`"traceId":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"}`, "Content-Type", "application/problem+json; charset=utf-8")},
	{"tyk", foreign("{\n    \"error\": \"Not Found\"\n}", "Content-Type", "application/json", "X-Generator", "tyk.io")},
	{"fastify", foreign(`{"message":"Route METHOD:PATH not found","error":"Not Found","statusCode":404}`,
		"Content-Type", "application/json; charset=utf-8")},
	{"gcp", foreign("{\n  \"error\": {\n    \"code\": 404,\n    \"message\": \"Method not found.\",\n    \"status\": \"NOT_FOUND\"\n  }\n}\n",
		"Content-Type", "application/json; charset=UTF-8", "Vary", "Origin, X-Origin, Referer", "Server", "ESF")},
	{"kong", foreign("{\n  \"message\":\"no Route matched with those values\",\n  \"request_id\":\"c1a2b3d4e5f60718293a4b5c6d7e8f90\"\n}",
		"Content-Type", "application/json; charset=utf-8", "Server", "kong/3.9.0", "X-Kong-Request-Id", "c1a2b3d4e5f60718293a4b5c6d7e8f90")},
	{"aws", foreign(`{"message":"Not Found"}`, "Content-Type", "application/json", "Apigw-Requestid", "JKJaXmPLvHcESHA=")},
	{"kubernetes", foreign(`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",`+
		`"message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}`+"\n", "Content-Type", "application/json")},
	{"nestjs", foreign(`{"message":"Cannot METHOD PATH","error":"Not Found","statusCode":404}`, "Content-Type", "application/json; charset=utf-8")},
	{"unknown-route", func(s spoiled) reply {
		return s.refer(notFound("Cannot " + s.request.Method + " " + s.request.URL.Path))
	}},
}

// foreign returns an effect that sends a 404 of a different server, without the API's X-Request-Id. headers alternates names and
// values.
func foreign(body string, headers ...string) func(spoiled) reply {
	return func(s spoiled) reply {
		known := strings.NewReplacer("METHOD", s.request.Method, "PATH", s.request.URL.Path, "TIME", s.at.Format("2006-01-02T15:04:05.000+00:00"))
		answer := reply{status: http.StatusNotFound, header: http.Header{requestIDHeader: nil}, body: []byte(known.Replace(body))}
		for i := 0; i < len(headers); i += 2 {
			answer.header.Set(headers[i], headers[i+1])
		}
		return answer
	}
}

// refusals holds the forms of responses with [Fault.Status].
var refusals = []form{
	{"api", func(s spoiled) reply {
		refused := apiError{status: s.fault.refusal(), code: "error", messages: []string{"The request was refused."}}
		if reason := http.StatusText(refused.status); reason != "" {
			refused.code = strings.ToLower(strings.ReplaceAll(reason, " ", "_"))
		}
		return s.refer(&refused)
	}},
	{"empty", func(s spoiled) reply {
		return reply{status: s.fault.refusal(), header: http.Header{requestIDHeader: nil}}
	}},
	{"html", func(s spoiled) reply { return htmlPage(s.fault.refusal()) }},
}

func (f Fault) refusal() int {
	if f.Status == 0 {
		return http.StatusBadRequest
	}
	return f.Status
}

// htmlPage returns the HTML page of a gateway for a status.
func htmlPage(status int) reply {
	const page = "<html><head><title>%d %[2]s</title></head><body><h1>%[2]s</h1></body></html>\n"
	return reply{
		status: status,
		header: http.Header{"Content-Type": {"text/html"}},
		body:   fmt.Appendf(nil, page, status, html.EscapeString(http.StatusText(status))),
	}
}

// htmlAnswer returns an effect that sends a status and an HTML page.
func htmlAnswer(status int) func(spoiled) reply {
	return func(spoiled) reply { return htmlPage(status) }
}

func redirectAway(s spoiled) reply {
	to := s.fault.To
	if to == "" {
		to = "https://elsewhere.invalid"
	}
	return redirection(to + s.request.URL.EscapedPath())
}

func redirect(s spoiled) reply { return redirection(s.request.URL.EscapedPath() + "?redirected=1") }

func redirection(to string) reply {
	return reply{status: http.StatusTemporaryRedirect, header: http.Header{"Location": {to}}}
}
