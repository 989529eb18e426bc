package destination

import (
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// connector is one way to deliver. It is a description: everything that the resource does with a connector follows from it.
type connector struct {
	// name is the connector's block, and its type in the API unless typeArgument is set.
	name        string
	description string

	// arguments are the keys of the API's config that have an argument of their own, under the same name.
	arguments []argument

	// otherKeys is the argument whose JSON object is merged into config: keys that have no argument of their own.
	otherKeys jsonArgument

	// typeArgument names the argument that holds the API's type; empty where the connector's name is the type.
	typeArgument string

	// signingSecret says that the block takes signing_secret_wo.
	signingSecret bool

	// credentials are the credential blocks, of which a configuration names at most one.
	credentials []credentialBlock

	// anyCredentials names a write-only argument that takes the whole auth_config as JSON, in place of credential blocks.
	anyCredentials string

	// needsCredentials says that such a destination cannot be without credentials.
	needsCredentials bool
}

// argument is a key of config.
type argument struct {
	name      string
	attribute schema.Attribute

	// byDefault is what the API documents to use when the key is absent, as it would appear in JSON; nil when it documents
	// nothing. An absent key and this value are the same to us. It is never sent.
	byDefault any

	// canonical brings a value to the form in which two spellings of the same thing are equal; nil for values that have one
	// spelling. An API may store another spelling than it was sent.
	canonical func(any) any
}

// jsonArgument is an argument that holds keys of config as a JSON object.
type jsonArgument struct {
	name        string
	description string

	// adoptsAll says that an imported destination's keys go into it. Otherwise they are kept, but not shown.
	adoptsAll bool
}

// additionalConfig is the argument that lets users set what the API knows and this provider does not yet.
var additionalConfig = jsonArgument{
	name: "additional_config",
	description: "Further keys of the destination's `config`, as a JSON object (use `jsonencode`): what the API knows and this provider " +
		"has no argument for. A key that an argument of this block owns is an error.",
}

// credentialBlock is one form of auth_config.
type credentialBlock struct {
	name        string // auth_<kind>
	description string
	arguments   []credentialArgument

	// kind is the API's auth_config.type. It is only the default where kindArgument names an argument for it.
	kind         string
	kindArgument string
}

// credentialArgument is a key of auth_config. The argument's name is the key's, with _wo behind it if it is write-only.
type credentialArgument struct {
	name      string
	attribute schema.Attribute
	required  bool // judged when the credentials have to be sent, not in the schema: see plan.go

	// mayBeEmpty says that an empty value is one, and means that there is none.
	mayBeEmpty bool

	// merged says that it is no key of its own, but a JSON object with further keys.
	merged bool
}

const writeOnlySuffix = "_wo"

// key is the argument's key in auth_config.
func (a credentialArgument) key() string { return strings.TrimSuffix(a.name, writeOnlySuffix) }

func (a credentialArgument) isWriteOnly() bool { return strings.HasSuffix(a.name, writeOnlySuffix) }

// argument finds the argument that owns a key of config.
func (c connector) argument(key string) (argument, bool) {
	for _, a := range c.arguments {
		if a.name == key {
			return a, true
		}
	}
	return argument{}, false
}

// apiType is the type of a destination with these values; not known when the argument that names it is not.
func (c connector) apiType(v values) types.String {
	if c.typeArgument != "" {
		return v.text(c.typeArgument)
	}
	return types.StringValue(c.name)
}

// path is the connector's block in the resource.
func (c connector) path() path.Path { return path.Root(c.name).AtListIndex(0) }

// header is where a problem with the block as a whole is reported. CLIs point at the first line of a block only for something
// that it does not have.
func (c connector) header() path.Path { return c.path().AtName(c.otherKeys.name) }

// block is the connector's part of the schema.
func (c connector) block() schema.Block {
	attributes := map[string]schema.Attribute{
		c.otherKeys.name: schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: c.otherKeys.description,
			Validators:          []validator.String{schemas.JSONObject{}},
		},
	}
	for _, a := range c.arguments {
		attributes[a.name] = a.attribute
	}
	if c.typeArgument != "" {
		attributes[c.typeArgument] = schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "The API's name of the connector type. Changing it replaces the destination.",
			Validators:          []validator.String{schemas.NotEmpty{}},
		}
	}
	if c.signingSecret {
		attributes[signingSecretWO] = secret("The secret that requests are signed with (HMAC-SHA256, header `X-Talonic-Signature`).", ofText)
	}
	if c.anyCredentials != "" {
		attributes[c.anyCredentials] = secretObject("The destination's whole `auth_config`, as a JSON object (use `jsonencode`). A " +
			"`signing_secret` in it is the secret that requests are signed with.")
	}
	blocks := map[string]schema.Block{}
	for _, credential := range c.credentials {
		blocks[credential.name] = credential.block()
	}
	return schemas.AtMostOne(c.description, attributes, blocks)
}

func (b credentialBlock) block() schema.Block {
	attributes := map[string]schema.Attribute{}
	for _, a := range b.arguments {
		attributes[a.name] = a.attribute
	}
	return schemas.AtMostOne(b.description, attributes, nil)
}

// values are what a connector's block holds, by argument and credential block.
type values map[string]attr.Value

// text is the string of an argument that is one; null if the block does not have it.
func (v values) text(name string) types.String {
	s, ok := v[name].(types.String)
	if !ok {
		return types.StringNull()
	}
	return s
}

// list is a nested block; null if there is none.
func (v values) list(name string) types.List {
	l, ok := v[name].(types.List)
	if !ok {
		return types.ListNull(types.StringType)
	}
	return l
}

// only takes the one element of a block's list. ok is false when there is none, and when it is not known yet.
func only(list types.List) (v values, ok bool) { return schemas.Only(list) }

// ofType are the values of a block of that API type before anything else is known of it.
func (c connector) ofType(apiType string) values {
	if c.typeArgument == "" {
		return values{}
	}
	return values{c.typeArgument: types.StringValue(apiType)}
}

// with is v with some of its values replaced.
func (v values) with(other values) values {
	all := values{}
	maps.Copy(all, v)
	maps.Copy(all, other)
	return all
}
