package secrets

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// success returns the emulator's response, changed by a function.
func success(name string, change func(d object, r *request)) answer {
	return answer{name, func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder) {
		own := pass()
		var d object
		if err := json.Unmarshal(own.Body.Bytes(), &d); err != nil {
			panic(err) // the emulator answers with JSON
		}
		change(d, r)
		body, _ := json.Marshal(d) // it was JSON before
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(own.Code)
		_, _ = w.Write(body)
	}}
}

// each returns the emulator's response, with a function applied to each object in it: one destination, all destinations in a list, or a test.
func each(name string, change func(d object, r *request)) answer {
	return success(name, func(body object, r *request) {
		list, isList := body["data"].([]any)
		if !isList {
			change(body, r)
		}
		for _, item := range list {
			if d, ok := item.(object); ok {
				change(d, r)
			}
		}
	})
}

// garbage is a successful response with an unexpected body.
func garbage(name, contentType string, body func(r *request) string) answer {
	return answer{name, func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder) {
		own := pass()
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(own.Code)
		_, _ = w.Write([]byte(body(r)))
	}}
}

// configOf returns the config of a destination.
func configOf(d object) object {
	config, ok := d["config"].(object)
	if !ok {
		config = object{}
		d["config"] = config
	}
	return config
}

// sentIn returns a part of the body of a request.
func sentIn(r *request, key string) any {
	var body object
	_ = json.Unmarshal(r.body, &body) // an error leaves the body empty
	return body[key]
}

// quoted returns the secrets of a request as a JSON string.
func quoted(r *request) string {
	encoded, _ := json.Marshal(plainEcho.of(r)) // any string can be encoded
	return string(encoded)
}

// strangeSuccesses are successful responses that repeat sent secrets.
var strangeSuccesses = []answer{
	success("auth_config in config", func(d object, r *request) { configOf(d)["auth_config"] = sentIn(r, "auth_config") }),
	success("the keys of auth_config in config", func(d object, r *request) {
		auth, _ := sentIn(r, "auth_config").(object)
		for key, value := range auth {
			configOf(d)[key] = value
		}
	}),
	success("an unknown key of config", func(d object, r *request) { configOf(d)["debug"] = plainEcho.of(r) }),
	success("an unknown key of config, deep inside", func(d object, r *request) {
		configOf(d)["debug"] = object{"received": []object{{"body": string(r.body)}}}
	}),
	success("the headers in config", func(d object, r *request) { configOf(d)["headers_seen"] = r.Header }),
	success("a name of a key in config", func(d object, r *request) { configOf(d)[plainEcho.of(r)] = true }),
	success("the values of config", func(d object, r *request) {
		for key, value := range configOf(d) {
			if _, ok := value.(string); ok {
				configOf(d)[key] = plainEcho.of(r)
			}
		}
	}),
	success("arguments that were left out", func(d object, r *request) {
		for _, key := range []string{"filename_template", "key_template", "blob_key_template", "folder_id", "drive_id"} {
			if _, there := configOf(d)[key]; !there {
				configOf(d)[key] = plainEcho.of(r)
			}
		}
		configOf(d)["headers"] = object{"X-Echo": plainEcho.of(r)}
	}),
	success("auth_config beside config", func(d object, r *request) { d["auth_config"] = sentIn(r, "auth_config") }),
	success("name", func(d object, r *request) { d["name"] = plainEcho.of(r) }),
	success("type", func(d object, r *request) { d["type"] = plainEcho.of(r) }),
	success("last_delivery_status", func(d object, r *request) { d["last_delivery_status"] = plainEcho.of(r) }),
	success("created_at", func(d object, r *request) { d["created_at"] = plainEcho.of(r) }),
	success("updated_at", func(d object, r *request) { d["updated_at"] = plainEcho.of(r) }),
	success("a boolean", func(d object, r *request) { d["has_auth_config"] = plainEcho.of(r) }),
	success("a number", func(d object, r *request) { d["payload_cap_bytes"] = plainEcho.of(r) }),
	success("config is a text", func(d object, r *request) { d["config"] = plainEcho.of(r) }),
	success("credentials denied", func(d object, r *request) {
		d["has_auth_config"], configOf(d)["error"] = false, "cannot store "+plainEcho.of(r)
	}),
	garbage("HTML", "text/html", func(r *request) string { return "<html>" + plainEcho.of(r) + "</html>" }),
	garbage("text", "text/plain", plainEcho.of),
	garbage("a text of JSON", "application/json", quoted),
	garbage("a list", "application/json", func(r *request) string { return "[" + quoted(r) + "]" }),
	garbage("JSON, cut", "application/json", func(r *request) string { return `{"id": "1", "name": ` + quoted(r) }),
	garbage("JSON and more", "application/json", func(r *request) string { return `{"id": "1", "name": "a", "type": "s3"} ` + quoted(r) }),
	garbage("no JSON", "application/json", func(r *request) string { return `{"id": x` + quoted(r) }),
	garbage("a key twice", "application/json", func(r *request) string { return `{"id": ` + quoted(r) + `, "id": 1}` }),
	garbage("the content type", "text/plain; x=\"a\"", plainEcho.of),
	{"the content type of no JSON", func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder) {
		own := pass()
		w.Header().Set("Content-Type", "text/plain; echo="+plainEcho.of(r))
		w.Header().Set("X-Request-Id", plainEcho.of(r))
		w.WriteHeader(own.Code)
		_, _ = w.Write([]byte("no"))
	}},
	{"the id", func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder) {
		success("", func(d object, r *request) { d["id"] = plainEcho.of(r) }).write(w, r, pass)
	}},
	{"the request id", func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder) {
		w.Header().Set("X-Request-Id", plainEcho.of(r))
		success("", func(object, *request) {}).write(w, r, pass)
	}},
}

// A successful response repeats sent values in wrong places, after a create and after later rotations.
func TestStrangeSuccesses(t *testing.T) {
	t.Parallel()
	for method, first := range map[string]int{http.MethodPost: 0, http.MethodPut: 5} { // other samples get the same answers
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, emulator.Behavior{})
			all := destinations(len(strangeSuccesses), first)
			w.configure(all, quickProvider)
			w.give(all, "")
			if method == http.MethodPut {
				w.mustRun("apply", "-auto-approve", "-parallelism=20")
				w.give(all, " rotated")
			}
			// The operations run one after the other, because Terraform 1.16.0 crashes if it writes the state while it taints a partially
			// created object.
			w.eachBatch(all, strangeSuccesses, method, func() { w.run("apply", "-auto-approve", "-parallelism=1", "-refresh=false") })
			w.run("plan", "-refresh=false", "-out="+planFile)
			w.run("show", "-json", planFile)
			w.wereSent()
			w.wasSeen(secretscan.State, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
		})
	}
}

// A read does not know earlier requests, but it knows the API key and the names of keys that hold credentials.
func TestStrangeReads(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	w.logLess()
	all := []destination{{name: "d000", sample: samples[0]}, {name: "d001", sample: samples[len(samples)-1]}, {name: "d002", sample: secretURL}}
	w.configure(all, quickProvider)
	w.give(all, "")
	w.mustRun("apply", "-auto-approve")
	before := string(w.State())
	stored := func(d object) object {
		id, _ := d["id"].(string)
		credentials, _ := w.api.Stored(id)
		return object{"auth_config": credentials.AuthConfig, "signing_secret": credentials.SigningSecret}
	}
	key := func(r *request) string {
		return "Bearer " + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	}
	for _, a := range []answer{
		each("credentials beside config", func(d object, _ *request) {
			for name, value := range stored(d) {
				d[name] = value
			}
		}),
		each("credentials in config", func(d object, _ *request) {
			for name, value := range stored(d) {
				configOf(d)[name] = value
			}
		}),
		each("credentials inside config", func(d object, _ *request) {
			configOf(d)["debug"] = object{"received": []any{stored(d)}}
		}),
		each("the URL under other keys", func(d object, _ *request) {
			configOf(d)["debug"], configOf(d)["headers"] = object{"sent": []any{"POST", configOf(d)["url"]}}, object{"X-Origin": configOf(d)["url"]}
		}),
		{"the URL in a message", func(w http.ResponseWriter, _ *request, pass func() *httptest.ResponseRecorder) {
			var d object
			_ = json.Unmarshal(pass().Body.Bytes(), &d)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusInternalServerError)
			encoded, _ := json.Marshal(object{"statusCode": 500, "message": fmt.Sprintf("cannot read %v.", d)})
			_, _ = w.Write(encoded)
		}},
		each("the API key in config", func(d object, r *request) { configOf(d)["debug"] = key(r) }),
		each("the API key as a name", func(d object, r *request) { d["name"] = key(r) }),
		each("the API key as a status", func(d object, r *request) { d["last_delivery_status"] = key(r) }),
		placements[0].answer(500, plainEcho),
		placements[0].answer(401, echoEncodings[5].echo(sources[1])),
		placements[0].answer(404, plainEcho),
		{"a redirect", func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder) {
			if strings.Contains(r.URL.Path, "elsewhere") {
				pass()
			}
			w.Header().Set("Location", "/v1/elsewhere/"+echoEncodings[3].text(key(r))+"?key="+echoEncodings[2].text(key(r)))
			w.WriteHeader(http.StatusFound)
		}},
	} {
		w.suspect = func(string) string { return a.name }
		w.api.answerWith(func(r *request) *answer {
			if r.Method == http.MethodGet {
				return &a
			}
			return nil
		})
		w.Write("terraform.tfstate", before) // an earlier answer must not affect the next one
		w.Write("terraform.tfstate.backup", "{}")
		w.run("plan", "-out="+planFile)
		w.run("apply", "-refresh-only", "-auto-approve")
		w.api.wereGiven(t, []answer{a})
	}
	w.wasSeen(secretscan.State, secretscan.Plan, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}

// The catalog has no secrets, but a server in its place may repeat the API key.
func TestStrangeCatalog(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	w.configure(nil, quickProvider, `
data "talonic_delivery_connectors" "all" {}

output "all" {
  value = data.talonic_delivery_connectors.all
}
`)
	w.give(nil, "")
	for _, a := range []answer{
		placements[0].answer(403, plainEcho),
		placements[11].answer(502, plainEcho),
		garbage("HTML", "text/html", func(r *request) string { return "<html>" + plainEcho.of(r) }),
		garbage("text", "text/plain", plainEcho.of),
		success("an entry", func(d object, r *request) { d["data"] = []any{object{"type": "s3", "label": plainEcho.of(r)}} }),
		success("an entry that is none", func(d object, r *request) { d["data"] = object{plainEcho.of(r): 1} }),
	} {
		w.suspect = func(string) string { return a.name }
		w.api.answerWith(func(*request) *answer { return &a })
		w.run("apply", "-auto-approve")
		w.api.wereGiven(t, []answer{a})
	}
}
