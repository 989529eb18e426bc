package credentials

import (
	"fmt"
)

// notShown is the format of the problem that a write cannot be verified because the API does not show the flag.
const notShown = "%s, but the API does not show %s, neither in its response nor when it is asked for the destination. So the provider cannot tell whether " +
	"the API did that. Look at the destination in the dashboard."

// AuthProblem returns what is wrong if has_auth_config, as shown, contradicts the decision; empty if it does not. shown is nil if the API
// does not show the flag.
func (d Decision) AuthProblem(shown *bool) string {
	has := IsTrue(shown)
	switch {
	case shown == nil && d.Auth == Send:
		return fmt.Sprintf(notShown, "Credentials were sent", "has_auth_config")
	case shown == nil && d.Auth == Remove:
		return fmt.Sprintf(notShown, "The credentials were to be removed", "has_auth_config")
	case shown == nil:
		return ""
	case d.Auth == Send && !has:
		return "Credentials were sent, but has_auth_config is false: the API did not keep them. Apply again; if that does not help, check the " +
			"credential block against the API's documentation."
	case d.Auth == Remove && has:
		return "The credentials were to be removed, but has_auth_config is still true. Remove them in the dashboard, or replace the destination."
	case d.Auth == Keep && d.AuthStored && !has && !d.Writes():
		return "The API had credentials when it was last read, and has none now: has_auth_config is false. Apply again, which sends what the " +
			"configuration has."
	case d.Auth == Keep && !d.AuthStored && has && !d.Writes():
		return "The API had no credentials when it was last read, and has some now: has_auth_config is true. Plan again."
	case d.Auth == Keep && d.AuthStored && !has:
		return "The destination had credentials that Terraform did not set, and the API dropped them: has_auth_config is now false. Add a " +
			"credential block, or set them again where they were set."
	}
	return ""
}

// SigningProblem returns what is wrong if has_signing_secret, as shown, contradicts the decision; empty if it does not. shown is nil if
// the API does not show the flag.
func (d Decision) SigningProblem(shown *bool) string {
	has := IsTrue(shown)
	switch {
	case shown == nil && d.Signing == Send:
		return fmt.Sprintf(notShown, "A signing secret was sent", "has_signing_secret")
	case shown == nil && d.Signing == Remove:
		return fmt.Sprintf(notShown, "The signing secret was to be removed", "has_signing_secret")
	case shown == nil:
		return ""
	case d.Signing == Send && !has:
		return "A signing secret was sent, inside auth_config and beside it, but has_signing_secret is false: the API did not keep it, and " +
			"deliveries are not signed."
	case d.Signing == Remove && has:
		return "The signing secret was to be removed, but has_signing_secret is still true. Remove it in the dashboard, or replace the destination."
	case d.Signing == Keep && d.SigningStored && !has && !d.Writes():
		return "The API had a signing secret when it was last read, and has none now: has_signing_secret is false. Apply again, which sends what " +
			"the configuration has."
	case d.Signing == Keep && !d.SigningStored && has && !d.Writes():
		return "The API had no signing secret when it was last read, and has one now: has_signing_secret is true. Plan again."
	case d.Signing == Keep && d.SigningStored && !has:
		return "The destination had a signing secret that Terraform did not set, and the API dropped it: has_signing_secret is now false, and " +
			"deliveries are not signed. Set signing_secret_wo."
	}
	return ""
}
