// Package connector describes the connectors, each in its own file, and converts between their arguments and the config of a destination. It
// does not depend on the resource.
package connector

import (
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
)

// Connector describes one way to deliver. The resource derives its schema, requests, comparisons and diagnostics from this description.
type Connector struct {
	// Name is the name of the connector's block. It is also the type in the API unless TypeArgument is set.
	Name        string
	description string

	// Arguments lists the keys of the API's config that have their own argument. The argument has the name of its key.
	Arguments []argument

	// OtherKeys is the argument whose JSON object is merged into config. It holds the keys that have no argument of their own.
	OtherKeys jsonArgument

	// TypeArgument names the argument that holds the API's type; empty if the connector's name is the type.
	TypeArgument string

	// signingSecret reports whether the block has the argument signing_secret_wo.
	signingSecret bool

	// Credentials lists the credential blocks. A configuration has at most one of them.
	Credentials []credentialBlock

	// AnyCredentials names a write-only argument that holds the whole auth_config as JSON and replaces credential blocks; empty if there
	// is none.
	AnyCredentials string

	// NeedsCredentials reports whether destinations of this type require credentials.
	NeedsCredentials bool
}

// argument describes a key of config.
type argument struct {
	Name      string
	Attribute schema.Attribute

	// apiDefault is the API's documented default for an omitted key, as decoded JSON; nil if none is documented. The provider treats an omitted
	// key and this value as equal, and never sends the default unless it is configured.
	apiDefault any

	// writeOnly is the schema of the argument's write-only alternative, for values that are secrets; nil if there is none. The API returns the
	// value in config, but Terraform does not store it.
	writeOnly schema.Attribute

	// normalize converts a value to its normalized form, because the API may store a value in another form than it was sent; nil if every
	// value has only one form.
	normalize func(any) any
}

// jsonArgument is an argument whose JSON object holds keys of config.
type jsonArgument struct {
	Name        string
	description string

	// adoptsAll reports whether an import puts all other keys into this argument. Otherwise they are unmanaged.
	adoptsAll bool
}

// additionalConfig is the argument for keys of config that have no argument of their own.
var additionalConfig = jsonArgument{
	Name: "additional_config",
	description: "Additional keys of the destination's `config`, as a JSON object (use `jsonencode`), for settings that have no " +
		"argument in this provider. Must not contain a key that has its own argument in this block.",
}

// credentialBlock describes one form of auth_config.
type credentialBlock struct {
	Name        string // auth_<kind>
	description string
	Arguments   []credentialArgument

	// kind is the API's auth_config.type. If kindArgument is set, kind is only the default of the argument that it names.
	kind         string
	kindArgument string

	// header returns the name of the HTTP header that contains the credentials, or "" if the name is unknown. It is nil if the API sends the
	// credentials in no header.
	header func(block Values) string
}

// credentialArgument describes a key of auth_config. The argument has the name of the key, with the suffix _wo if it is write-only.
type credentialArgument struct {
	Name      string
	Attribute schema.Attribute
	required  bool // checked when the credentials have to be sent, not by the schema

	// mayBeEmpty reports whether an empty value is allowed. If the value is empty, the key is not sent.
	mayBeEmpty bool

	// Merged reports whether the argument is a JSON object whose keys are merged into auth_config. Otherwise the argument is one key.
	Merged bool
}

// WriteOnlySuffix is the suffix of the name of every write-only argument.
const WriteOnlySuffix = "_wo"

// Key returns the argument's key in auth_config.
func (a credentialArgument) Key() string { return strings.TrimSuffix(a.Name, WriteOnlySuffix) }

// IsWriteOnly reports whether Terraform stores the argument neither in plan nor in state.
func (a credentialArgument) IsWriteOnly() bool { return strings.HasSuffix(a.Name, WriteOnlySuffix) }

// Argument returns the argument for a key of config. ok is false if the key has no argument.
func (c Connector) Argument(key string) (argument, bool) {
	for _, a := range c.Arguments {
		if a.Name == key {
			return a, true
		}
	}
	return argument{}, false
}

// APIType returns the API type of a destination with these values; unknown if the argument that names the type is unknown.
func (c Connector) APIType(v Values) types.String {
	if c.TypeArgument != "" {
		return v.Text(c.TypeArgument)
	}
	return types.StringValue(c.Name)
}

// Path returns the path of the connector's block in the resource.
func (c Connector) Path() path.Path { return path.Root(c.Name).AtListIndex(0) }

// BlockPath returns the path for a diagnostic about the whole block. It names an argument that configurations rarely set, because CLIs then
// point at the first line of the block.
func (c Connector) BlockPath() path.Path { return c.Path().AtName(c.OtherKeys.Name) }

// Block returns the schema of the connector's block.
func (c Connector) Block() schema.Block {
	attributes := map[string]schema.Attribute{
		c.OtherKeys.Name: schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: c.OtherKeys.description,
			Validators:          []validator.String{validators.JSONObject{}},
		},
	}
	for _, a := range c.Arguments {
		attributes[a.Name] = a.Attribute
		if a.HasWriteOnly() {
			attributes[a.WriteOnlyName()] = a.writeOnly
		}
	}
	if c.TypeArgument != "" {
		attributes[c.TypeArgument] = schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "Connector type in the API. Changing this forces replacement.",
			Validators:          []validator.String{validators.NotEmpty{}},
		}
	}
	if c.signingSecret {
		attributes[credentials.SigningSecretArgument] = secret("Secret with which the API signs requests (HMAC-SHA256, header "+
			"`X-Talonic-Signature`). Required whenever the credentials are sent, if Terraform has sent a signing secret. Without it, the apply "+
			"removes the signing secret or, if `credentials_wo_version` is set and unchanged, the plan fails.", ofText)
	}
	if c.AnyCredentials != "" {
		attributes[c.AnyCredentials] = secretObject("Complete `auth_config` of the destination, as a JSON object (use `jsonencode`). The " +
			"key `signing_secret` sets the secret with which the API signs requests. Required whenever the credentials are sent. Omit it if the " +
			"credentials are set outside Terraform.")
	}
	nested := map[string]schema.Block{}
	for _, credential := range c.Credentials {
		nested[credential.Name] = credential.block()
	}
	return blocks.SingleBlock(c.description, attributes, nested)
}

func (b credentialBlock) block() schema.Block {
	attributes := map[string]schema.Attribute{}
	for _, a := range b.Arguments {
		attributes[a.Name] = a.Attribute
	}
	return blocks.SingleBlock(b.description, attributes, nil)
}

// Values holds the values in a connector's block, by the names of arguments and credential blocks. Nil means that the block is absent.
type Values map[string]attr.Value

// Text returns a string argument; null if v does not contain it.
func (v Values) Text(name string) types.String {
	s, ok := v[name].(types.String)
	if !ok {
		return types.StringNull()
	}
	return s
}

// List returns the list of a nested block; null if v does not contain it.
func (v Values) List(name string) types.List {
	l, ok := v[name].(types.List)
	if !ok {
		return types.ListNull(types.StringType)
	}
	return l
}

// BlockValues returns the values in the only element of a block's list. ok is false if the list is empty or unknown.
func BlockValues(list types.List) (v Values, ok bool) { return blocks.SingleElement(list) }

// OfType returns the values of a block for which only the API type is known.
func (c Connector) OfType(apiType string) Values {
	if c.TypeArgument == "" {
		return Values{}
	}
	return Values{c.TypeArgument: types.StringValue(apiType)}
}

// With returns a copy of v with the values in other added. A value in other replaces the value of v with the same name.
func (v Values) With(other Values) Values {
	all := Values{}
	maps.Copy(all, v)
	maps.Copy(all, other)
	return all
}
