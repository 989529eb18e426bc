package emulator

import "time"

// Behavior selects how the emulator behaves where the API docs are silent or contradict each other. The zero value follows the
// reference page literally. The guide "Undocumented API behavior" has the assumption behind each switch.
//
// This file is the only list of the switches: [Switches] and [Behavior.Set] read names, values and explanations from it.
//
// Assumption: DESIGN.md#assumptions-about-the-api.
type Behavior struct {
	// FillDefaults adds the documented defaults of config (such as port 22) and of a binding's objects (such as the retry schedule
	// of delivery_policy) to responses.
	FillDefaults bool
	// TrimURLSlash stores config.url without its trailing slash.
	TrimURLSlash bool
	// LowerCaseHeaderNames stores the names in config.headers in lower case.
	LowerCaseHeaderNames bool
	// NormalizeURL stores config.url in the normalized form of RFC 3986: scheme and host in lower case, no default port, no dot
	// segments, and percent-encoding in upper case, only where required.
	NormalizeURL bool
	// SortURLQuery stores config.url with its query parameters sorted by name.
	SortURLQuery bool
	// DeriveURLHost stores the host of config.url in config.url_host with every write of config.
	DeriveURLHost bool
	// URLForm selects the form of config.url in responses.
	URLForm URLForm
	// TrimNames stores names without leading and trailing white space.
	TrimNames bool
	// LowerCaseNames stores names in lower case.
	LowerCaseNames bool
	// DropUnknownKeys stores only the documented keys of config.
	DropUnknownKeys bool
	// RedactHeaders returns "***" for values in config.headers that look like credentials.
	RedactHeaders bool
	// OmitConfig omits config from destinations in all responses.
	OmitConfig bool
	// MergeConfig makes PUT merge config into the stored config instead of replacing it.
	MergeConfig bool
	// RefuseUnknownKeys rejects undocumented keys of the body, of config, of auth_config and of a binding's objects with 400. It also
	// rejects a signing_secret outside the place that SigningSecret selects.
	RefuseUnknownKeys bool

	// SigningSecret selects the place of the signing secret in the body.
	SigningSecret SigningSecretPlacement
	// IgnoreNull treats null as omitted for signing_secret, payload_cap_bytes, auth_config and the optional objects of a binding;
	// otherwise null clears them.
	IgnoreNull bool
	// NoneKeepsAuth makes auth_config {"type":"none"} keep the stored credentials; otherwise it removes them.
	NoneKeepsAuth bool
	// ForgetCredentials accepts credentials but does not store them, so the has_* booleans do not change.
	ForgetCredentials bool
	// GenerateSigningSecret stores a generated secret if the create of a webhook has no signing secret.
	GenerateSigningSecret bool

	// AcceptActiveOnCreate honors is_active on create; otherwise a new destination or binding is always active.
	AcceptActiveOnCreate bool
	// KeepPausedOnUpdate makes a PUT without is_active re-enable only a destination that the server disabled. Without the switch, the
	// PUT re-enables any disabled destination.
	KeepPausedOnUpdate bool
	// UpdateWithoutBody responds to PUT with 204 and no body; otherwise with 200 and the updated object.
	UpdateWithoutBody bool
	// UpdateReturnsOld responds to PUT with the object as it was before the update.
	UpdateReturnsOld bool
	// DeleteWithoutBody responds to DELETE with 204 and no body; otherwise with 200 and {"deleted":true,"id":...}.
	DeleteWithoutBody bool
	// UpperCaseIDs returns the IDs of destinations and bindings in upper case.
	UpperCaseIDs bool
	// IncludeCustomerID adds customer_id to destinations and bindings.
	IncludeCustomerID bool
	// FieldMapFlat returns field_map of bindings as the flat {"target":"$.source"} of the API pages, without static and drop, and
	// also accepts that form; otherwise field_map is {"rules":[...],"static":{...},"drop":[...]}.
	FieldMapFlat bool

	// ListBareArray returns lists as a bare array, never paged; otherwise as {"data":[...]}.
	ListBareArray bool
	// ListForm selects the envelope of a list and the parameter that requests a page.
	ListForm ListForm
	// ListPageSize is the number of items on a page if a request has no ?limit=; 0 means no pages, or 20 items per page with
	// ListNumbered.
	ListPageSize int
	// ListMaxLimit is the largest ?limit= of a paged list; 0 means 500.
	ListMaxLimit int
	// ListLimit selects the effect of ?limit= on a paged list.
	ListLimit ListLimit
	// RefuseUnknownQuery rejects unknown query parameters of a list with 400; otherwise it ignores them.
	RefuseUnknownQuery bool
	// ListLag is the delay after which lists reflect creates, updates and deletions, such as 2s.
	ListLag time.Duration
	// ListWithoutConfig omits, in lists, the config of destinations and the optional objects of bindings.
	ListWithoutConfig bool
	// ListWithoutCreatedAt omits created_at from lists.
	ListWithoutCreatedAt bool
	// ListWithoutHasAuthConfig omits has_auth_config from destinations in lists.
	ListWithoutHasAuthConfig bool
	// ListWithoutHasSigningSecret omits has_signing_secret from destinations in lists.
	ListWithoutHasSigningSecret bool
	// HistoryAsList returns the delivery history in the envelope of other lists; otherwise as {"items":[...],"total":n}.
	HistoryAsList bool
	// HistoryOldestFirst lists attempts and dead letters oldest first; otherwise newest first.
	HistoryOldestFirst bool
	// FilterDeadLetters accepts ?binding_id=, ?destination_id= and ?error_code= for dead letters; otherwise these are unknown
	// parameters, because no filter is documented.
	FilterDeadLetters bool
	// GuideRetrySchedule uses the retry schedule of the API's guide (7 attempts over 10 hours) if a delivery_policy sets no schedule;
	// otherwise it uses the schedule of the SDK (6 attempts over 72 minutes).
	GuideRetrySchedule bool
	// DeliveriesMoveUpdatedAt changes updated_at of the binding and the destination with every delivery; otherwise updated_at
	// changes only if a delivery disables the destination.
	DeliveriesMoveUpdatedAt bool
	// BlockPrivateNetworks makes connectivity tests and deliveries fail with ssrf_blocked, as in the API, if the webhook is in a
	// private network or on this machine. By default they succeed, because Go tests run their receivers there.
	BlockPrivateNetworks bool
	// AttemptReplay selects the response to the replay of an attempt.
	AttemptReplay AttemptReplay
	// RefuseOrganizationWideWrites rejects every write with an organization-wide key with 400; otherwise it rejects only replays.
	RefuseOrganizationWideWrites bool
	// Times selects the form of created_at, updated_at, last_delivery_at and completed_at.
	Times TimeForm
	// DatabaseSkew is the offset of created_at and updated_at from the Date header, such as 10s or -10s.
	DatabaseSkew time.Duration
	// Catalog selects the envelope of the four catalogs under /v1/delivery/catalog.
	Catalog CatalogEnvelope
	// CatalogWithoutSchemas omits config_schema and auth_config_schema from the connectors, like the SDK's model.
	CatalogWithoutSchemas bool

	// Errors selects the form of error bodies.
	Errors ErrorForm
	// UpperCaseCodes uses the upper-case error codes of the SDK, such as RESOURCE_NOT_FOUND.
	UpperCaseCodes bool
	// IgnoreIdempotencyKey executes a repeated write again instead of returning the first response.
	IgnoreIdempotencyKey bool
}

// URLForm is the form of config.url in responses.
type URLForm int

const (
	// URLStored returns the stored URL.
	URLStored URLForm = iota
	// URLOmitted omits the URL.
	URLOmitted
	// URLMasked returns "***".
	URLMasked
	// URLHostOnly returns the scheme and the host of the URL, followed by "/***".
	URLHostOnly
)

// SigningSecretPlacement is the place of the signing secret in the body of a create or an update.
type SigningSecretPlacement int

const (
	// InAuthConfig follows the reference page: the secret is a field of auth_config. It ignores a secret at the top level.
	InAuthConfig SigningSecretPlacement = iota
	// TopLevel follows the SDK's model: the secret is a field of the body. It ignores a secret in auth_config.
	TopLevel
	// TopLevelStrict is like TopLevel, but rejects a secret in auth_config with a 400 that names the field.
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
	// ListNumbered is {"data":[...],"total":n,"links":{"self":...}}. Clients request its pages with ?page=.
	ListNumbered
	// ListItems is {"items":[...],"total":n}. With ListPageSize, clients request its pages with ?page=.
	ListItems
)

// ListLimit is the effect of ?limit= on a paged list.
type ListLimit int

const (
	// LimitClamped reduces a larger limit to ListMaxLimit.
	LimitClamped ListLimit = iota
	// LimitRefused rejects a limit above ListMaxLimit with 400.
	LimitRefused
	// LimitIgnored ignores ?limit= and uses ListPageSize.
	LimitIgnored
)

// AttemptReplay is the response to the replay of an attempt. The API docs do not describe it.
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

// TimeForm is the form of times in responses.
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
	// TimeAbsent omits created_at. Other times have the form of TimeMillis.
	TimeAbsent
)

// CatalogEnvelope is the envelope of the catalogs. The comments below show the connectors; signals have "event_type" instead of
// "type", and serializers have "format".
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
	// CatalogNamed is CatalogInline with "name" instead of "type".
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
