package emulator

import "time"

// Fault makes requests go wrong from when it is injected. The zero value of a field, but for Kind, leaves it out of account.
//
// This file is the only list of the faults: [FaultKinds], [FaultKeys] and [ParseFault] read the names and the explanations
// from it.
type Fault struct {
	// Kind is what goes wrong.
	Kind FaultKind
	// Operation limits it to one operation: create, list, read, update, delete or test of destinations, catalog for any of the
	// catalogs, create-binding, list-bindings, read-binding, update-binding, delete-binding or preview-binding, list-attempts,
	// read-attempt or replay-attempt, list-dead-letters, replay-dead-letter or dismiss-dead-letter.
	Operation string
	// Method limits it to requests with this method.
	Method string
	// Path limits it to requests whose path begins like this.
	Path string
	// After lets that many requests pass that it would apply to.
	After int
	// Times is how many requests it spoils; 0 is all that come.
	Times int
	// Percent is the chance that it spoils a request that it applies to; 0 is certainty.
	Percent int
	// RetryAfter is what the faults that ask for patience ask for, such as 2s.
	RetryAfter time.Duration
	// To is the origin that redirect-away points at.
	To string
	// Form is one of the forms of the faults that have several.
	Form string
	// Status is what a refused request is answered with, such as 409; 0 is 400.
	Status int
	// ID is the id of the object that existing-result answers with.
	ID string
	// Executed is when the request is executed: no, before (the response) or after it, instead of what the kind says. Where
	// the API's own response is needed, that is before.
	Executed string
	// Delay is how long something takes, such as 2s: a request that is executed after its response, a response or a body that
	// comes late, and how old a stale date is.
	Delay time.Duration
}

// FaultKind names what goes wrong.
type FaultKind string

// What can happen to the connection. The request is executed before, where it says so.
const (
	// LostRequest closes the connection before the request is executed.
	LostRequest FaultKind = "lost-request"
	// LostResponse executes the request and closes the connection without a response.
	LostResponse FaultKind = "lost-response"
	// CutBody executes the request and closes the connection in the middle of the response's body.
	CutBody FaultKind = "cut-body"
	// Hang neither executes nor answers the request, until the client gives up.
	Hang FaultKind = "hang"
	// HangAfter executes the request, and does not answer until the client gives up.
	HangAfter FaultKind = "hang-after"
	// SlowBody executes the request and sends the body of the response at one byte a second.
	SlowBody FaultKind = "slow-body"
	// LateResponse executes the request, and answers after Delay.
	LateResponse FaultKind = "late-response"
	// LateBody executes the request and answers at once, but with a body that follows after Delay.
	LateBody FaultKind = "late-body"
	// HugeBody executes the request and pads the body of a success with blanks to more than 64 MiB.
	HugeBody FaultKind = "huge-body"
)

// Refusals. The request is not executed, unless it says so.
const (
	// RateLimited is a 429 with Retry-After in seconds (U-4a).
	RateLimited FaultKind = "rate-limited"
	// RateLimitedDate is a 429 with Retry-After as an HTTP date (U-4a).
	RateLimitedDate FaultKind = "rate-limited-date"
	// RateLimitedSeconds is a 429 with X-RateLimit-Reset in epoch seconds and no Retry-After (U-4a).
	RateLimitedSeconds FaultKind = "rate-limited-seconds"
	// RateLimitedMillis is a 429 with X-RateLimit-Reset in epoch milliseconds and no Retry-After (U-4a).
	RateLimitedMillis FaultKind = "rate-limited-millis"
	// RateLimitedISO is a 429 with X-RateLimit-Reset as an ISO 8601 time and no Retry-After (U-4a).
	RateLimitedISO FaultKind = "rate-limited-iso"
	// RateLimitedBare is a 429 that does not say how long to wait (U-4a).
	RateLimitedBare FaultKind = "rate-limited-bare"
	// QuotaSpent is the 429 of a spent daily quota: X-RateLimit-Reset is 6 hours away, or RetryAfter (section 9.3).
	QuotaSpent FaultKind = "quota-spent"
	// ServerError is a 500.
	ServerError FaultKind = "server-error"
	// ServerErrorFinal is a 500 with "retryable": false (section 9.4).
	ServerErrorFinal FaultKind = "server-error-final"
	// ServerErrorAfter is a 500 after the request was executed.
	ServerErrorAfter FaultKind = "server-error-after"
	// BadGateway is a 502 with a page of HTML (section 9.2).
	BadGateway FaultKind = "bad-gateway"
	// Unavailable is a 503 with Retry-After in seconds.
	Unavailable FaultKind = "unavailable"
	// GatewayTimeout is a 504 with a page of HTML, after the request was executed.
	GatewayTimeout FaultKind = "gateway-timeout"
	// Unauthorized is a 401, as for a key that was revoked (section 9.1).
	Unauthorized FaultKind = "unauthorized"
	// Forbidden is a 403, as for a key without the scope (section 9.1).
	Forbidden FaultKind = "forbidden"
	// NotFound is the API's own 404 (section 2.4).
	NotFound FaultKind = "not-found"
	// NotFoundPage is a 404 with a page of HTML, as from a gateway that does not know the route.
	NotFoundPage FaultKind = "not-found-page"
	// ForeignNotFound is a 404 that the API itself has not sent. Its Form is empty (Envoy, Istio; the default), text (Go, Traefik),
	// azure (API Management), spring, problem (application/problem+json, as ASP.NET has it), tyk, fastify, gcp, kong, aws (API
	// Gateway), kubernetes, nestjs (a route that NestJS does not know) or unknown-route (the same in the API's own form).
	ForeignNotFound FaultKind = "foreign-not-found"
	// Refused is any Status. Its Form is api (with the API's body; the default), empty or html. Statuses that gateways use without
	// a name, such as 460 and 499, go as well.
	Refused FaultKind = "refused"
	// Conflict is a 409 (U-14).
	Conflict FaultKind = "conflict"
	// Echo is a 400 that repeats the request in its message, key and credentials included.
	Echo FaultKind = "echo"
	// RedirectAway is a 307 to another origin.
	RedirectAway FaultKind = "redirect-away"
	// Redirect is a 307 to the same path with a query.
	Redirect FaultKind = "redirect"
	// Portal is a 200 with a page of HTML, as from a network that wants a login first.
	Portal FaultKind = "portal"
)

// Successes that are wrong. The request is executed; if that fails, the answer is as without a fault.
const (
	// HTMLBody answers with a page of HTML instead of the body.
	HTMLBody FaultKind = "html-body"
	// EmptyBody answers without a body.
	EmptyBody FaultKind = "empty-body"
	// NullBody answers null.
	NullBody FaultKind = "null-body"
	// EmptyObject answers {}.
	EmptyObject FaultKind = "empty-object"
	// ArrayBody answers [1].
	ArrayBody FaultKind = "array-body"
	// TruncatedBody answers with the first half of the body, as if that were all.
	TruncatedBody FaultKind = "truncated-body"
	// WrongType answers with the right body under the wrong Content-Type.
	WrongType FaultKind = "wrong-type"
	// OtherDestination answers a create, a read or an update with another destination, or another binding; likewise the read of an
	// attempt.
	OtherDestination FaultKind = "other-destination"
	// ExistingResult answers a create with 201 and an object that exists already: that with the ID, or the oldest. The request is
	// not executed.
	ExistingResult FaultKind = "existing-result"
	// WrongResult answers a create with 201 and its result, but for one thing. Its Form is config (another one; the default), old
	// (a created_at a day ago), slash, backslash, dots, control, long (10,000 characters) or no-id (ids that cannot be one).
	WrongResult FaultKind = "wrong-result"
	// NotDeleted answers a DELETE with 200 and deletes nothing, or a replay with 200 and replays nothing. Its Form is false
	// ({"deleted":false}, "dismissed" or "replayed"; the default), error ({"error":...}), status ({"statusCode":500,...}) or
	// other-id ({"deleted":true} with another id).
	NotDeleted FaultKind = "not-deleted"
	// OddItem adds something odd to a list. Its Form is no-name (the default), number-type ("type":5), text-config ("config":"..."),
	// unknown-keys or null-fields (null for whatever is not the id).
	OddItem FaultKind = "odd-item"
	// StaleDate answers with a Date header that is Delay old, as from a cache; without a Delay, an hour.
	StaleDate FaultKind = "stale-date"
	// DuplicateItems lists everything twice (U-11).
	DuplicateItems FaultKind = "duplicate-items"
	// RepeatedCursor answers a list with the cursor that leads to the same page again (U-11).
	RepeatedCursor FaultKind = "repeated-cursor"
	// LaggingList leaves the newest item out of a list.
	LaggingList FaultKind = "lagging-list"
	// FailedPage splits a list in two, and answers the second page with a 500 (U-11).
	FailedPage FaultKind = "failed-page"
	// RateLimitHeaders adds X-RateLimit-Limit, -Remaining and -Reset, 6 hours away, to the right answer (section 9.3).
	RateLimitHeaders FaultKind = "rate-limit-headers"
)
