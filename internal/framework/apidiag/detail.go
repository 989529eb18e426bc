package apidiag

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Detail returns the detail of a diagnostic for err: the API's message, the request ID, and the next step. The parameter next
// replaces the general next step; empty means the general one.
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
		detail = s.WarningDetail(err, next)
	}
	if stop == nil {
		return detail
	}
	if n := stop.Others(); n > 0 {
		detail += "\n\n" + fmt.Sprintf("This error also stopped %s of this run.", Count(n, "other operation"))
	}
	return detail
}

// WarningDetail is like [Subject.Detail], but always explains the cause, and does not count as the error that explains it. CLIs fold warnings
// with equal titles, so warnings need no short form.
func (s Subject) WarningDetail(err error, next string) string {
	if next == "" {
		next = NextStep(err)
	}
	if next == "" {
		return s.describe(err)
	}
	return s.describe(err) + "\n\n" + next
}

// hasItsOwn reports whether err has information that no other error of the run has, such as which object may be the result of a create.
func hasItsOwn(err error) bool {
	var unknown *talonic.OutcomeUnknownError
	return errors.As(err, &unknown) && (len(unknown.Candidates) > 0 || unknown.Refusal != nil || unknown.Adoption != nil)
}

// alike returns the detail of an error whose cause another error explains. It is one line, and states whether anything may have changed if the
// cause leaves that open.
func alike(err error, stop *talonic.Stop) string {
	var (
		unknown  *talonic.OutcomeUnknownError
		accepted *talonic.AcceptedError
		stopped  *talonic.StoppedError
		apiErr   *talonic.Error
	)
	isResponse := errors.As(err, &apiErr)
	isInvalid := isResponse && apiErr.IsFromAPI() && apiErr.StatusCode < http.StatusInternalServerError && !isAboutKey(apiErr.StatusCode)
	format := "The request failed (%s)."
	switch {
	case errors.As(err, &unknown) && isResponse && strings.HasSuffix(apiErr.Path, "/replay"):
		format = "The replay may have taken effect (%s). Check its outcome before you replay again."
	case errors.As(err, &unknown):
		format = "The create may have taken effect (%s). Look for the result in the dashboard before you apply again."
	case errors.As(err, &accepted):
		format = "The API accepted the " + nounOf(accepted.Method) + ", but the provider could not read the object afterwards (%s). Run terraform plan to compare."
	case errors.As(err, &stopped):
		format = "The request was not sent (%s)."
	case !isResponse && !talonic.NothingSent(err):
		format = "The request may have taken effect (%s). Run terraform plan to compare."
	case !isResponse:
	case changesNothing(apiErr):
		if isInvalid {
			format = sameMessage
		}
	case !talonic.ProvesRejection(err) && isDismissal(apiErr):
		format = "The dismissal may have taken effect (%s). List the dead letters before you dismiss again."
	case !talonic.ProvesRejection(err):
		format = "The request may have taken effect (%s). Run terraform plan to compare."
	case isInvalid:
		format = sameMessage + " Nothing was changed."
	case !isAboutKey(apiErr.StatusCode):
		format += " Nothing was changed."
	}
	full := "Another error of this run"
	if first := stop.First(); first != "" && strings.HasPrefix(format, sameMessage) {
		full = "The error about " + first
	}
	return fmt.Sprintf(format, stop.Cause()) + " " + full + " has the details."
}

const sameMessage = "The API rejected the request with the same message (%s)."

// changesNothing reports whether even a successful request would have changed nothing.
func changesNothing(apiErr *talonic.Error) bool {
	return apiErr.Method == http.MethodGet || apiErr.Method == http.MethodPost && strings.HasSuffix(apiErr.Path, "/test")
}

func isDismissal(apiErr *talonic.Error) bool {
	return apiErr.Method == http.MethodDelete && strings.Contains(apiErr.Path, "/dlq/")
}

// nounOf returns the name of an update or a delete by its HTTP method.
func nounOf(method string) string {
	if method == http.MethodDelete {
		return string(Deleting)
	}
	return string(Updating)
}

// isAboutKey reports whether an HTTP status concerns the API key or its quota, not the request.
func isAboutKey(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests
}

// describe states the failure in sentences. Text from outside the provider, such as the API's message or the names in a certificate, is on
// separate lines.
func (s Subject) describe(err error) string {
	var (
		apiErr     *talonic.Error
		unknown    *talonic.OutcomeUnknownError
		unreadable Unreadable
		unsent     NotSent
		accepted   *talonic.AcceptedError
		exists     *talonic.StillExistsError
		stopped    *talonic.StoppedError
	)
	switch {
	case errors.As(err, &unknown):
		detail := "The outcome is unknown: the request may have taken effect. " + s.describe(unknown.Cause)
		if unknown.Refusal != nil {
			detail += "\n\n" + laterAttempt(unknown.Refusal) + " " + s.describe(unknown.Refusal)
		}
		if unknown.Adoption != nil {
			detail += "\n\nThe provider found a possible result, but its update is not confirmed. " + s.describe(unknown.Adoption)
		}
		return detail
	case errors.As(err, &accepted):
		return fmt.Sprintf("The API accepted the %s, but the provider could not read the %s afterwards. ", nounOf(accepted.Method), cmp.Or(s.Noun, "object")) +
			s.describe(accepted.Err)
	case errors.As(err, &exists):
		return fmt.Sprintf("The API accepted the delete, but the %s still exists.\n\nRequest: DELETE %s.", exists.Noun, exists.Path)
	case errors.As(err, &stopped):
		return "The request was not sent, because an earlier request failed. " + s.describe(stopped.Unwrap())
	case errors.As(err, &apiErr):
		shown := *apiErr
		shown.Message = s.without(apiErr.Message)
		return shown.Describe()
	case errors.As(err, &unreadable):
		return s.without(unreadable.Problem) + "."
	case errors.As(err, &unsent):
		return s.without(unsent.Problem) + "."
	}
	return "The request failed:\n\n" + redact.Block(s.without(err.Error()))
}

// laterAttempt describes the error of an attempt after one with unknown outcome.
func laterAttempt(err error) string {
	var apiErr *talonic.Error
	switch {
	case !errors.As(err, &apiErr):
		return "A later attempt failed, too."
	case apiErr.IsFromAPI():
		return "The API rejected a later attempt."
	}
	return "A gateway may have rejected a later attempt."
}
