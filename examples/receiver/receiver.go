package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
)

// maxBody is enough for the 5 MiB that Talonic delivers at the most, also in base64.
const maxBody = 8 << 20

// delivery is the body of a webhook, or what of it matters here.
type delivery struct {
	Event struct {
		Type           string `json:"event_type"`
		IdempotencyKey string `json:"idempotency_key"`
	} `json:"event"`
	Payload json.RawMessage `json:"payload"`
	Content json.RawMessage `json:"content"` // of serializers that write files
}

// receiver is the endpoint of a webhook.
type receiver struct {
	secrets []string
	now     func() time.Time
	take    func(delivery)
}

func (rc receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// What is signed are these very bytes, not the JSON in them.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		http.Error(w, "the body is too large", http.StatusRequestEntityTooLarge)
		return
	case err != nil:
		http.Error(w, "the body cannot be read", http.StatusBadRequest)
		return
	}
	if err := verify(rc.secrets, r.Header.Get("X-Talonic-Signature"), body, rc.now()); err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	var d delivery
	if err := json.Unmarshal(body, &d); err != nil {
		http.Error(w, "the body is not a delivery", http.StatusBadRequest)
		return
	}
	rc.take(d)
	w.WriteHeader(http.StatusNoContent)
}
