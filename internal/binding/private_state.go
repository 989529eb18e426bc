package binding

import "github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"

// This file has the only key in private state that only bindings use. Keys that all kinds of objects use are in
// framework/identity/organization.go ("customer") and framework/privatestate/resend.go ("resend").

// shownKey is the key of a [bodyRecord] in private state.
var shownKey = privatestate.Key{
	Name:    "shown",
	Without: "A value that the API returns in a normalized form may show a diff once.",
}

// bodyRecord holds what the provider knows about a binding in addition to the arguments in state. Private state stores it.
type bodyRecord struct {
	// Shown holds API values that differ from state without a diff, by argument name: an object with added keys, or a value in a form that
	// holds less. The binding has drifted only if the API returns yet another value.
	Shown map[string]any `json:"shown,omitempty"`

	// Imported reports whether Terraform has written nothing since the import. The API's values may then be its own defaults.
	Imported bool `json:"imported,omitempty"`
}
