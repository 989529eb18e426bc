package emulator

import (
	"slices"
	"strings"
)

// connector holds the documented properties of a destination type.
type connector struct {
	name   string
	config []field
	// methods are the accepted values of auth_config.type.
	methods []string
	// needsAuth reports that a destination of this type always needs credentials, because its storage is not reachable without
	// them. This is an assumption: the API docs mark auth_config as optional for every type.
	needsAuth bool
	// signs reports that auth_config may contain a signing_secret.
	signs bool
	// opaque reports that config and auth_config are undocumented, so any config is accepted, and any auth_config with a type.
	opaque       bool
	capabilities capabilities
}

// capabilities is the part of a catalog entry that the SDK's model describes. The API docs contain no values for any connector;
// the values below are invented, but plausible.
type capabilities struct {
	SupportedSerializers      []string   `json:"supported_serializers"`
	SupportedDeliverableKinds []string   `json:"supported_deliverable_kinds"`
	MaxPayloadBytes           int        `json:"max_payload_bytes,omitempty"`
	AuthTypes                 []string   `json:"auth_types"`
	DeliverySemantics         string     `json:"delivery_semantics"`
	DefaultRateLimit          *rateLimit `json:"default_rate_limit,omitempty"`
}

type rateLimit struct {
	RatePerSec float64 `json:"ratePerSec"`
	Capacity   int     `json:"capacity"`
}

const globalPayloadCap = 5 << 20 // the documented global cap

var fileFormats = []string{"json", "ndjson", "csv_file", "xlsx", "graph", "raw", "md", "txt"}

func fileDrop() capabilities {
	return capabilities{
		SupportedSerializers:      fileFormats,
		SupportedDeliverableKinds: payloadKinds,
		MaxPayloadBytes:           globalPayloadCap,
		DeliverySemantics:         "file",
	}
}

// connectors holds the six types of the reference page, and the seventh type of the SDK.
var connectors = []connector{
	{
		name: "webhook",
		config: []field{
			{name: "url", required: true, kind: webURL},
			{name: "headers", kind: stringMap},
		},
		methods: []string{noAuth, "bearer", "basic", "api_key"},
		signs:   true,
		capabilities: capabilities{
			SupportedSerializers:      []string{"json", "ndjson", "csv", "raw", "md", "txt"},
			SupportedDeliverableKinds: payloadKinds,
			MaxPayloadBytes:           globalPayloadCap,
			DeliverySemantics:         "record",
			DefaultRateLimit:          &rateLimit{RatePerSec: 10, Capacity: 20},
		},
	},
	{
		name: "sftp",
		config: []field{
			{name: "host", required: true, kind: text},
			{name: "port", kind: port, preset: 22},
			{name: "username", required: true, kind: text},
			{name: "remote_path", required: true, kind: rootedPath},
			{name: "filename_template", kind: text, preset: "delivery_{event_id}"},
			{name: "timeout_ms", kind: positive, preset: 30000},
		},
		methods:      []string{"password", "private_key"},
		needsAuth:    true,
		capabilities: fileDrop(),
	},
	{
		name: "s3",
		config: []field{
			{name: "bucket", required: true, kind: text},
			{name: "region", required: true, kind: text},
			{name: "key_template", kind: text, preset: "delivery/{date}/{event_id}"},
			{name: "public_read", kind: flag},
		},
		methods:      []string{"access_key"},
		needsAuth:    true,
		capabilities: fileDrop(),
	},
	{
		name: "azure_blob",
		config: []field{
			{name: "account_name", required: true, kind: text},
			{name: "container", required: true, kind: text},
			{name: "blob_key_template", kind: text, preset: "delivery/{date}/{event_id}"},
		},
		methods:      []string{"connection_string", "account_key"},
		needsAuth:    true,
		capabilities: fileDrop(),
	},
	{name: "google_drive", opaque: true, capabilities: fileDrop()},
	{name: "onedrive", opaque: true, capabilities: fileDrop()},
	{
		name:   "google_sheets",
		opaque: true,
		capabilities: capabilities{
			SupportedSerializers:      []string{"rows"},
			SupportedDeliverableKinds: []string{kindRecord},
			DeliverySemantics:         "batch",
			DefaultRateLimit:          &rateLimit{RatePerSec: 0.5, Capacity: 5},
		},
	},
}

func connectorNamed(name any) (connector, bool) {
	at := slices.IndexFunc(connectors, func(c connector) bool { return c.name == name })
	if at < 0 {
		return connector{}, false
	}
	return connectors[at], true
}

func connectorNames() string {
	var list []string
	for _, c := range connectors {
		list = append(list, c.name)
	}
	return strings.Join(list, ", ")
}
