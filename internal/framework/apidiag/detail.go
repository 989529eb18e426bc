package apidiag

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Detail returns the detail of a diagnostic for err: the API's message, the request ID, and the next step. next replaces the general next
// step; empty means the general one.
//
// If several errors of a run have the same cause, only one of them explains the cause, because CLIs print every error. The others refer to
// this error in one line. If the cause stops the rest of the run, one error states how many operations were stopped.
func Detail(err error, next string) string { return Subject{}.Detail(err, next) }

// Detail is like the function [Detail], but redacts the API's message with s.Hide.
func (s Subject) Detail(err error, next string) string {
	stop := talonic.StopOf(err)
	if hasItsOwn(err) {
		stop = nil
	}
	detail := ""
	if stop != nil && !stop.Tell(s.calledOrNothing()) {
		detail = alike(err, stop)
	} else {
		detail = s.describe(err)
		if next == "" {
			next = NextStep(err)
		}
		if next != "" {
			detail += "\n\n" + next
		}
	}
	if stop == nil {
		return detail
	}
	if n := stop.Others(); n > 0 {
		detail += "\n\n" + fmt.Sprintf("This error also stopped %s of this run.", Count(n, "other operation"))
	}
	return detail
}

// hasItsOwn reports whether err has information that no other error of the run has, such as which object may be the result of a create.
func hasItsOwn(err error) bool {
	var unknown *talonic.OutcomeUnknownError
	return errors.As(err, &unknown) && (len(unknown.Candidates) > 0 || unknown.Refusal != nil || unknown.Adoption != nil)
}

// alike returns the detail of an error whose cause another error explains. It is one line and states whether anything may have changed.
func alike(err error, stop *talonic.Stop) string {
	var (
		unknown *talonic.OutcomeUnknownError
		stopped *talonic.StoppedError
		said    *talonic.Error
	)
	format, full := "The request failed (%s).", "Another error of this run"
	switch {
	case errors.As(err, &unknown) && errors.As(err, &said) && strings.HasSuffix(said.Path, "/replay"):
		format = "The replay may have taken effect (%s). Check its outcome before you replay again."
	case errors.As(err, &unknown):
		format = "The create may have taken effect (%s). Look for the result in the dashboard before you apply again."
	case errors.As(err, &stopped):
		format = "The request was not sent (%s)."
	case errors.As(err, &said) && said.StatusCode >= http.StatusInternalServerError && said.Method != http.MethodGet:
		format = "The request may have taken effect (%s). Run terraform plan to compare."
	case errors.As(err, &said) && said.StatusCode < http.StatusInternalServerError && !isAboutKey(said.StatusCode):
		format = "The API rejected the request with the same message (%s)."
		if said.Method != http.MethodGet {
			format += " Nothing was changed."
		}
		if first := stop.First(); first != "" {
			full = "The error about " + first
		}
	}
	return fmt.Sprintf(format, stop.Cause()) + " " + full + " has the details."
}

// isAboutKey reports whether an HTTP status concerns the API key or its quota, not the request.
func isAboutKey(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests
}

// describe states the failure in sentences. Text from outside the provider, such as the API's message or the names in a certificate, is on
// separate lines.
func (s Subject) describe(err error) string {
	var (
		said       *talonic.Error
		unknown    *talonic.OutcomeUnknownError
		unreadable Unreadable
		unsent     NotSent
		stopped    *talonic.StoppedError
	)
	switch {
	case errors.As(err, &unknown):
		detail := "The outcome is unknown: the request may have taken effect. " + s.describe(unknown.Cause)
		if unknown.Refusal != nil {
			detail += "\n\nThe API rejected a later attempt. " + s.describe(unknown.Refusal)
		}
		if unknown.Adoption != nil {
			detail += "\n\nThe provider found a possible result, but could not update it. " + s.describe(unknown.Adoption)
		}
		return detail
	case errors.As(err, &stopped):
		return "The request was not sent, because an earlier request failed. " + s.describe(stopped.Unwrap())
	case errors.As(err, &said):
		shown := *said
		shown.Message = s.without(said.Message)
		return shown.Describe()
	case errors.As(err, &unreadable):
		return s.without(unreadable.Problem) + "."
	case errors.As(err, &unsent):
		return s.without(unsent.Problem) + "."
	}
	return "The request failed:\n\n" + redact.Block(s.without(err.Error()))
}
