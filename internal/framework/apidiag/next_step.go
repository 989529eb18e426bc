package apidiag

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

const (
	// nothingSent is used only for failures that certainly happened before a request was sent.
	nothingSent = "Nothing was sent to the API. "

	checkAddress = "Check base_url, and any proxy between this machine and the API."
	// CheckAPIKey is the next step if the API key may be the wrong one.
	CheckAPIKey = "Check the API key: api_key in the provider block, or the environment variable TALONIC_API_KEY."
)

// NextStep returns the next step after err that does not depend on the operation.
func NextStep(err error) string {
	var (
		apiErr *talonic.Error
		list   *talonic.IncompleteListError
		proxy  *talonic.ProxyError
		trust  *talonic.UntrustedError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "The run was interrupted."
	case errors.As(err, &trust):
		return nothingSent + trustStep(trust)
	case errors.As(err, &list):
		return "The provider does not use an incomplete list. Try again, because the list may have changed while it was read. If the error persists, " +
			support(list.RequestID) + "."
	case errors.As(err, &proxy) && proxy.StatusCode == http.StatusProxyAuthRequired:
		return nothingSent + "The proxy requires a user name and a password. Set them in HTTPS_PROXY, or exclude the API's host with NO_PROXY."
	case errors.As(err, &proxy):
		return nothingSent + "Check HTTPS_PROXY and the proxy, or exclude the API's host with NO_PROXY."
	case !errors.As(err, &apiErr):
		return withoutResponse(err) + " Then try again."
	}
	switch status := apiErr.StatusCode; {
	case status == http.StatusUnauthorized:
		return CheckAPIKey
	case status == http.StatusForbidden:
		return `Use an API key with the required scope: "read" for reads, "write" for all other requests.`
	case status == http.StatusTooManyRequests && !apiErr.RetryAt.IsZero():
		return "The API accepts requests again at " + apiErr.RetryAt.Format("2006-01-02 15:04:05 MST") + ". Try again after that time."
	case status == http.StatusTooManyRequests:
		return "Try again later. To send fewer requests at once, lower -parallelism, or set requests_per_second in the provider block."
	case status >= 500:
		return "Try again later. If the error persists, " + support(apiErr.RequestID) + "."
	case status >= 300 && status < 400:
		return "Set base_url to the address of the API itself, not to one that redirects."
	case status == http.StatusNotFound && !apiErr.Gone:
		return "The 404 response probably did not come from the API itself. " + checkAddress
	}
	return "If you think that the API is wrong to reject this request, " + support(apiErr.RequestID) + "."
}

// withoutResponse returns the things to check if the client received no usable response.
func withoutResponse(err error) string {
	var (
		body    *talonic.UnexpectedBodyError
		timeout net.Error
	)
	switch {
	case talonic.NothingSent(err):
		return "The API could not be reached. Check the network and base_url."
	case errors.As(err, &body), errors.Is(err, talonic.ErrBodyTooLarge):
		return "A proxy or gateway may have responded instead of the API. " + checkAddress
	case errors.As(err, &timeout) && timeout.Timeout():
		return "If the API is slow, increase request_timeout in the provider block."
	}
	return "Check the network, base_url, and any proxy between this machine and the API."
}

// support completes a sentence such as "If the error persists, ...".
func support(requestID string) string {
	if requestID == "" {
		return "contact Talonic support"
	}
	return "send the request ID to Talonic support"
}

// trustStep returns the next step if the client could not verify a certificate.
func trustStep(err *talonic.UntrustedError) string {
	switch {
	case !err.IsUnknownAuthority():
		return "The certificate is not valid for this address or at this time. Check base_url, the clock of this machine, and any proxy between this " +
			"machine and the API."
	case err.Origin == "":
		return "This machine does not trust the certificate authority (CA) that signed the certificate. If your company has a private CA, or a proxy " +
			"that inspects TLS, set ca_certificate_file in the provider block to a PEM file with the CA certificate."
	}
	return "The certificate authority (CA) that signed the certificate is not among those of " + err.Origin + ". Check that the file contains the root " +
		"certificate of this CA, not the certificate of the server. If a proxy inspects TLS, the file must contain the proxy's CA."
}

// nextStep returns the next step after err for the given operation.
func (s Subject) nextStep(doing Operation, err error) string {
	var (
		unknown    *talonic.OutcomeUnknownError
		apiErr     *talonic.Error
		unreadable Unreadable
		unsent     NotSent
		before     BeforeUpdate
		accepted   *talonic.AcceptedError
		exists     *talonic.StillExistsError
		stopped    *talonic.StoppedError
	)
	switch {
	case errors.As(err, &unknown):
		return s.lookForIt(unknown)
	case errors.As(err, &accepted):
		return afterAccepted(accepted.Err)
	case errors.As(err, &exists):
		return fmt.Sprintf("Run terraform plan later to compare. If the %s still exists then, destroy it again. If the error persists, contact Talonic support.", exists.Noun)
	case errors.As(err, &stopped):
		return NextStep(err)
	case errors.As(err, &unsent):
		return "Nothing was changed. " + unsent.Next
	case errors.As(err, &before) && !talonic.IsNotFound(err) && !talonic.NothingSent(err):
		return fmt.Sprintf("Nothing was changed, because the provider must read the %s before the update. %s", s.Noun, NextStep(before.Err))
	case errors.As(err, &unreadable):
		return "Upgrade the provider. If the error persists, report it to the provider's maintainers."
	case !errors.As(err, &apiErr):
		if talonic.NothingSent(err) {
			return NextStep(err)
		}
		if doing == Creating && errors.Is(err, context.Canceled) {
			return "Nothing was created. The run was interrupted." // otherwise, the outcome would be unknown
		}
		if writes(doing) && errors.Is(err, context.Canceled) {
			return fmt.Sprintf("The run was interrupted, so the %s may have taken effect. Run terraform plan to compare.", doing)
		}
		if writes(doing) {
			return fmt.Sprintf("The %s may have taken effect. %s Then run terraform plan to compare.", doing, withoutResponse(err))
		}
		return ""
	}
	switch status := apiErr.StatusCode; {
	case writes(doing) && !talonic.IsNotFound(err) && !talonic.ProvesRejection(err):
		return afterUnproven(doing, apiErr)
	case status == http.StatusNotFound && !talonic.IsNotFound(err) && doing == Creating:
		return "Nothing was created. The server that responded does not know the path of the request. " + checkAddress
	case status == http.StatusNotFound && !talonic.IsNotFound(err) && doing == Importing:
		return "Nothing was imported. The 404 response probably did not come from the API itself. " + checkAddress
	case status == http.StatusNotFound && !talonic.IsNotFound(err):
		return fmt.Sprintf("Nothing was changed. The 404 response probably did not come from the API itself, and the API's list does not confirm that the %s was "+
			"deleted. Terraform therefore keeps it in state. %s", s.Noun, checkAddress)
	case status == http.StatusNotFound && doing == Creating:
		return "Nothing was created. Check that the objects to which the configuration refers exist, and check base_url."
	case status == http.StatusNotFound && doing == Importing:
		return WhereToLook(s.Noun) + fmt.Sprintf(" If a moved block caused this import and the %s no longer exists, run 'terraform state rm' with the old "+
			"address. The next plan then creates a new %s.", s.Noun, s.Noun)
	case status == http.StatusNotFound:
		return fmt.Sprintf("The %s was deleted outside Terraform. Run terraform plan again, which plans to re-create it.", s.Noun)
	case status == http.StatusConflict && doing == Creating:
		return fmt.Sprintf("Nothing was created. A %s with these values may already exist. If it belongs to this configuration, import it with '%s<id>'.",
			s.Noun, importCommand)
	case status == http.StatusConflict && doing == Updating:
		return fmt.Sprintf("Nothing was changed. The update conflicts with the current state of the %s, or with another object. Run terraform plan to compare, "+
			"then correct the configuration or apply again.", s.Noun)
	case isRefusal(status) && doing == Creating:
		return "Nothing was created. Correct the configuration and apply again."
	case isRefusal(status) && doing == Updating:
		return "Nothing was changed. Correct the configuration and apply again."
	case writes(doing) && status >= 400 && status < 500 && !isAboutKey(status) && status != http.StatusTooManyRequests:
		return "Nothing was changed. " + NextStep(err)
	}
	return ""
}

// afterUnproven returns the next step after a failed write that may have had an effect despite the response.
func afterUnproven(doing Operation, apiErr *talonic.Error) string {
	switch status := apiErr.StatusCode; {
	case status == http.StatusTooManyRequests, isAboutKey(status) && apiErr.IsFromAPI():
		return fmt.Sprintf("The %s may have taken effect. %s Then run terraform plan to compare.", doing, NextStep(apiErr))
	case status < http.StatusInternalServerError && !apiErr.IsFromAPI():
		return fmt.Sprintf("A gateway may have rejected the request before it reached the API, or blocked the API's response, so the %s may have taken effect. Run terraform plan to "+
			"compare. If the error persists, check the configuration, base_url, and any proxy between this machine and the API.", doing)
	case isRefusal(status), status == http.StatusConflict:
		return fmt.Sprintf("An earlier attempt of the %s may have taken effect. Run terraform plan to compare, then correct the configuration or apply again.", doing)
	}
	return fmt.Sprintf("The %s may have taken effect. Run terraform plan later to compare. If the error persists, %s.", doing, support(apiErr.RequestID))
}

// afterAccepted returns the next step after a write that the API accepted. err is the reason why the object could not be read afterwards.
func afterAccepted(err error) string {
	const compare = " Then run terraform plan to compare."
	var apiErr *talonic.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "The run was interrupted. Run terraform plan to compare."
	case !errors.As(err, &apiErr):
		return withoutResponse(err) + compare
	case isAboutKey(apiErr.StatusCode), apiErr.StatusCode == http.StatusNotFound, apiErr.StatusCode < http.StatusBadRequest:
		return NextStep(apiErr) + compare
	}
	return "Run terraform plan later to compare. If the error persists, " + support(apiErr.RequestID) + "."
}

// writes reports whether an operation changes an existing object.
func writes(doing Operation) bool {
	return doing == Updating || doing == Deleting || doing == Disabling
}

// WhereToLook returns the next step if the API does not find an ID.
func WhereToLook(noun string) string {
	return "Check the ID, and check that the API key belongs to the right organization: the API also responds with 404 for " + noun +
		"s of other organizations."
}

// lookForIt returns the next step after a create with unknown outcome.
func (s Subject) lookForIt(err *talonic.OutcomeUnknownError) string {
	switch {
	case len(err.Candidates) == 1:
		return fmt.Sprintf("One %s in the API's list may be the result of the create. If it is not yours, apply again. If it is yours, import it first:"+
			"\n\n  %s%s", s.Noun, importCommand, err.Candidates[0])
	case len(err.Candidates) > 1:
		return fmt.Sprintf("Each of these %ss may be the result of the create:\n\n  %s%s\n\nImport the one that belongs to this resource. "+
			"If none does, apply again.", s.Noun, importCommand, strings.Join(err.Candidates, "\n  "+importCommand))
	case err.Lookup != nil:
		return fmt.Sprintf("The provider could not look up the %s, so it may exist. %s\n\n%sLook for %s in the dashboard. If it exists, "+
			"import it with '%s<id>'. Otherwise, apply again.", s.Noun, s.describe(err.Lookup), afterLookup(err.Lookup), s.Label(), importCommand)
	}
	otherwise := ""
	if err.IsRejectedByGateway() {
		otherwise = " Otherwise, the request was probably rejected. Correct the configuration, or check the gateway."
	}
	return fmt.Sprintf("The API's list does not contain the %s yet, but it may still appear. Before you apply again, look for %s in the dashboard. If it "+
		"exists, import it with '%s<id>'.%s", s.Noun, s.Label(), importCommand, otherwise)
}

// afterLookup returns the next step if the API rejected a lookup for a reason that the user can remove, such as an invalid API key.
func afterLookup(err error) string {
	var apiErr *talonic.Error
	if errors.As(err, &apiErr) && apiErr.StatusCode < http.StatusInternalServerError && apiErr.StatusCode != http.StatusTooManyRequests {
		return NextStep(apiErr) + " "
	}
	return ""
}
