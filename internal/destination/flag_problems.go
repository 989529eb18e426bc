package destination

import (
	"fmt"
)

// notShown is the problem with a flag that a write is to be judged by, but that the API does not show.
const notShown = "%s, but the API does not show %s, neither in its response nor when it is asked for the destination. So it is not known whether " +
	"the API did that. Look at the destination in the dashboard."

// authProblem compares what was decided for the authentication with what the API says of it.
func (d credentialDecision) authProblem(shown *bool) string {
	has := isTrue(shown)
	switch {
	case shown == nil && d.auth == send:
		return fmt.Sprintf(notShown, "Credentials were sent", "has_auth_config")
	case shown == nil && d.auth == remove:
		return fmt.Sprintf(notShown, "The credentials were to be removed", "has_auth_config")
	case shown == nil:
		return ""
	case d.auth == send && !has:
		return "Credentials were sent, but has_auth_config is false: the API did not keep them. Apply again; if that does not help, check the " +
			"credential block against the API's documentation."
	case d.auth == remove && has:
		return "The credentials were to be removed, but has_auth_config is still true. Remove them in the dashboard, or replace the destination."
	case d.auth == keep && d.authStored && !has && !d.writes():
		return "The API had credentials when it was last read, and has none now: has_auth_config is false. Apply again, which sends what the " +
			"configuration has."
	case d.auth == keep && !d.authStored && has && !d.writes():
		return "The API had no credentials when it was last read, and has some now: has_auth_config is true. Plan again."
	case d.auth == keep && d.authStored && !has:
		return "The destination had credentials that Terraform did not set, and the API dropped them: has_auth_config is now false. Add a " +
			"credential block, or set them again where they were set."
	}
	return ""
}

// signingProblem compares what was decided for the signing secret with what the API says of it.
func (d credentialDecision) signingProblem(shown *bool) string {
	has := isTrue(shown)
	switch {
	case shown == nil && d.signing == send:
		return fmt.Sprintf(notShown, "A signing secret was sent", "has_signing_secret")
	case shown == nil && d.signing == remove:
		return fmt.Sprintf(notShown, "The signing secret was to be removed", "has_signing_secret")
	case shown == nil:
		return ""
	case d.signing == send && !has:
		return "A signing secret was sent, inside auth_config and beside it, but has_signing_secret is false: the API did not keep it, and " +
			"deliveries are not signed."
	case d.signing == remove && has:
		return "The signing secret was to be removed, but has_signing_secret is still true. Remove it in the dashboard, or replace the destination."
	case d.signing == keep && d.signingStored && !has && !d.writes():
		return "The API had a signing secret when it was last read, and has none now: has_signing_secret is false. Apply again, which sends what " +
			"the configuration has."
	case d.signing == keep && !d.signingStored && has && !d.writes():
		return "The API had no signing secret when it was last read, and has one now: has_signing_secret is true. Plan again."
	case d.signing == keep && d.signingStored && !has:
		return "The destination had a signing secret that Terraform did not set, and the API dropped it: has_signing_secret is now false, and " +
			"deliveries are not signed. Set signing_secret_wo."
	}
	return ""
}
