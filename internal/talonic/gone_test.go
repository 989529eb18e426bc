package talonic

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// Only the API's own response reports a destination as gone.
func TestIsNotFound(t *testing.T) {
	t.Parallel()
	own := map[string]bool{
		ownNotFound: true,
		`{"statusCode":404,"code":"RESOURCE_NOT_FOUND","error":"Not Found","message":["gone"]}`: true,
		`{"error":{"code":"not_found","message":"gone","status":404}}`:                          true,
		`{"status":404,"code":"not_found","message":"gone"}`:                                    true,
		``:                   false, // Envoy, Istio
		`<html>404</html>`:   false,
		`404 page not found`: false,
		`{"statusCode":404,"message":"Resource not found"}`:                                                           false, // Azure API Management
		`{"timestamp":"2026-08-14T09:30:00Z","status":404,"error":"Not Found","path":"/v1/delivery/destinations/d1"}`: false, // Spring
		`{"type":"about:blank","title":"Not Found","status":404}`:                                                     false, // problem+json
		`{"error":"Not Found"}`: false, // Tyk
		`{"message":"Route GET:/v1 not found","error":"Not Found","statusCode":404}`:                                    false, // Fastify
		`{"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND"}}`:                       false, // Google Cloud
		`{"message":"no Route matched with those values","request_id":"x"}`:                                             false, // Kong
		`{"kind":"Status","status":"Failure","message":"not found","reason":"NotFound","code":404}`:                     false, // Kubernetes
		`{"code":"NotFound","message":"gone"}`:                                                                          false,
		`{"error":{"code":"NOT_FOUND","message":"The page could not be found"}}`:                                        false, // Vercel
		`{"error":{"code":"not_found","message":"gone"}}`:                                                               false,
		`{"error":"not_found","code":"not_found","message":"gone"}`:                                                     false,
		`{"code":5,"message":"Not Found","details":[]}`:                                                                 false, // gRPC
		`{"statusCode":404,"error":"Not Found","message":"Cannot GET /v1/delivery/destinations/d1"}`:                    false,
		`{"statusCode":404,"code":"NOT_FOUND","error":"Not Found","message":"Cannot GET /v1/delivery/destinations/d1"}`: false,
	}
	lists := map[string]http.HandlerFunc{
		"fails": always(400, `{}`), "does not exist": nil, "has it": always(200, `{"data":[`+minimal("d1")+`]}`),
		"lacks it": always(200, `{"data":[`+minimal("d2")+`]}`),
	}
	for body, isOwn := range own {
		for name, list := range lists {
			server := record(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/destinations") && list != nil {
					list(w, r)
					return
				}
				answer(w, 404, body)
			})
			client := newTestClient(t, server.ServeHTTP)
			want := isOwn && name != "does not exist" || name == "lacks it"
			_, err := client.GetDestination(t.Context(), "d1")
			if IsNotFound(err) != want {
				t.Errorf("%q, and a list that %s: %t, not %t", body, name, !want, want)
			}
			if requests := len(server.all()); requests > 2 {
				t.Errorf("%q, and a list that %s: %d requests", body, name, requests)
			}
			if err := client.DeleteDestination(t.Context(), "d1"); IsNotFound(err) != want {
				t.Errorf("%q, and a list that %s: deleted: %v", body, name, err)
			}
		}
	}
}

// If the list is a 404 as well, the server does not know these paths, so no object is gone, whatever the form of the response.
func TestNothingIsGoneWithoutTheList(t *testing.T) {
	t.Parallel()
	server := record(always(404, ownNotFound))
	client := newTestClient(t, server.ServeHTTP)
	var reads sync.WaitGroup
	for i := range 3 {
		reads.Go(func() {
			if _, err := client.RefreshDestination(t.Context(), fmt.Sprintf("d%d", i)); err == nil || IsNotFound(err) {
				t.Errorf("error = %v, want one that does not take it for gone", err)
			}
		})
	}
	reads.Wait()
	if requests := len(server.all()); requests != 4 {
		t.Errorf("%d requests, want 4", requests)
	}
}
