package emulator

// Error codes of attempts and dead letters. The first five are published (section 7).
const (
	codeServerError  = "connector_5xx"
	codeAuthFailed   = "auth_failed"
	codeSSRFBlocked  = "ssrf_blocked"
	codeTooLarge     = "payload_too_large"
	codeTimeout      = "delivery_timeout"
	codeOtherAnswer  = "connector_4xx"   // assumed: of any other response that is not a success
	codeNoConnection = "connector_error" // assumed: of a receiver that cannot be reached
)
