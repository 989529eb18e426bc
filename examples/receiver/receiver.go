package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
)

// maxBody fits the largest payload of 5 MiB, also in base64.
const maxBody = 8 << 20

// delivery holds the fields of a request body that this example uses.
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
	// The signature covers these exact bytes, so verify before decoding the JSON.
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
