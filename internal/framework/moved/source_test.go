package moved

import (
	"encoding/json"
	"testing"
)

func TestCollectionIn(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"/v1/delivery/destinations":         "destinations",
		"/v1/delivery/destinations/":        "destinations",
		"/v1/delivery/destinations?limit=5": "destinations",
		"v1/delivery/bindings":              "bindings",
		"/delivery/bindings":                "bindings",
		"/destinations":                     "destinations",
		"destinations":                      "destinations",
		"/v1/delivery/destinations/{id}":    "destinations",
		"/v1/delivery/destinations/a1b2c3d4-e5f6-7890-abcd-ef1234567890":                     "destinations",
		"https://api.talonic.com/v1/delivery/destinations":                                   "destinations",
		"https://proxy.example.com/talonic/v1/delivery/bindings":                             "bindings",
		"https://user:pw@a.example.com/v1/delivery/dlq/A1B2C3D4-E5F6-7890-ABCD-EF1234567890": "dlq",
		"https://api.talonic.com/v1/webhooks":                                                "",
		"/v1/webhooks":                                                                       "",
		"/v1/delivery/destinations/a1b2c3d4-e5f6-7890-abcd-ef1234567890/test":                "",
		"https://example.com/destinations":                                                   "",
		"":                                                                                   "",
		"/":                                                                                  "",
		"%":                                                                                  "",
		"/bindings":                                                                          "",
		"/webhooks/destinations":                                                             "",
		"::":                                                                                 "",
	} {
		if got := collectionIn(given, "destinations"); got != want {
			t.Errorf("%s: %q, not %q", given, got, want)
		}
	}
}

const (
	id         = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
	list       = "/v1/delivery/destinations"
	mastercard = "registry.terraform.io/mastercard/restapi"
	magodo     = "registry.terraform.io/magodo/restful"
	devopsRob  = "registry.opentofu.org/devops-rob/terracurl"
)

func TestFind(t *testing.T) {
	t.Parallel()
	type attributes map[string]any
	const (
		unsupported = "Its state does not contain a delivery destination in a supported form. Supported resources: " + supported + "."
		otherKind   = "According to its state, it manages one of the delivery bindings, not a delivery destination."
		noID        = "Its state contains no ID of a delivery destination. IDs are UUIDs."
	)
	for name, c := range map[string]struct {
		provider, typeName string
		state              any
		want, problem      string
	}{
		"restapi":                       {mastercard, "restapi_object", attributes{"id": id, "path": list, "data": `{"token":"fake"}`}, id, ""},
		"restapi, a fork":               {"registry.terraform.io/acme/restapi", "restapi_object", attributes{"id": id, "path": list}, id, ""},
		"restapi, upper case":           {mastercard, "restapi_object", attributes{"id": "A1B2C3D4-E5F6-7890-ABCD-EF1234567890", "path": list}, id, ""},
		"restapi, path in the uri":      {mastercard, "restapi_object", attributes{"id": id, "path": "/destinations"}, id, ""},
		"restapi, a binding":            {mastercard, "restapi_object", attributes{"id": id, "path": "/v1/delivery/bindings"}, "", otherKind},
		"restapi, no UUID":              {mastercard, "restapi_object", attributes{"id": "42", "path": list}, "", noID},
		"restapi, empty id":             {mastercard, "restapi_object", attributes{"id": "", "path": list}, "", noID},
		"restapi, no id":                {mastercard, "restapi_object", attributes{"path": list}, "", noID},
		"restapi, id is a number":       {mastercard, "restapi_object", attributes{"id": 42, "path": list}, "", noID},
		"restapi, older webhooks":       {mastercard, "restapi_object", attributes{"id": id, "path": "/v1/webhooks"}, "", unsupported},
		"restapi, no path":              {mastercard, "restapi_object", attributes{"id": id}, "", unsupported},
		"restful":                       {magodo, "restful_resource", attributes{"id": list + "/" + id, "path": list}, id, ""},
		"restful, no object":            {magodo, "restful_resource", attributes{"id": list, "path": list}, "", noID},
		"restful, a binding":            {magodo, "restful_resource", attributes{"id": "/v1/delivery/bindings/" + id, "path": list}, "", otherKind},
		"restful, an operation":         {magodo, "restful_operation", attributes{"id": list + "/" + id + "/test", "path": list}, "", unsupported},
		"terracurl":                     {devopsRob, "terracurl_request", attributes{"id": "name", "url": "https://a.example.com" + list, "response": `{"id":"` + id + `"}`}, id, ""},
		"terracurl, response of a list": {devopsRob, "terracurl_request", attributes{"id": "name", "url": "https://a.example.com" + list, "response": `[{"id":"` + id + `"}]`}, "", noID},
		"terracurl, read by id": {devopsRob, "terracurl_request",
			attributes{"id": "name", "url": "https://a.example.com" + list, "response": "", "read_url": "https://a.example.com" + list + "/" + id + "?a=b"}, id, ""},
		"terracurl, destroyed by id": {devopsRob, "terracurl_request",
			attributes{"id": "name", "url": "https://a.example.com" + list, "response": nil, "destroy_url": "https://a.example.com" + list + "/" + id}, id, ""},
		"terracurl, put by id":         {devopsRob, "terracurl_request", attributes{"id": "name", "url": "https://a.example.com" + list + "/" + id}, id, ""},
		"terracurl, a UUID as name":    {devopsRob, "terracurl_request", attributes{"id": id, "url": "https://a.example.com" + list}, "", noID},
		"terracurl, something else":    {devopsRob, "terracurl_request", attributes{"id": "name", "url": "https://a.example.com/x", "response": `{"id":"` + id + `"}`}, "", unsupported},
		"look-alike with url":          {"registry.terraform.io/acme/http", "http_request", attributes{"id": id, "url": "https://a.example.com" + list}, id, ""},
		"look-alike with a path as id": {"example.com/acme/rest", "rest_object", attributes{"id": list + "/" + id}, id, ""},
		"look-alike, a binding":        {"example.com/acme/rest", "rest_object", attributes{"id": "/v1/delivery/bindings/" + id}, "", otherKind},
		"look-alike without id":        {"example.com/acme/rest", "rest_object", attributes{"path": list}, "", unsupported},
		"UUID alone":                   {"registry.terraform.io/hashicorp/random", "random_uuid", attributes{"id": id, "result": id}, "", unsupported},
		"our own binding":              {"registry.terraform.io/talonicdev/talonic", "talonic_delivery_binding", attributes{"id": id, "destination_id": id}, "", unsupported},
		"null resource":                {"registry.terraform.io/hashicorp/null", "null_resource", attributes{"id": "123", "triggers": attributes{"url": list}}, "", unsupported},
		"no state":                     {mastercard, "restapi_object", nil, "", unsupported},
		"no object":                    {mastercard, "restapi_object", []string{"fake"}, "", unsupported},
	} {
		raw, err := json.Marshal(c.state)
		if err != nil {
			t.Fatal(err)
		}
		got, wrong := find("destination", source{c.provider, c.typeName, raw})
		cause := ""
		if wrong != nil {
			cause = wrong.cause
		}
		if got != c.want || cause != c.problem || wrong != nil && wrong.next == "" {
			t.Errorf("%s: %q, %q; not %q, %q", name, got, cause, c.want, c.problem)
		}
	}
	// What is no object of the API may end with a UUID that is a token.
	hook, err := json.Marshal(attributes{"id": "name", "url": "https://hooks.example.com/" + id})
	if err != nil {
		t.Fatal(err)
	}
	if _, wrong := find("destination", source{devopsRob, "terracurl_request", hook}); wrong == nil || wrong.withID() != "" {
		t.Errorf("the end of another URL is quoted: %+v", wrong)
	}
	if got, wrong := find("binding", source{mastercard, "restapi_object", []byte("{")}); got != "" || wrong == nil {
		t.Error("a state that is no JSON is taken")
	}
}
