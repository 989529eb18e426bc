// Package apidiag converts errors of the API client to Terraform diagnostics.
//
// failed.go builds the diagnostic of a failed operation and its title, detail.go describes what happened, and next_step.go advises what
// to do next. The other files have diagnostics for one situation each, such as a lost create (recovery.go) or a missing object (gone.go).
package apidiag
