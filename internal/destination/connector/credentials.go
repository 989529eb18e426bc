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

// CredentialsIn reads them from the values that a block has in the configuration, the only place where they are.
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
		inner, ok := SingleBlock(list)
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

// read makes auth_config of a credential block. Values that are not known yet are left out.
func (b credentialBlock) read(found *credentials.Configured, v Values) {
	found.HasAuth = tristate.Yes
	found.Auth = map[string]any{"type": b.kind}
	anySecret := false
	for _, a := range b.Arguments {
		text := v.Text(a.Name)
		if value, ok := blocks.Known(text); ok && a.Merged {
			further, _ := jsonvalue.ParseObject(value) // its validator refuses anything else
			maps.Copy(found.Auth, further)
			text = types.StringValue(jsonvalue.Quote(further)) // another formatting is no other secret
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
			found.Missing = append(found.Missing, b.Name+"."+a.Name+" is null (if there is none, set it to \"\")")
		case text.IsNull() && a.required:
			found.Missing = append(found.Missing, b.Name+"."+a.Name+" is null")
		}
	}
	if !anySecret && len(found.Missing) == 0 {
		found.Missing = append(found.Missing, b.Name+" has no secret")
	}
}

// readAny reads credentials that are given as one JSON object.
func readAny(found *credentials.Configured, text types.String) {
	value, ok := blocks.Known(text)
	if !ok {
		found.HasAuth, found.HasSigning = credentials.IsSet(text), credentials.IsSet(text)
		found.Complete = text.IsNull()
		return
	}
	object, err := jsonvalue.ParseObject(value)
	if err != nil {
		return // refused by the argument's validator
	}
	canonical, _ := json.Marshal(object) // decoded JSON can always be encoded
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

// PlainCredentialsChanged reports whether a block has other credential blocks than before, or the same with other arguments that are
// no secrets: a user name, the name of a header.
func (c Connector) PlainCredentialsChanged(v, before Values) tristate.Value {
	changed := tristate.No
	for _, block := range c.Credentials {
		list := v.List(block.Name)
		if blocks.MayBePresent(list) != blocks.MayBePresent(before.List(block.Name)) && !list.IsUnknown() {
			return tristate.Yes
		}
		now, ok := SingleBlock(list)
		if !ok {
			if list.IsUnknown() {
				changed = tristate.Unknown
			}
			continue
		}
		then, _ := SingleBlock(before.List(block.Name))
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

// CredentialChoice names the blocks of which one has to be there.
func (c Connector) CredentialChoice() string {
	var names []string
	for _, block := range c.Credentials {
		names = append(names, block.Name)
	}
	return "an " + strings.Join(names, " or ") + " block"
}

// NullCredentials lists the write-only arguments of a block, outside of its credential blocks, that are null.
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

// HiddenIn lists the write-only arguments of a block that were sent before and are null now, although the block around them is
// there. A record that does not tell which were sent says at least which groups.
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
		inner, ok := SingleBlock(v.List(block.Name))
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
		if len(names) == 0 && slices.Contains(now.Missing, block.Name+" has no secret") {
			names = append(names, block.Name)
		}
	}
	if c.signingSecret && v.Text(credentials.SigningSecretArgument).IsNull() && isSent(credentials.SigningSecretArgument, sent.SigningSecret) {
		names = append(names, credentials.SigningSecretArgument)
	}
	return names
}
