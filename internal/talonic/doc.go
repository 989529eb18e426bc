// Package talonic is a client of the Talonic delivery API: destinations, bindings, delivery history, dead letters and catalogs.
//
// It handles HTTP and JSON and does not depend on Terraform. Every method takes a context; when the context ends, requests and
// waits stop, unless the method documents that it waits for a request in flight. Errors are typed: [*Error] is a response that is
// not a success, [*OutcomeUnknownError] is a create or a replay that may or may not have taken effect, and [*UnexpectedBodyError]
// is a successful response with an unexpected body. No text from the package contains the API key or a credential of the request.
//
// If the response to a create is lost, the result is looked up in a list before the create is retried (lost_create.go). If an
// earlier attempt succeeded, its result is adopted (create.go). The client does not adopt an object that may be someone else's, or
// that is the result of another create of the same run (claims.go).
package talonic
