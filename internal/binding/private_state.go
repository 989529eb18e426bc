package binding

import "github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"

// This file has the only key in private state that only bindings have. Those that every kind of object has are in
// framework/identity/organization.go ("customer") and framework/privatestate/resend.go ("resend").

// shownRecord is the key of a [bodyRecord] in private state.
var shownRecord = privatestate.Key{
	Name:    "shown",
	Without: "A value that the API returns in a normalized form may show a diff once.",
}

// bodyRecord holds what the provider knows of a binding beyond the arguments in state. It is kept in private state.
type bodyRecord struct {
	// Shown holds the arguments, by name, for which the API shows another value than state without a diff: an object with added keys, or
	// a value in a form that holds less. The binding has drifted only if the API shows yet another value.
	Shown map[string]any `json:"shown,omitempty"`

	// Imported reports whether Terraform has written nothing since the import. The API's values may then be its own defaults.
	Imported bool `json:"imported,omitempty"`
}
