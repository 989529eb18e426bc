package acctest

import (
	"net/http"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// ReadKey is an API key with the scope read, for servers made by [WithReadKey].
const ReadKey = "tlnc_read"

// WithReadKey returns an API that also accepts [ReadKey], but rejects every request with this key that could write.
func WithReadKey(api *emulator.Emulator) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer "+ReadKey {
			if r.Method != http.MethodGet {
				http.Error(w, `{"statusCode":403,"code":"forbidden","error":"Forbidden","message":"The key lacks the scope write."}`, http.StatusForbidden)
				return
			}
			r.Header.Set("Authorization", "Bearer "+emulator.DefaultAPIKey)
		}
		api.ServeHTTP(w, r)
	})
}
