// Package talonic is a client of the Talonic delivery API: destinations, bindings and the catalogs.
//
// It knows HTTP and JSON and nothing of Terraform. Every method takes a context, whose end stops any request or wait at
// once. What can go wrong is typed: [*Error] for an answer that is an error, [*OutcomeUnknownError] for a create that may or
// may not have happened, [*UnexpectedBodyError] for an answer that is not what was asked for. No text that leaves the package
// holds the API key or a credential of the request.
package talonic
