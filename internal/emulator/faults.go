package emulator

import "time"

// Fault makes requests fail after it is injected. A field other than Kind has no effect if it is zero.
//
// This file is the only list of the faults: [FaultKinds], [FaultKeys] and [ParseFault] read names and explanations from it.
type Fault struct {
	// Kind is the kind of failure.
	Kind FaultKind
	// Operation limits the fault to one operation: create, list, read, update, delete or test of destinations, catalog for any of
	// the catalogs, create-binding, list-bindings, read-binding, update-binding, delete-binding or preview-binding, list-attempts,
	// read-attempt or replay-attempt, list-dead-letters, replay-dead-letter or dismiss-dead-letter.
	Operation string
	// Method limits the fault to requests with this method.
	Method string
	// Path limits the fault to requests whose path has this prefix.
	Path string
	// After is the number of requests that pass before the first spoiled request.
	After int
	// Times is the number of requests to spoil; 0 means all.
	Times int
	// Percent is the probability that the fault spoils a request, in percent; 0 means always.
	Percent int
	// RetryAfter is the wait that a rate-limited or unavailable response requests, such as 2s.
	RetryAfter time.Duration
	// To is the origin to which redirect-away redirects.
	To string
	// Form selects the form of a fault that has several forms.
	Form string
	// Status is the status of a refused request, such as 409; 0 means 400.
	Status int
	// ID is the ID of the object that existing-result returns.
	ID string
	// Executed overrides the time at which the request is executed: no (never), before (the response) or after (the response). If
	// the fault needs the API's own response, only before is possible.
	Executed string
	// Delay is a duration, such as 2s: the delay of an execution after the response, the delay of a response or a body, or the age
	// of a stale date.
	Delay time.Duration
}

// FaultKind is the name of a kind of failure.
type FaultKind string

// These faults affect the connection. Each description states whether the request is executed first.
const (
	// LostRequest closes the connection before the request is executed.
	LostRequest FaultKind = "lost-request"
	// LostResponse executes the request and closes the connection without a response.
	LostResponse FaultKind = "lost-response"
	// CutBody executes the request and closes the connection in the middle of the response's body.
	CutBody FaultKind = "cut-body"
	// Hang neither executes the request nor responds, until the client gives up.
	Hang FaultKind = "hang"
	// HangAfter executes the request but does not respond, until the client gives up.
	HangAfter FaultKind = "hang-after"
	// SlowBody executes the request and sends the body of the response at one byte per second.
	SlowBody FaultKind = "slow-body"
	// LateResponse executes the request and responds after Delay.
	LateResponse FaultKind = "late-response"
	// LateBody executes the request and sends the headers at once, but the body after Delay.
	LateBody FaultKind = "late-body"
	// HugeBody executes the request and pads the body of a success with blanks to more than 64 MiB.
	HugeBody FaultKind = "huge-body"
)

// These faults reject the request. They do not execute the request unless the description states otherwise.
const (
	// RateLimited is a 429 with Retry-After in seconds.
	RateLimited FaultKind = "rate-limited"
	// RateLimitedDate is a 429 with Retry-After as an HTTP date.
	RateLimitedDate FaultKind = "rate-limited-date"
	// RateLimitedSeconds is a 429 with X-RateLimit-Reset in epoch seconds and no Retry-After.
	RateLimitedSeconds FaultKind = "rate-limited-seconds"
	// RateLimitedMillis is a 429 with X-RateLimit-Reset in epoch milliseconds and no Retry-After.
	RateLimitedMillis FaultKind = "rate-limited-millis"
	// RateLimitedISO is a 429 with X-RateLimit-Reset as an ISO 8601 time and no Retry-After.
	RateLimitedISO FaultKind = "rate-limited-iso"
	// RateLimitedBare is a 429 without a header that requests a wait.
	RateLimitedBare FaultKind = "rate-limited-bare"
	// QuotaSpent is a 429 for an exhausted daily quota: X-RateLimit-Reset is in 6 hours, or after RetryAfter.
	QuotaSpent FaultKind = "quota-spent"
	// ServerError is a 500.
	ServerError FaultKind = "server-error"
	// ServerErrorFinal is a 500 with "retryable": false.
	ServerErrorFinal FaultKind = "server-error-final"
	// ServerErrorAfter is a 500 after the request was executed.
	ServerErrorAfter FaultKind = "server-error-after"
	// BadGateway is a 502 with an HTML page.
	BadGateway FaultKind = "bad-gateway"
	// Unavailable is a 503 with Retry-After in seconds.
	Unavailable FaultKind = "unavailable"
	// GatewayTimeout is a 504 with an HTML page, after the request was executed.
	GatewayTimeout FaultKind = "gateway-timeout"
	// Unauthorized is a 401, like for a revoked key.
	Unauthorized FaultKind = "unauthorized"
	// Forbidden is a 403, like for a key without the required scope.
	Forbidden FaultKind = "forbidden"
	// NotFound is the API's own 404.
	NotFound FaultKind = "not-found"
	// NotFoundPage is a 404 with an HTML page, like from a gateway that does not know the route.
	NotFoundPage FaultKind = "not-found-page"
	// ForeignNotFound is a 404 that does not come from the API. Its Form is empty (Envoy, Istio; the default), text (Go, Traefik),
	// azure (API Management), spring, problem (application/problem+json, as in ASP.NET), tyk, fastify, gcp, kong, aws (API
	// Gateway), kubernetes, nestjs (a route that NestJS does not know) or unknown-route (an unknown route in the API's own form).
	ForeignNotFound FaultKind = "foreign-not-found"
	// Refused is a response with any Status. Its Form is api (with the API's body; the default), empty or html. The Status need
	// not be a standard status: gateways also use 460 and 499.
	Refused FaultKind = "refused"
	// Conflict is a 409.
	Conflict FaultKind = "conflict"
	// Echo is a 400 whose message repeats the request, including the API key and credentials.
	Echo FaultKind = "echo"
	// RedirectAway is a 307 to a different origin.
	RedirectAway FaultKind = "redirect-away"
	// Redirect is a 307 to the same path with a query.
	Redirect FaultKind = "redirect"
	// Portal is a 200 with an HTML page, like from a network that requires a login.
	Portal FaultKind = "portal"
)

// These faults are incorrect successes. They execute the request unless the description states otherwise. If the request fails,
// the fault has no effect.
const (
	// HTMLBody replaces the body with an HTML page.
	HTMLBody FaultKind = "html-body"
	// EmptyBody removes the body.
	EmptyBody FaultKind = "empty-body"
	// NullBody replaces the body with null.
	NullBody FaultKind = "null-body"
	// EmptyObject replaces the body with {}.
	EmptyObject FaultKind = "empty-object"
	// ArrayBody replaces the body with [1].
	ArrayBody FaultKind = "array-body"
	// TruncatedBody sends only the first half of the body, as if it were complete.
	TruncatedBody FaultKind = "truncated-body"
	// WrongType sends the correct body with the wrong Content-Type.
	WrongType FaultKind = "wrong-type"
	// OtherDestination responds to a create, a read or an update with a different destination or binding, and to the read of an
	// attempt with a different attempt.
	OtherDestination FaultKind = "other-destination"
	// ExistingResult responds to a create with 201 and an existing object: the object with the ID, or the oldest object. It does
	// not execute the request.
	ExistingResult FaultKind = "existing-result"
	// WrongResult responds to a create with 201 and its result, with one error. Its Form is config (a different config; the
	// default), old (a created_at a day ago), or one with an invalid ID: slash, backslash, dots, control, long (10,000 characters)
	// or no-id.
	WrongResult FaultKind = "wrong-result"
	// NotDeleted responds to a DELETE with 200 and deletes nothing, or to a replay with 200 and replays nothing. Its Form is false
	// ({"deleted":false}, "dismissed" or "replayed"; the default), error ({"error":...}), status ({"statusCode":500,...}) or
	// other-id ({"deleted":true} with a different ID).
	NotDeleted FaultKind = "not-deleted"
	// OddItem adds an item with an undocumented form to a list. Its Form is no-name (the default), number-type ("type":5),
	// text-config ("config":"..."), unknown-keys or null-fields (null for every field except the ID).
	OddItem FaultKind = "odd-item"
	// StaleDate sends an old Date header, like from a cache. Its age is Delay, or one hour by default.
	StaleDate FaultKind = "stale-date"
	// DuplicateItems lists every item twice.
	DuplicateItems FaultKind = "duplicate-items"
	// RepeatedCursor responds to a list request with a cursor that leads to the same page again.
	RepeatedCursor FaultKind = "repeated-cursor"
	// LaggingList omits the newest item from a list.
	LaggingList FaultKind = "lagging-list"
	// FailedPage splits a list into two pages, and responds with a 500 to the request for the second page.
	FailedPage FaultKind = "failed-page"
	// RateLimitHeaders adds X-RateLimit-Limit, -Remaining and -Reset (in 6 hours) to the correct response.
	RateLimitHeaders FaultKind = "rate-limit-headers"
)
