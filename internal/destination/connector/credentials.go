package connector

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// CredentialsIn returns the credentials in a block of the configuration. Plans and states do not have them.
func (c Connector) CredentialsIn(v Values) credentials.Configured {
	found := credentials.Configured{Complete: true, Object: c.AnyCredentials}
	if c.AnyCredentials != "" {
		readAny(&found, v.Text(c.AnyCredentials))
		return found
	}
	for _, block := range c.Credentials {
		list := v.List(block.Name)
		if !blocks.MayBePresent(list) {
			continue
		}
		inner, ok := BlockValues(list)
		if !ok {
			found.HasAuth, found.Complete = tristate.Unknown, false
			continue
		}
		block.read(&found, inner)
	}
	if c.signingSecret {
		text := v.Text(credentials.SigningSecretArgument)
		found.HasSigning = credentials.IsSet(text)
		found.Signing = text.ValueString()
		found.Note(credentials.SigningSecretArgument, text)
	}
	return found
}

// read adds the auth_config of a credential block to found. It skips unknown values.
func (b credentialBlock) read(found *credentials.Configured, v Values) {
	found.HasAuth = tristate.Yes
	found.Auth = map[string]any{"type": b.kind}
	anySecret := false
	for _, a := range b.Arguments {
		text := v.Text(a.Name)
		if value, ok := blocks.Known(text); ok && a.Merged {
			further, _ := jsonvalue.ParseObject(value) // cannot fail: the argument's validator accepts only JSON objects
			maps.Copy(found.Auth, further)
			text = types.StringValue(jsonvalue.Quote(further)) // formatting does not affect the hash
		} else if ok && (value != "" || !a.mayBeEmpty) {
			found.Auth[a.Key()] = value
		}
		if !a.IsWriteOnly() {
			continue
		}
		found.Note(b.Name+"."+a.Name, text)
		anySecret = anySecret || !text.IsNull()
		switch {
		case text.IsNull() && a.mayBeEmpty:
			found.Missing = append(found.Missing, b.Name+"."+a.Name+" is null (set \"\" if the value is empty)")
		case text.IsNull() && a.required:
			found.Missing = append(found.Missing, b.Name+"."+a.Name+" is null")
		}
	}
	if !anySecret && len(found.Missing) == 0 {
		found.Missing = append(found.Missing, b.withoutSecret())
	}
}

// readAny adds credentials in the form of one JSON object to found.
func readAny(found *credentials.Configured, text types.String) {
	value, ok := blocks.Known(text)
	if !ok {
		found.HasAuth, found.HasSigning = credentials.IsSet(text), credentials.IsSet(text)
		found.Complete = text.IsNull()
		return
	}
	object, err := jsonvalue.ParseObject(value)
	if err != nil {
		return // the argument's validator reports it
	}
	canonical, _ := json.Marshal(object) // cannot fail: object is decoded JSON
	found.Secrets = append(found.Secrets, string(canonical))
	found.Auth = maps.Clone(object)
	if found.Signing, _ = object[credentials.SigningSecretKey].(string); found.Signing != "" {
		found.HasSigning = tristate.Yes
		delete(found.Auth, credentials.SigningSecretKey)
	}
	if len(found.Auth) > 0 && found.Auth["type"] != credentials.NoAuth {
		found.HasAuth = tristate.Yes
	}
}

// PlainCredentialsChanged reports whether the credential blocks differ from before: a different block, or a different non-secret value, such
// as a user name or a header name.
func (c Connector) PlainCredentialsChanged(v, before Values) tristate.Value {
	changed := tristate.No
	for _, block := range c.Credentials {
		list := v.List(block.Name)
		if blocks.MayBePresent(list) != blocks.MayBePresent(before.List(block.Name)) && !list.IsUnknown() {
			return tristate.Yes
		}
		now, ok := BlockValues(list)
		if !ok {
			if list.IsUnknown() {
				changed = tristate.Unknown
			}
			continue
		}
		then, _ := BlockValues(before.List(block.Name))
		for _, a := range block.Arguments {
			switch {
			case a.IsWriteOnly(), now[a.Name].Equal(then[a.Name]):
			case now[a.Name].IsUnknown():
				changed = tristate.Unknown
			default:
				return tristate.Yes
			}
		}
	}
	return changed
}

// CredentialChoice lists, for messages, the credential blocks of which one is required.
func (c Connector) CredentialChoice() string {
	var names []string
	for _, block := range c.Credentials {
		names = append(names, block.Name)
	}
	last := len(names) - 1
	if last == 0 {
		return "an " + names[0] + " block"
	}
	return "an " + strings.Join(names[:last], ", ") + " or " + names[last] + " block"
}

// withoutSecret returns the problem that no write-only argument of a block is set.
func (b credentialBlock) withoutSecret() string {
	var names []string
	for _, a := range b.Arguments {
		if a.IsWriteOnly() {
			names = append(names, a.Name)
		}
	}
	return b.Name + " sets none of " + strings.Join(names, ", ")
}

// NullCredentials returns the names of the write-only arguments of a block that are null, except those in credential blocks.
func (c Connector) NullCredentials(v Values) []string {
	var names []string
	if c.AnyCredentials != "" && v.Text(c.AnyCredentials).IsNull() {
		names = append(names, c.AnyCredentials)
	}
	if c.signingSecret && v.Text(credentials.SigningSecretArgument).IsNull() {
		names = append(names, credentials.SigningSecretArgument)
	}
	return names
}

// HiddenIn returns the names of the write-only arguments of a block that were sent before and are now null, although their block is present.
// If the record does not list arguments, it returns the null arguments of the groups that were sent.
func (c Connector) HiddenIn(v Values, now credentials.Configured, sent credentials.Record) []string {
	var names []string
	isSent := func(name string, otherwise bool) bool {
		if sent.Names == "" {
			return otherwise
		}
		return slices.Contains(strings.Fields(sent.Names), name)
	}
	if c.AnyCredentials != "" && v.Text(c.AnyCredentials).IsNull() && isSent(c.AnyCredentials, sent.Auth || sent.SigningSecret) {
		names = append(names, c.AnyCredentials)
	}
	for _, block := range c.Credentials {
		inner, ok := BlockValues(v.List(block.Name))
		if !ok {
			continue
		}
		for _, a := range block.Arguments {
			name := block.Name + "." + a.Name
			required := slices.ContainsFunc(now.Missing, func(problem string) bool { return strings.HasPrefix(problem, name+" ") })
			if a.IsWriteOnly() && inner.Text(a.Name).IsNull() && (required || isSent(name, false)) {
				names = append(names, name)
			}
		}
		if len(names) == 0 && slices.Contains(now.Missing, block.withoutSecret()) {
			names = append(names, block.Name)
		}
	}
	if c.signingSecret && v.Text(credentials.SigningSecretArgument).IsNull() && isSent(credentials.SigningSecretArgument, sent.SigningSecret) {
		names = append(names, credentials.SigningSecretArgument)
	}
	return names
}
