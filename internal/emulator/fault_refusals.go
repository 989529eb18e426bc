package emulator

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// refusal returns an effect that sends an error, with headers that request a wait.
func refusal(refused func() *apiError, headers ...func(Fault, time.Time, http.Header)) func(spoiled) reply {
	return func(s spoiled) reply {
		answer := s.refer(refused())
		for _, add := range headers {
			add(s.fault, s.at, answer.header)
		}
		return answer
	}
}

func rateLimited() *apiError {
	return &apiError{status: http.StatusTooManyRequests, code: "rate_limited", messages: []string{"Too many requests."}}
}

func quotaSpent() *apiError {
	return &apiError{status: http.StatusTooManyRequests, code: "rate_limited", messages: []string{"Daily quota of 500 requests exceeded."}}
}

func serverError() *apiError {
	return &apiError{status: http.StatusInternalServerError, code: "internal_error", messages: []string{"An unexpected error occurred."}}
}

func finalServerError() *apiError {
	refused := serverError()
	refused.final = true
	return refused
}

func unavailable() *apiError {
	return &apiError{status: http.StatusServiceUnavailable, code: "service_unavailable", messages: []string{"Down for maintenance."}}
}

func forbidden() *apiError {
	return &apiError{status: http.StatusForbidden, code: "insufficient_scope", messages: []string{"This key lacks a required scope."}}
}

func noSuchThing(s spoiled) reply {
	if s.request.PathValue("id") == "" {
		return s.refer(notFound("Cannot " + s.request.Method + " " + s.request.URL.Path))
	}
	switch {
	case s.ofBindings():
		return s.refer(notFound(noBinding))
	case s.ofAttempts():
		return s.refer(notFound(noAttempt))
	case s.ofDeadLetters():
		return s.refer(notFound(noDeadLetter))
	}
	return s.refer(notFound(noDestination))
}

func existsAlready(s spoiled) reply {
	switch {
	case s.ofBindings():
		return s.refer(conflict("A binding like this exists already."))
	case s.ofAttempts(), s.ofDeadLetters():
		return s.refer(conflict("This delivery is under way already."))
	}
	return s.refer(conflict("A destination like this exists already."))
}

// echo returns an error that repeats the request, including secrets.
func echo(s spoiled) reply {
	message := fmt.Sprintf("Cannot process the request with Authorization %q and body %s", s.request.Header.Get("Authorization"), s.body)
	return s.refer(badRequest(message))
}

func retryAfterSeconds(f Fault, _ time.Time, h http.Header) {
	h.Set("Retry-After", strconv.Itoa(wholeSeconds(f.RetryAfter)))
}

func retryAfterDate(f Fault, now time.Time, h http.Header) {
	h.Set("Retry-After", now.Add(time.Duration(wholeSeconds(f.RetryAfter))*time.Second).UTC().Format(http.TimeFormat))
}

func resetSeconds(f Fault, now time.Time, h http.Header) {
	h.Set("X-RateLimit-Reset", strconv.FormatInt(now.Unix()+int64(wholeSeconds(f.RetryAfter)), 10))
}

func resetMillis(f Fault, now time.Time, h http.Header) {
	h.Set("X-RateLimit-Reset", strconv.FormatInt(now.Add(f.RetryAfter).UnixMilli(), 10))
}

func resetISO(f Fault, now time.Time, h http.Header) {
	h.Set("X-RateLimit-Reset", timestamp(now.Add(f.RetryAfter)))
}

// wholeSeconds rounds up, because a client that retries too early is rejected again.
func wholeSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

const quotaReset = 6 * time.Hour

func quotaHeaders(f Fault, now time.Time, h http.Header) {
	if f.RetryAfter == 0 {
		f.RetryAfter = quotaReset
	}
	h.Set("X-RateLimit-Limit", "500")
	h.Set("X-RateLimit-Remaining", "0")
	resetISO(f, now, h)
}
