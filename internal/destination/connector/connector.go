// Package connector describes the ways to deliver, one in each file, and reads and writes the config of a destination by the
// description. It does not know the resource.
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

// Connector is one way to deliver. It is a description: everything that the resource does with a connector follows from it.
type Connector struct {
	// Name is the connector's block, and its type in the API unless typeArgument is set.
	Name        string
	description string

	// Arguments are the keys of the API's config that have an argument of their own, under the same name.
	Arguments []argument

	// OtherKeys is the argument whose JSON object is merged into config: keys that have no argument of their own.
	OtherKeys jsonArgument

	// TypeArgument names the argument that holds the API's type; empty where the connector's name is the type.
	TypeArgument string

	// signingSecret says that the block takes signing_secret_wo.
	signingSecret bool

	// Credentials are the credential blocks, of which a configuration names at most one.
	Credentials []credentialBlock

	// AnyCredentials names a write-only argument that takes the whole auth_config as JSON, in place of credential blocks.
	AnyCredentials string

	// NeedsCredentials says that such a destination cannot be without credentials.
	NeedsCredentials bool
}

// argument is a key of config.
type argument struct {
	Name      string
	Attribute schema.Attribute

	// byDefault is what the API documents to use when the key is absent, as it would appear in JSON; nil when it documents
	// nothing. An absent key and this value are the same to us. It is never sent.
	byDefault any

	// writeOnly is the attribute of the write-only argument that may hold the key in place of this one, for values that are secrets; nil
	// where there is none. The API shows the value in config, but Terraform keeps it nowhere.
	writeOnly schema.Attribute

	// normalize brings a value to the form in which two spellings of the same thing are equal; nil for values that have one
	// spelling. An API may store another spelling than it was sent.
	normalize func(any) any
}

// jsonArgument is an argument that holds keys of config as a JSON object.
type jsonArgument struct {
	Name        string
	description string

	// adoptsAll says that an imported destination's keys go into it. Otherwise they are kept, but not shown.
	adoptsAll bool
}

// additionalConfig is the argument that lets users set what the API knows and this provider does not yet.
var additionalConfig = jsonArgument{
	Name: "additional_config",
	description: "Additional keys of the destination's `config`, as a JSON object (use `jsonencode`), for settings of the API without an " +
		"argument in this provider. Must not contain a key that has its own argument in this block.",
}

// credentialBlock is one form of auth_config.
type credentialBlock struct {
	Name        string // auth_<kind>
	description string
	Arguments   []credentialArgument

	// kind is the API's auth_config.type. It is only the default where kindArgument names an argument for it.
	kind         string
	kindArgument string
}

// credentialArgument is a key of auth_config. The argument's name is the key's, with _wo behind it if it is write-only.
type credentialArgument struct {
	Name      string
	Attribute schema.Attribute
	required  bool // judged when the credentials have to be sent, not in the schema: see plan.go

	// mayBeEmpty says that an empty value is one, and means that there is none.
	mayBeEmpty bool

	// Merged says that it is no key of its own, but a JSON object with further keys.
	Merged bool
}

// WriteOnlySuffix ends the name of every write-only argument.
const WriteOnlySuffix = "_wo"

// Key is the argument's key in auth_config.
func (a credentialArgument) Key() string { return strings.TrimSuffix(a.Name, WriteOnlySuffix) }

func (a credentialArgument) IsWriteOnly() bool { return strings.HasSuffix(a.Name, WriteOnlySuffix) }

// Argument finds the argument that owns a key of config.
func (c Connector) Argument(key string) (argument, bool) {
	for _, a := range c.Arguments {
		if a.Name == key {
			return a, true
		}
	}
	return argument{}, false
}

// APIType is the type of a destination with these values; not known when the argument that names it is not.
func (c Connector) APIType(v Values) types.String {
	if c.TypeArgument != "" {
		return v.Text(c.TypeArgument)
	}
	return types.StringValue(c.Name)
}

// Path is the connector's block in the resource.
func (c Connector) Path() path.Path { return path.Root(c.Name).AtListIndex(0) }

// BlockPath is where a problem with the block as a whole is reported. CLIs point at the first line of a block only for something
// that it does not have.
func (c Connector) BlockPath() path.Path { return c.Path().AtName(c.OtherKeys.Name) }

// Block is the connector's part of the schema.
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
			"`X-Talonic-Signature`). Required when Terraform manages the signing secret and the credentials are sent.", ofText)
	}
	if c.AnyCredentials != "" {
		attributes[c.AnyCredentials] = secretObject("Complete `auth_config` of the destination, as a JSON object (use `jsonencode`). The " +
			"key `signing_secret` sets the secret with which the API signs requests. Required when Terraform manages the credentials and sends them.")
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

// Values are what a connector's block holds, by argument and credential block.
type Values map[string]attr.Value

// Text is the string of an argument that is one; null if the block does not have it.
func (v Values) Text(name string) types.String {
	s, ok := v[name].(types.String)
	if !ok {
		return types.StringNull()
	}
	return s
}

// List is a nested block; null if there is none.
func (v Values) List(name string) types.List {
	l, ok := v[name].(types.List)
	if !ok {
		return types.ListNull(types.StringType)
	}
	return l
}

// SingleBlock takes the one element of a block's list. ok is false when there is none, and when it is not known yet.
func SingleBlock(list types.List) (v Values, ok bool) { return blocks.SingleElement(list) }

// OfType are the values of a block of that API type before anything else is known of it.
func (c Connector) OfType(apiType string) Values {
	if c.TypeArgument == "" {
		return Values{}
	}
	return Values{c.TypeArgument: types.StringValue(apiType)}
}

// With is v with some of its values replaced.
func (v Values) With(other Values) Values {
	all := Values{}
	maps.Copy(all, v)
	maps.Copy(all, other)
	return all
}
