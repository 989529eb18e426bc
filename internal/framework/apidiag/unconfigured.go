package apidiag

// Unconfigured is the detail of a diagnostic where there is no client of the API, because the provider's configuration is not
// known yet.
const Unconfigured = "The provider's api_key or base_url is known only after apply, so the API cannot be asked. Set them from values that " +
	"are known at plan time."
