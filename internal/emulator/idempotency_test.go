package emulator

import (
	"strings"
	"testing"
	"time"
)

func TestRepeatedKeyAnswersTheFirstResponse(t *testing.T) {
	t.Parallel()
	a := start(t)
	advance := a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	post := func(body, key string) answer { return a.do("POST", destinationsPath, body, "Idempotency-Key", key) }

	first := post(plainWebhook, "one")
	if again := post(strings.Replace(plainWebhook, `"w"`, `"x"`, 1), "one"); again.status != 201 || again.body != first.body {
		t.Errorf("a repeat: %d %s, want %s", again.status, again.body, first.body)
	}
	if other := post(plainWebhook, "two"); other.body == first.body {
		t.Error("another key answered the first response")
	}
	if got := len(a.Destinations()); got != 2 {
		t.Errorf("%d destinations, want 2", got)
	}

	refused := post(`{}`, "three")
	if again := post(plainWebhook, "three"); again.status != 400 || again.body != refused.body {
		t.Errorf("a repeat of a refusal: %d %s", again.status, again.body)
	}

	advance(24*time.Hour - time.Millisecond)
	if again := post(plainWebhook, "one"); again.body != first.body {
		t.Error("forgotten within 24 hours")
	}
	advance(time.Millisecond)
	if again := post(plainWebhook, "one"); again.body == first.body {
		t.Error("remembered after 24 hours")
	}
}

func TestEveryWriteIsIdempotent(t *testing.T) {
	t.Parallel()
	a := start(t)
	path := a.create(plainWebhook)
	put := a.do("PUT", path, `{"name":"x"}`, "Idempotency-Key", "put")
	if again := a.do("PUT", path, `{"name":"x"}`, "Idempotency-Key", "put"); again.body != put.body {
		t.Error("PUT was executed again")
	}
	a.do("DELETE", path, "", "Idempotency-Key", "delete")
	if again := a.do("DELETE", path, "", "Idempotency-Key", "delete"); again.status != 200 {
		t.Errorf("DELETE was executed again: %d", again.status)
	}
	if got := a.do("PUT", path, `{"name":"x"}`, "Idempotency-Key", "delete"); got.status != 409 {
		t.Errorf("a key of another request: %d", got.status)
	}
	if got := a.do("GET", path, "", "Idempotency-Key", "delete"); got.status != 404 {
		t.Errorf("a read with a key: %d", got.status)
	}
}

func TestUnauthorizedIsNotRemembered(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.SetAPIKeys()
	a.do("POST", destinationsPath, plainWebhook, "Idempotency-Key", "k")
	a.SetAPIKeys(DefaultAPIKey)
	if got := a.do("POST", destinationsPath, plainWebhook, "Idempotency-Key", "k"); got.status != 201 {
		t.Errorf("%d %s", got.status, got.body)
	}
}
