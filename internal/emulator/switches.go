package emulator

import "time"

// Behaviour selects how the emulator behaves where the API's documents are silent or contradict each other. The zero value
// follows the reference page literally.
//
// This file is the only list of the switches: [Switches] and [Behaviour.Set] read the names, the values and the explanations from
// it.
//
// Assumption: DESIGN.md#what-is-assumed-about-the-api.
type Behaviour struct {
	// FillDefaults shows the documented defaults of config (such as port 22) and of a binding's objects (such as the retry
	// schedule of delivery_policy) in responses (U-19).
	FillDefaults bool
	// TrimURLSlash stores config.url without its trailing slash (U-13).
	TrimURLSlash bool
	// LowerCaseHeaderNames stores the names in config.headers in lower case (U-13).
	LowerCaseHeaderNames bool
	// NormalizeURL stores config.url in the normalized form of RFC 3986: scheme and host in lower case, no default port, no dot
	// segments, and percent encoding in upper case and only where it is needed (U-13).
	NormalizeURL bool
	// SortURLQuery stores config.url with the parameters of its query sorted by their names (U-13).
	SortURLQuery bool
	// DeriveURLHost stores the host of config.url in config.url_host with every write of config (U-13).
	DeriveURLHost bool
	// URLForm selects the form in which responses show config.url (U-13).
	URLForm URLForm
	// TrimNames stores names without leading and trailing white space (U-14).
	TrimNames bool
	// LowerCaseNames stores names in lower case (U-14).
	LowerCaseNames bool
	// DropUnknownKeys stores only the documented keys of config (U-13).
	DropUnknownKeys bool
	// RedactHeaders shows "***" for values in config.headers that look like credentials (U-13).
	RedactHeaders bool
	// MergeConfig makes PUT merge the keys of config into the stored ones instead of replacing config (U-13).
	MergeConfig bool
	// RefuseUnknownKeys rejects undocumented keys with 400, in the body, in config, in auth_config and in a binding's objects,
	// and a signing_secret in a place other than that of SigningSecret (U-1).
	RefuseUnknownKeys bool

	// SigningSecret selects where the signing secret is read from (U-1).
	SigningSecret SigningSecretPlacement
	// IgnoreNull treats null for signing_secret, payload_cap_bytes, auth_config and the optional objects of a binding as omitted;
	// otherwise null clears them (U-22).
	IgnoreNull bool
	// NoneKeepsAuth makes auth_config {"type":"none"} keep the stored credentials, and so has_auth_config; otherwise it removes
	// them (U-22).
	NoneKeepsAuth bool
	// ForgetCredentials accepts credentials but does not store them, so that the has_* booleans do not change (section 2.1).
	ForgetCredentials bool

	// AcceptActiveOnCreate honors is_active on create; otherwise a new destination or binding is always active (U-5).
	AcceptActiveOnCreate bool
	// KeepPausedOnUpdate makes a PUT without is_active re-enable only a destination that the server disabled by itself; otherwise
	// it also re-enables one that was paused deliberately (U-6).
	KeepPausedOnUpdate bool
	// UpdateWithoutBody responds to PUT with 204 and no body; otherwise with 200 and the updated object (U-25).
	UpdateWithoutBody bool
	// DeleteWithoutBody responds to DELETE with 204 and no body; otherwise with 200 and {"deleted":true,"id":...} (U-8).
	DeleteWithoutBody bool
	// UpperCaseIDs shows the ids of destinations and bindings in upper case (section 1).
	UpperCaseIDs bool
	// IncludeCustomerID adds customer_id to destinations and bindings (U-12).
	IncludeCustomerID bool
	// FieldMapFlat shows field_map of bindings as the flat {"target":"$.source"} of the API pages, without static and drop, and
	// accepts that form as well; otherwise field_map is {"rules":[...],"static":{...},"drop":[...]} (U-16).
	FieldMapFlat bool

	// ListBareArray returns lists as a bare array, never paged; otherwise as {"data":[...]} (U-11).
	ListBareArray bool
	// ListForm selects the envelope of a list and how its pages are requested (U-11).
	ListForm ListForm
	// ListPageSize is the number of items on a page if a request has no ?limit=; 0 means no pages, or 20 items per page with
	// ListNumbered (U-11).
	ListPageSize int
	// ListMaxLimit is the largest ?limit= of a paged list; 0 means 500 (section 9.6).
	ListMaxLimit int
	// ListLimit selects the effect of ?limit= (section 9.6).
	ListLimit ListLimit
	// RefuseUnknownQuery rejects unknown query parameters of a list with 400; otherwise they are ignored (U-11).
	RefuseUnknownQuery bool
	// ListLag is the delay after which lists show creates, updates and deletions, such as 2s (U-25).
	ListLag time.Duration
	// ListWithoutConfig omits config from destinations and the optional objects from bindings in lists (section 2.1).
	ListWithoutConfig bool
	// ListWithoutCreatedAt omits created_at from lists (section 2.1).
	ListWithoutCreatedAt bool
	// ListWithoutHasAuthConfig omits has_auth_config from destinations in lists (section 2.1).
	ListWithoutHasAuthConfig bool
	// ListWithoutHasSigningSecret omits has_signing_secret from destinations in lists (section 2.1).
	ListWithoutHasSigningSecret bool
	// HistoryAsList returns the delivery history in the envelope of the other lists; otherwise as {"items":[...],"total":n}
	// (section 7).
	HistoryAsList bool
	// HistoryOldestFirst lists attempts and dead letters oldest first; otherwise newest first (section 7).
	HistoryOldestFirst bool
	// FilterDeadLetters accepts ?binding_id=, ?destination_id= and ?error_code= for dead letters; otherwise these are unknown
	// parameters, because no filter is documented (section 7).
	FilterDeadLetters bool
	// GuideLadder uses the retry schedule of the guide if a delivery_policy sets none: 7 attempts over 10 hours; otherwise that
	// of the SDK, 6 attempts over 72 minutes (U-19).
	GuideLadder bool
	// DeliveriesMoveUpdatedAt changes updated_at of the binding and the destination with every delivery; otherwise only that of a
	// destination that a delivery disables (section 2.1).
	DeliveriesMoveUpdatedAt bool
	// BlockPrivateNetworks makes tests of and deliveries to webhooks in private networks, this machine included, fail with
	// ssrf_blocked, as the API does; by default they succeed, because the receivers of tests are there (section 3.3).
	BlockPrivateNetworks bool
	// AttemptReplay selects the response to the replay of an attempt (section 7).
	AttemptReplay AttemptReplay
	// RefuseOrganizationWideWrites rejects every write with an organization-wide key with 400; otherwise only replays (U-21).
	RefuseOrganizationWideWrites bool
	// Times selects the form of created_at, updated_at, last_delivery_at and completed_at (section 1).
	Times TimeForm
	// DatabaseSkew is the lead of the clock of created_at and updated_at over that of the Date header, such as 10s or -10s
	// (section 2.1).
	DatabaseSkew time.Duration
	// Catalog selects the envelope of the four catalogs under /v1/delivery/catalog (U-10).
	Catalog CatalogEnvelope
	// CatalogWithoutSchemas omits config_schema and auth_config_schema from the connectors, as the SDK's model does (U-10).
	CatalogWithoutSchemas bool

	// Errors selects the form of error bodies (section 9.2).
	Errors ErrorForm
	// UpperCaseCodes uses the upper-case error codes of the SDK, such as RESOURCE_NOT_FOUND (U-4).
	UpperCaseCodes bool
	// IgnoreIdempotencyKey executes a repeated write again instead of returning the first response (U-20).
	IgnoreIdempotencyKey bool
}

// URLForm is the form of config.url in responses.
type URLForm int

const (
	// URLStored shows the stored URL.
	URLStored URLForm = iota
	// URLOmitted omits the URL.
	URLOmitted
	// URLMasked shows "***".
	URLMasked
	// URLHostOnly shows the scheme and the host of the URL, followed by "/***".
	URLHostOnly
)

// SigningSecretPlacement is the place of the signing secret in the body of a create or an update.
type SigningSecretPlacement int

const (
	// InAuthConfig follows the reference page: the secret is a field of auth_config. A secret at top level is ignored.
	InAuthConfig SigningSecretPlacement = iota
	// TopLevel follows the SDK's model: the secret is a field of the body. A secret in auth_config is ignored.
	TopLevel
	// TopLevelStrict is like TopLevel, but a secret in auth_config is rejected with a 400 that names it.
	TopLevelStrict
	// Both accepts the secret in either place; the top level takes precedence.
	Both
)

// ListForm is the envelope of a list.
type ListForm int

const (
	// ListData is {"data":[...]}. With ListPageSize, it also has "pagination", whose next_cursor is the value of ?cursor= for the
	// next page.
	ListData ListForm = iota
	// ListNumbered is {"data":[...],"total":n,"links":{"self":...}}, in pages that are requested with ?page=.
	ListNumbered
	// ListItems is {"items":[...],"total":n}. With ListPageSize, its pages are requested with ?page=.
	ListItems
)

// ListLimit is the effect of ?limit= on a paged list.
type ListLimit int

const (
	// LimitClamped reduces a larger limit to ListMaxLimit.
	LimitClamped ListLimit = iota
	// LimitRefused rejects a limit above ListMaxLimit with 400.
	LimitRefused
	// LimitIgnored uses ListPageSize, whatever limit is requested.
	LimitIgnored
)

// AttemptReplay is the response to the replay of an attempt. The API documents none.
type AttemptReplay int

const (
	// ReplayFlag is 200 with {"replayed":true}, as for dead letters.
	ReplayFlag AttemptReplay = iota
	// ReplayItem is 201 with the new attempt.
	ReplayItem
	// ReplayAccepted is 202 without a body.
	ReplayAccepted
	// ReplayNoContent is 204.
	ReplayNoContent
)

// TimeForm is the form of times.
type TimeForm int

const (
	// TimeMillis is 2026-08-14T09:30:00.000Z.
	TimeMillis TimeForm = iota
	// TimeOffset is 2026-08-14T09:30:00.000+0000.
	TimeOffset
	// TimeSpace is 2026-08-14 09:30:00.000Z.
	TimeSpace
	// TimeNoZone is 2026-08-14T09:30:00.000.
	TimeNoZone
	// TimeSeconds is the number of seconds since 1970.
	TimeSeconds
	// TimeEpochMillis is the number of milliseconds since 1970.
	TimeEpochMillis
	// TimeDate is 2026-08-14.
	TimeDate
	// TimeAbsent omits created_at. Other times are as with TimeMillis.
	TimeAbsent
)

// CatalogEnvelope is the form of the catalogs. The values show it for connectors; signals have "event_type" in place of "type",
// and serializers have "format".
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
	// CatalogNamed is CatalogInline with "name" in place of "type".
	CatalogNamed
	// CatalogNames is {"data":["s3",...]}.
	CatalogNames
)

// ErrorForm is the form of error bodies.
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
	// ErrorHTML is the HTML page of a gateway.
	ErrorHTML
	// ErrorEmpty is a status without a body.
	ErrorEmpty
)
