package emulator

import "time"

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
	// NormalizeURL stores config.url as RFC 3986 normalizes it: scheme and host in lower case, no default port, no dot
	// segments, percent encoding in upper case and only where it is needed (U-13).
	NormalizeURL bool
	// TrimNames stores names without the white space around them (U-14).
	TrimNames bool
	// LowerCaseNames stores names in lower case (U-14).
	LowerCaseNames bool
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
	// ListForm is the envelope of a list, and decides how its pages are asked for (U-11).
	ListForm ListForm
	// ListPageSize is the number of items on a page if a request does not say ?limit=; 0 means no pages, but 20 to a page with
	// ListNumbered (U-11).
	ListPageSize int
	// ListMaxLimit is the largest ?limit= of a list in pages; 0 means 500 (section 9.6).
	ListMaxLimit int
	// ListLimit decides about ?limit= (section 9.6).
	ListLimit ListLimit
	// RefuseUnknownQuery answers 400 to query parameters that a list does not have; otherwise it ignores them (U-11).
	RefuseUnknownQuery bool
	// ListLag is how long lists show creates, updates and deletions too late, such as 2s (U-25).
	ListLag time.Duration
	// ListWithoutConfig omits config from destinations and the optional objects from bindings in lists (section 2.1).
	ListWithoutConfig bool
	// ListWithoutCreatedAt omits created_at from lists (section 2.1).
	ListWithoutCreatedAt bool
	// ListWithoutHasAuthConfig omits has_auth_config from destinations in lists (section 2.1).
	ListWithoutHasAuthConfig bool
	// ListWithoutHasSigningSecret omits has_signing_secret from destinations in lists (section 2.1).
	ListWithoutHasSigningSecret bool
	// HistoryAsList answers the history of deliveries in the envelope of the other lists; otherwise as {"items":[...],"total":n}
	// (section 7).
	HistoryAsList bool
	// HistoryOldestFirst answers attempts and dead letters in the order in which they came; otherwise the newest is the first
	// (section 7).
	HistoryOldestFirst bool
	// FilterDeadLetters takes ?binding_id=, ?destination_id= and ?error_code= for dead letters; otherwise these are unknown
	// parameters, because no filter is documented (section 7).
	FilterDeadLetters bool
	// GuideLadder takes the retry ladder of the guide where a delivery_policy sets none: 7 attempts over 10 hours; otherwise that of
	// the SDK, 6 attempts over 72 minutes (U-19).
	GuideLadder bool
	// DeliveriesMoveUpdatedAt moves updated_at of the binding and the destination with every delivery; otherwise only with a
	// destination that a delivery disables (section 2.1).
	DeliveriesMoveUpdatedAt bool
	// BlockPrivateNetworks lets tests of and deliveries to webhooks in private networks, this machine included, fail with
	// ssrf_blocked, as the API does; otherwise the receivers of tests could not be reached (section 3.3).
	BlockPrivateNetworks bool
	// AttemptReplay is the answer to the replay of an attempt (section 7).
	AttemptReplay AttemptReplay
	// RefuseOrganizationWideWrites answers 400 to every write with an organization-wide key; otherwise only to replays (U-21).
	RefuseOrganizationWideWrites bool
	// Times is the form of created_at, updated_at, last_delivery_at and completed_at (section 1).
	Times TimeForm
	// DatabaseSkew is how far the clock of created_at and updated_at is ahead of that of the Date header, such as 10s or
	// -10s (section 2.1).
	DatabaseSkew time.Duration
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

// ListForm is the envelope of a list (U-11).
type ListForm int

const (
	// ListData is {"data":[...]}. With ListPageSize, it has "pagination" beside it, whose next_cursor is followed with ?cursor=.
	ListData ListForm = iota
	// ListNumbered is {"data":[...],"total":n,"links":{"self":...}}, in pages that are asked for with ?page=.
	ListNumbered
	// ListItems is {"items":[...],"total":n}. With ListPageSize, it comes in pages that are asked for with ?page=.
	ListItems
)

// ListLimit decides about the ?limit= of a list in pages (section 9.6).
type ListLimit int

const (
	// LimitClamped takes ListMaxLimit for what is larger.
	LimitClamped ListLimit = iota
	// LimitRefused answers 400 to what is larger than ListMaxLimit.
	LimitRefused
	// LimitIgnored pages by ListPageSize, whatever is asked for.
	LimitIgnored
)

// AttemptReplay is the answer to the replay of an attempt (section 7). None is published.
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

// TimeForm is the form of times (section 1).
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
	// TimeAbsent omits created_at. The others are as with TimeMillis.
	TimeAbsent
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
