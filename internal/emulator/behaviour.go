package emulator

// Behaviour decides the doubtful points of the contract. The zero value is the reference page taken at its word.
//
// This file is the only list of the switches: [Switches] and [Behaviour.Set] read the names, the values and the
// explanations from it.
type Behaviour struct {
	// FillDefaults shows the documented defaults of config (such as port 22, U-13) and of a binding's objects (such as the
	// retry ladder of delivery_policy) in responses (U-19).
	FillDefaults bool
	// TrimURLSlash stores config.url without its trailing slash (U-13).
	TrimURLSlash bool
	// LowerCaseHeaderNames stores the names in config.headers in lower case (U-13).
	LowerCaseHeaderNames bool
	// DropUnknownKeys stores only those keys of config that the contract names (U-13).
	DropUnknownKeys bool
	// RedactHeaders answers "***" for the values in config.headers that look like credentials (U-13).
	RedactHeaders bool
	// MergeConfig makes PUT merge the keys of config into the stored ones instead of replacing config (U-13).
	MergeConfig bool
	// RefuseUnknownKeys answers 400 to keys that the contract does not name, in the body, in config, in auth_config and
	// in a binding's objects, and to a signing_secret in the place where SigningSecret does not look for it (U-1).
	RefuseUnknownKeys bool

	// SigningSecret says where the signing secret is taken from (U-1).
	SigningSecret SigningSecretPlacement
	// IgnoreNull takes null for signing_secret, payload_cap_bytes and auth_config, and for the optional objects of a binding,
	// as "not sent"; otherwise null clears (U-22).
	IgnoreNull bool
	// NoneKeepsAuth lets auth_config {"type":"none"} leave the stored credentials, and so has_auth_config, alone; otherwise
	// it removes them (U-22).
	NoneKeepsAuth bool
	// ForgetCredentials accepts credentials but does not store them, so the has_* booleans do not change (section 2.1).
	ForgetCredentials bool

	// AcceptActiveOnCreate honours is_active on create; otherwise a new destination or binding is always active (U-5).
	AcceptActiveOnCreate bool
	// KeepPausedOnUpdate lets a PUT without is_active re-enable only a destination that the server disabled by itself;
	// otherwise it re-enables a deliberately paused one too (U-6).
	KeepPausedOnUpdate bool
	// UpdateWithoutBody answers PUT with 204 and no body; otherwise with 200 and what was updated (U-25).
	UpdateWithoutBody bool
	// DeleteWithoutBody answers DELETE with 204 and no body; otherwise with 200 and {"deleted":true,"id":...} (U-8).
	DeleteWithoutBody bool
	// IncludeCustomerID adds customer_id to destinations and bindings (U-12).
	IncludeCustomerID bool
	// FieldMapFlat answers field_map of bindings as the flat {"target":"$.source"} of the API pages, without static and drop,
	// and takes that form as well; otherwise field_map is {"rules":[...],"static":{...},"drop":[...]} (U-16).
	FieldMapFlat bool

	// ListBareArray answers lists as a bare array, never paged; otherwise as {"data":[...]} (U-11).
	ListBareArray bool
	// ListPageSize is the number of items on a page of a list that is followed with ?cursor=; 0 means no paging (U-11).
	ListPageSize int
	// Catalog is the envelope of the four catalogs under /v1/delivery/catalog (U-10).
	Catalog CatalogEnvelope
	// CatalogWithoutSchemas leaves config_schema and auth_config_schema out of the connectors, as the SDK's model does (U-10).
	CatalogWithoutSchemas bool

	// Errors is the form of error bodies (section 9.2).
	Errors ErrorForm
	// UpperCaseCodes answers error codes from the upper-case family of the SDK, such as RESOURCE_NOT_FOUND (U-4).
	UpperCaseCodes bool
	// IgnoreIdempotencyKey executes a repeated write again instead of answering with the first response (U-20).
	IgnoreIdempotencyKey bool
}

// SigningSecretPlacement is where a create or an update carries the signing secret (U-1).
type SigningSecretPlacement int

const (
	// InAuthConfig is the reference page: the secret is a field of auth_config. At top level it is silently ignored.
	InAuthConfig SigningSecretPlacement = iota
	// TopLevel is the SDK's model: the secret is a field of the body. In auth_config it is silently ignored.
	TopLevel
	// TopLevelStrict is TopLevel, but a secret in auth_config is a 400 that names it.
	TopLevelStrict
	// Both takes the secret from either place; the top level wins.
	Both
)

// CatalogEnvelope is the form of the catalogs (U-10). The values show it for connectors; where these have "type", signals have
// "event_type" and serializers "format".
type CatalogEnvelope int

const (
	// CatalogInline is {"data":[{"type":"s3","auth_types":[...],...}]}.
	CatalogInline CatalogEnvelope = iota
	// CatalogWrapped is {"data":[{"type":"s3","capabilities":{"auth_types":[...],...}}]}, with the schemas beside capabilities.
	CatalogWrapped
	// CatalogBareArray is CatalogInline without the envelope.
	CatalogBareArray
	// CatalogByType is {"s3":{"auth_types":[...],...}}.
	CatalogByType
	// CatalogByTypeUnderData is {"data":{"s3":{"auth_types":[...],...}}}.
	CatalogByTypeUnderData
	// CatalogNamed is CatalogInline with "name" in the place of "type".
	CatalogNamed
	// CatalogNames is {"data":["s3",...]}.
	CatalogNames
)

// ErrorForm is the form of error bodies (section 9.2).
type ErrorForm int

const (
	// ErrorFlat is the production form: {"statusCode","code","error","message","retryable","request_id","timestamp","path"}.
	ErrorFlat ErrorForm = iota
	// ErrorFlatList is ErrorFlat with message as a list of strings.
	ErrorFlatList
	// ErrorNested is the form of older endpoints: {"error":{"code","message","status","retryable","request_id"}}.
	ErrorNested
	// ErrorResults is the form of the results endpoints: {"error":"bad_request","code","message"}.
	ErrorResults
	// ErrorDraft is the form of the draft documentation: {"status","code","message"}.
	ErrorDraft
	// ErrorHTML is a gateway's page.
	ErrorHTML
	// ErrorEmpty is a status without a body.
	ErrorEmpty
)
