package credentials

// Unconfirmed returns the flags of the groups that a write changed and whose flags the API omits, so that the change is not confirmed.
func (d Decision) Unconfirmed(shown Flags) []string {
	var flags []string
	if shown.Auth == nil && (d.Auth == Send || d.Auth == Remove) {
		flags = append(flags, "has_auth_config")
	}
	if shown.Signing == nil && (d.Signing == Send || d.Signing == Remove) {
		flags = append(flags, "has_signing_secret")
	}
	return flags
}

// NotSent returns the problems of a new destination that has credentials which the create did not contain, so that the destination may be
// someone else's. A signing secret inside auth_config may count as authentication.
func (d Decision) NotSent(shown Flags) []string {
	var problems []string
	if IsTrue(shown.Auth) && d.Auth != Send && d.Signing != Send {
		problems = append(problems, "The API returned has_auth_config = true, but Terraform sent no authentication.")
	}
	if IsTrue(shown.Signing) && d.Signing != Send {
		problems = append(problems, "The API returned has_signing_secret = true, but Terraform sent no signing secret.")
	}
	return problems
}

// AuthProblem returns the problem if shown, the API's has_auth_config, contradicts the decision; empty if it does not. shown is nil if the API
// omits the flag; see [Decision.Unconfirmed].
func (d Decision) AuthProblem(shown *bool) string {
	has := IsTrue(shown)
	switch {
	case shown == nil:
		return ""
	case d.Auth == Send && !has:
		return "Terraform sent credentials, but the API returned has_auth_config = false, so the API did not store them.\n\nApply again. If the error " +
			"persists, compare the credential block with the API's documentation."
	case d.Auth == Remove && has:
		return "Terraform removed the credentials, but the API still returns has_auth_config = true.\n\nRemove the credentials in the dashboard, or " +
			"replace the destination."
	case d.Auth == Keep && d.AuthStored && !has && !d.Writes():
		return "The API lost the credentials since the last refresh: it returned has_auth_config = false.\n\nPlan again. If the configuration " +
			"contains the credentials, the plan sends them."
	case d.Auth == Keep && !d.AuthStored && has && !d.Writes():
		return "Credentials were set outside Terraform since the last refresh: the API returned has_auth_config = true.\n\nPlan again."
	case d.Auth == Keep && d.AuthStored && !has:
		return "The update removed credentials that were set outside Terraform: the API returned has_auth_config = false.\n\nAdd a credential block, or " +
			"set the credentials outside Terraform again."
	}
	return ""
}

// SigningProblem returns the problem if shown, the API's has_signing_secret, contradicts the decision; empty if it does not. shown is nil if
// the API omits the flag; see [Decision.Unconfirmed].
func (d Decision) SigningProblem(shown *bool) string {
	has := IsTrue(shown)
	switch {
	case shown == nil:
		return ""
	case d.Signing == Send && !has:
		return "Terraform sent a signing secret, inside auth_config and beside it, but the API returned has_signing_secret = false. The API did not " +
			"store it, and does not sign deliveries.\n\nApply again. If the error persists, contact Talonic support."
	case d.Signing == Remove && has:
		return "Terraform removed the signing secret, but the API still returns has_signing_secret = true.\n\nRemove the signing secret in the " +
			"dashboard, or replace the destination."
	case d.Signing == Keep && d.SigningStored && !has && !d.Writes():
		return "The API lost the signing secret since the last refresh: it returned has_signing_secret = false.\n\nPlan again. If the " +
			"configuration contains the signing secret, the plan sends it."
	case d.Signing == Keep && !d.SigningStored && has && !d.Writes():
		return "A signing secret was set outside Terraform since the last refresh: the API returned has_signing_secret = true.\n\nPlan again."
	case d.Signing == Keep && d.SigningStored && !has:
		return "The update removed a signing secret that was set outside Terraform: the API returned has_signing_secret = false, and no longer signs " +
			"deliveries.\n\nSet signing_secret_wo."
	}
	return ""
}
