// Package talonic is a client of the Talonic delivery API: destinations, bindings and the catalogs.
//
// It knows HTTP and JSON and nothing of Terraform. Every method takes a context, whose end stops any request or wait at
// once. What can go wrong is typed: [*Error] for an answer that is an error, [*OutcomeUnknownError] for a create that may or
// may not have happened, [*UnexpectedBodyError] for an answer that is not what was asked for. No text that leaves the package
// holds the API key or a credential of the request.
//
// A create whose response was lost is looked up in a list before it is sent again (lookup.go). The result of an earlier attempt is
// adopted: it is taken for what was created (create.go). What could be anybody's is not, and neither is what another object of
// the same run was created as (claims.go).
package talonic
