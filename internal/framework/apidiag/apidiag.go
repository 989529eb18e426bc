// Package apidiag turns errors of the API client into Terraform diagnostics.
package apidiag

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Detail returns the detail of a diagnostic for err: what the API said, the request ID, and the next step. next replaces the general next
// step if the caller knows a better one; empty means the general one.
//
// If several errors of a run share a cause, only one explains it, because CLIs print every error. The others refer to that one in one
// line. If the cause stops the rest of the run, one of them states how many operations it stopped.
func Detail(err error, next string) string { return Subject{}.Detail(err, next) }

// Detail is like the function [Detail], but redacts what s.Hide redacts.
func (s Subject) Detail(err error, next string) string {
	stop := talonic.StopOf(err)
	if hasItsOwn(err) {
		stop = nil
	}
	detail := ""
	if stop != nil && !stop.Tell() {
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
		detail += "\n\n" + fmt.Sprintf("It stopped %s of this run, of which each is named in one line.", Count(n, "other operation"))
	}
	return detail
}

// hasItsOwn reports whether err carries information that no other error of the run has, such as which object may be the result of a
// create.
func hasItsOwn(err error) bool {
	var unknown *talonic.OutcomeUnknownError
	return errors.As(err, &unknown) && (len(unknown.Candidates) > 0 || unknown.Refusal != nil || unknown.Adoption != nil)
}

// alike returns the detail of an error whose cause another error explains: one line, which states whether anything may have changed.
func alike(err error, stop *talonic.Stop) string {
	var (
		unknown *talonic.OutcomeUnknownError
		stopped *talonic.StoppedError
		said    *talonic.Error
	)
	what := "Failed too"
	switch {
	case errors.As(err, &unknown) && errors.As(err, &said) && strings.HasSuffix(said.Path, "/replay"):
		what = "It may have been replayed, so look before you replay it again"
	case errors.As(err, &unknown):
		what = "It may exist, so look for it before you apply again"
	case errors.As(err, &stopped):
		what = "Not tried"
	case errors.As(err, &said) && said.StatusCode >= http.StatusInternalServerError && said.Method != http.MethodGet:
		what = "It may have taken effect, so plan again"
	}
	return what + ": " + stop.Cause() + ", see the full error."
}

// describe states in sentences what failed. Text from outside the provider, such as the API's message or the names in a certificate, is
// on lines of its own.
func (s Subject) describe(err error) string {
	var (
		said       *talonic.Error
		unknown    *talonic.OutcomeUnknownError
		unreadable Unreadable
		stopped    *talonic.StoppedError
	)
	switch {
	case errors.As(err, &unknown):
		detail := "The outcome is unknown: this may have taken effect. " + s.describe(unknown.Cause)
		if unknown.Refusal != nil {
			detail += "\n\nA later attempt was refused. " + s.describe(unknown.Refusal)
		}
		if unknown.Adoption != nil {
			detail += "\n\nWhat seems to be the result could not be updated. " + s.describe(unknown.Adoption)
		}
		return detail
	case errors.As(err, &stopped):
		return "Not tried, because an earlier request failed. " + s.describe(stopped.Unwrap())
	case errors.As(err, &said):
		shown := *said
		shown.Message = s.without(said.Message)
		return shown.Describe()
	case errors.As(err, &unreadable):
		return s.without(unreadable.Problem) + "."
	}
	return "The request failed:\n\n" + redact.Block(s.without(err.Error()))
}

// nothingSent is used only for failures that certainly happened before a request was sent.
const nothingSent = "Nothing was sent to the API. "

// NextStep returns the next step after err that does not depend on the operation.
func NextStep(err error) string {
	var (
		said  *talonic.Error
		body  *talonic.UnexpectedBodyError
		list  *talonic.IncompleteListError
		proxy *talonic.ProxyError
		trust *talonic.UntrustedError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "The run was interrupted."
	case errors.As(err, &trust):
		return nothingSent + trustStep(trust)
	case errors.As(err, &list):
		return "A part of a list is not taken for all there is. Try again: the list may have changed while it was read. If it lasts, tell Talonic's support."
	case errors.As(err, &proxy) && proxy.StatusCode == http.StatusProxyAuthRequired:
		return nothingSent + "The proxy asks for a user name and a password. Set them in HTTPS_PROXY, or except the API's host with NO_PROXY."
	case errors.As(err, &proxy):
		return nothingSent + "Check HTTPS_PROXY and the proxy, or except the API's host with NO_PROXY."
	case errors.As(err, &body):
		return "A proxy or gateway may have responded in place of the API. Check base_url, and any proxies on the way."
	case !errors.As(err, &said):
		return "The API could not be reached. Check the network and base_url, and try again."
	}
	switch status := said.StatusCode; {
	case status == http.StatusUnauthorized:
		return "Check the API key: api_key in the provider block, or the environment variable TALONIC_API_KEY."
	case status == http.StatusForbidden:
		return "The API key lacks a scope: reads need the scope read, all other requests need the scope write."
	case status == http.StatusTooManyRequests && !said.RetryAt.IsZero():
		return "The quota is exhausted until " + said.RetryAt.Format("2006-01-02 15:04:05 MST") + ". Try again then."
	case status == http.StatusTooManyRequests:
		return "The API's rate limit is reached. Try again later, with a lower -parallelism, or with requests_per_second set."
	case status >= 500:
		return "The API has a problem. Try again later; if it lasts, tell Talonic's support the request id."
	case status >= 300 && status < 400:
		return "Check base_url: it must be the address at which the API itself responds."
	}
	return "The API refuses this. If it should not, tell Talonic's support the request id."
}

// trustStep returns the next step after a certificate could not be verified.
func trustStep(err *talonic.UntrustedError) string {
	switch {
	case !err.IsUnknownAuthority():
		return "The certificate is not valid for this address or at this time. Check base_url, the clock of this machine, and proxies on the way."
	case err.Origin == "":
		return "The certificate is signed by an authority that this machine does not trust. If your company has an authority of its own, or a proxy " +
			"that inspects TLS, set ca_certificate_file in the provider block to the authority's certificate (PEM)."
	}
	return "The certificate is signed by an authority that is not among those of " + err.Origin + ". Check that the file has the certificate of the " +
		"authority (the root, not the server's own), and that it is the one that signs the certificate of base_url or of the proxy on the way."
}
