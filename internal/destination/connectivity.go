package destination

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// testedID is the path of the argument that selects the destination to test, in the data source and in the action.
var testedID = path.Root("destination_id")

// testConnectivity requests a connectivity test of a destination from the API. If the test fails, it returns the result and a warning. If the
// test cannot be run, it returns an error and no result.
func testConnectivity(ctx context.Context, client *talonic.Client, id string) (*talonic.ConnectivityTest, diag.Diagnostic) {
	const title = "Cannot test delivery destination"
	s := apidiag.Subject{Noun: noun, ID: id}
	if client == nil {
		return nil, diag.NewAttributeErrorDiagnostic(testedID, title+" yet", s.About(apidiag.Unconfigured))
	}
	result, err := client.TestDestination(ctx, id)
	switch {
	case err != nil:
		return nil, diag.NewAttributeErrorDiagnostic(testedID, title, s.AboutError(err, afterNoTest(err)))
	case result.Success:
		return result, nil
	}
	tested, err := client.CachedDestination(ctx, id)
	if err != nil {
		tested = &talonic.Destination{ID: id} // the name makes the diagnostic clearer but is not required
	}
	return result, failedTest(tested, result)
}

// afterNoTest returns the next step after an error that prevented a test; empty if no next step is specific to tests.
func afterNoTest(err error) string {
	var apiErr *talonic.Error
	switch {
	case talonic.IsNotFound(err):
		return apidiag.WhereToLook(noun)
	case !errors.As(err, &apiErr), apiErr.StatusCode < 400, apiErr.StatusCode == http.StatusUnauthorized, apiErr.StatusCode == http.StatusForbidden,
		apiErr.StatusCode == http.StatusNotFound, apiErr.StatusCode == http.StatusTooManyRequests:
		return ""
	}
	return "The provider cannot tell whether the API can reach the destination. If the API's message is about the receiver, check the receiver. Otherwise, " +
		"try again later. If the error persists, contact Talonic support."
}

// failedTest returns a warning with the tested destination, the result, and the next step.
func failedTest(d *talonic.Destination, result *talonic.ConnectivityTest) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(testedID, "Connectivity test failed",
		apidiag.Subject{Noun: noun, Name: d.Name, ID: d.ID}.About(fmt.Sprintf("%s\n%s\n\n%s", summary(result), target(d), afterFailedTest(result.HTTPStatus))))
}

// summary returns the result of a test in one line.
func summary(result *talonic.ConnectivityTest) string {
	text := strings.TrimSuffix(message(result), ".")
	if result.Message != "" {
		text = "The API reported " + redact.Quote(text)
	}
	if status := result.HTTPStatus; status != nil {
		return fmt.Sprintf("%s (HTTP status %d, after %d ms).", text, *status, result.DurationMS)
	}
	return fmt.Sprintf("%s (after %d ms).", text, result.DurationMS)
}

// message returns the API's message about the result, or a default text if the API returns no message.
func message(result *talonic.ConnectivityTest) string {
	switch {
	case result.Message != "":
		return result.Message
	case result.Success:
		return "The destination can be reached."
	}
	return "The API gave no reason."
}

// target returns a description of the tested destination, without secrets.
func target(d *talonic.Destination) string {
	facts := []string{"Tested: destination " + d.ID}
	if d.Type != "" {
		facts = append(facts, "type "+redact.Line(d.Type))
	}
	for _, a := range connector.For(d.Type).Arguments {
		if shown := jsonvalue.Shown(d.RawConfig()[a.Name]); shown != "" && a.IsRequired() {
			facts = append(facts, a.Name+" "+redact.Quote(shown))
		}
	}
	return strings.Join(facts, ", ") + "."
}

// afterFailedTest returns the next step after a failed test. status is the HTTP status of the receiver; nil if the receiver sent none.
func afterFailedTest(status *int64) string {
	if status == nil {
		return "Check the receiver's address and credentials, and that the receiver is reachable from the internet. Then test again."
	}
	switch *status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return "The receiver rejects the credentials. Set the correct credentials in the configuration, and apply. Then test again."
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
		return "The receiver accepts no deliveries at this address. Correct the address, and apply. Then test again."
	case http.StatusTooManyRequests:
		return "The receiver limits the request rate. Test again later."
	}
	switch *status / 100 {
	case 2:
		return "The receiver responds, but the API does not accept the response as a success. Check the receiver's logs. Then test again."
	case 3:
		return "The receiver redirects. Set the address to the target of the redirect, and apply. Then test again."
	case 4:
		return "The receiver rejects the request. Check the receiver's logs. Then test again."
	}
	return "The receiver failed. Check the receiver's logs. Then test again."
}
