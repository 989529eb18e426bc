package apidiag

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Operation is the part of a title that names the failed operation.
type Operation string

// Operations of resources.
const (
	Creating  Operation = "create"
	Reading   Operation = "read"
	Updating  Operation = "update"
	Deleting  Operation = "delete"
	Disabling Operation = "disable"
	Importing Operation = "import"
)

// Unreadable is the error for a value in the API's response that does not fit its argument. Problem describes the value.
type Unreadable struct{ Problem string }

func (e Unreadable) Error() string { return e.Problem }

// NotSent is the error for a write that the provider decided not to send. Problem is one or more sentences without the last period. Next is the next step.
type NotSent struct{ Problem, Next string }

func (e NotSent) Error() string { return e.Problem }

// BeforeUpdate wraps the error of a read that must succeed before the provider sends an update.
type BeforeUpdate struct{ Err error }

func (e BeforeUpdate) Error() string { return e.Err.Error() }
func (e BeforeUpdate) Unwrap() error { return e.Err }

// Failed returns a diagnostic for err with the operation, the object, the API's message, and the next step. If the API rejected the request,
// the function place finds the argument that the API's message names, and the diagnostic points at it. It returns false if the message names
// no argument.
func (s Subject) Failed(doing Operation, err error, place func(message string) (path.Path, bool)) diag.Diagnostic {
	title := fmt.Sprintf("Cannot %s delivery %s", doing, s.Noun)
	detail := s.AboutError(err, s.nextStep(doing, err))
	var apiErr *talonic.Error
	isRejected := talonic.HasStatus(err, http.StatusBadRequest) || talonic.HasStatus(err, http.StatusUnprocessableEntity)
	if isRejected && errors.As(err, &apiErr) && !isOutcomeUnknown(err) {
		if at, ok := place(apiErr.Message); ok {
			return diag.NewAttributeErrorDiagnostic(at, title, detail)
		}
	}
	return diag.NewErrorDiagnostic(title, detail)
}

func isOutcomeUnknown(err error) bool {
	var unknown *talonic.OutcomeUnknownError
	return errors.As(err, &unknown)
}

// isRefusal reports whether an HTTP status means that the request itself is invalid.
func isRefusal(status int) bool {
	return status == http.StatusBadRequest || status == http.StatusUnprocessableEntity
}
