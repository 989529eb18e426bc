package apidiag

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

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

// nextStep returns the next step after err, taking the operation into account.
func (s Subject) nextStep(doing Operation, err error) string {
	var (
		unknown    *talonic.OutcomeUnknownError
		said       *talonic.Error
		unreadable Unreadable
	)
	switch {
	case errors.As(err, &unknown):
		return s.lookForIt(unknown)
	case errors.As(err, &unreadable):
		return "This version of the provider cannot hold that. Look for a newer one, or report it to the provider's maintainers."
	case !errors.As(err, &said):
		if talonic.NothingSent(err) {
			return NextStep(err)
		}
		if (doing == Updating || doing == Deleting || doing == Disabling) && !errors.Is(err, context.Canceled) {
			return "The API could not be reached, or did not respond as expected, so the request may have taken effect. Check the network and " +
				"base_url, and run terraform plan to see what the API has."
		}
		return ""
	}
	switch status := said.StatusCode; {
	case status == http.StatusNotFound && !talonic.IsNotFound(err) && doing == Creating:
		return "Nothing was created: the server that responded does not know this path. Check base_url, and any proxies on the way."
	case status == http.StatusNotFound && !talonic.IsNotFound(err):
		return "Nothing was changed. This is not the API's own 404 for a " + s.Noun + " that does not exist, and its list does not confirm that it is " +
			"gone, so it is taken to exist. Check base_url, and gateways and proxies on the way."
	case status == http.StatusNotFound && doing == Creating:
		return "Nothing was created. Check that what the configuration refers to exists, and base_url."
	case status == http.StatusNotFound && doing == Importing:
		return WhereToLook(s.Noun) + " If a moved block names a " + s.Noun + " that no longer exists, run 'terraform state rm' with the old address: " +
			"the plan then creates it."
	case status == http.StatusNotFound:
		return "It was deleted outside of Terraform. Run terraform plan again: Terraform will plan to re-create it."
	case status == http.StatusConflict && (doing == Creating || doing == Updating):
		return "It seems to exist already. Import it with 'terraform import <address> <id>'."
	case isRefusal(status) && (doing == Creating || doing == Updating):
		return "Nothing was changed. Correct the configuration and apply again."
	}
	return ""
}

// WhereToLook returns the next step if the API does not know an ID.
func WhereToLook(noun string) string {
	return "Check the id, and that the API key belongs to the same organization: the API responds with 404 for " + noun + "s of other organizations."
}

// lookForIt returns the next step after a create with unknown outcome.
func (s Subject) lookForIt(err *talonic.OutcomeUnknownError) string {
	const importOne = importCommand
	switch {
	case err.Adoption != nil && len(err.Candidates) == 1:
		return fmt.Sprintf("The API lists exactly one %s that can be the result. If it is yours, import it and apply again, else apply again without:"+
			"\n\n  %s%s", s.Noun, importOne, err.Candidates[0])
	case len(err.Candidates) > 0:
		return fmt.Sprintf("Each of these %ss may be the result, and it cannot be told for certain:\n\n  %s%s\n\nImport the one that "+
			"belongs to this resource. Leave the others if they belong to someone else.",
			s.Noun, importOne, strings.Join(err.Candidates, "\n  "+importOne))
	case err.Lookup != nil:
		return fmt.Sprintf("The %s may exist all the same: it could not be looked up. %s\n\nLook for %s in the dashboard. If it is there, "+
			"import it with '%s<id>', else apply again.", s.Noun, s.describe(err.Lookup), s.Label(), importOne)
	}
	return fmt.Sprintf("The API's list does not contain it yet, but it may still appear. Before you apply again, look for %s in the dashboard; if it is there, "+
		"import it with '%s<id>'.", s.Label(), importOne)
}
