package destination

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// credentialsIn reads them from the values that a block has in the configuration, the only place where they are.
func (c connector) credentialsIn(v values) credentials {
	found := credentials{complete: true, object: c.anyCredentials}
	if c.anyCredentials != "" {
		readAny(&found, v.text(c.anyCredentials))
		return found
	}
	for _, block := range c.credentials {
		list := v.list(block.name)
		if !schemas.MayHaveElements(list) {
			continue
		}
		inner, ok := only(list)
		if !ok {
			found.hasAuth, found.complete = unknown, false
			continue
		}
		block.read(&found, inner)
	}
	if c.signingSecret {
		text := v.text(signingSecretWO)
		found.hasSigning = isSet(text)
		found.signing = text.ValueString()
		found.note(signingSecretWO, text)
	}
	return found
}

// read makes auth_config of a credential block. Values that are not known yet are left out.
func (b credentialBlock) read(found *credentials, v values) {
	found.hasAuth = yes
	found.auth = map[string]any{"type": b.kind}
	anySecret := false
	for _, a := range b.arguments {
		text := v.text(a.name)
		if value, ok := schemas.Known(text); ok && a.merged {
			further, _ := jsonvalue.ParseObject(value) // its validator refuses anything else
			maps.Copy(found.auth, further)
			text = types.StringValue(jsonvalue.Quote(further)) // another formatting is no other secret
		} else if ok && (value != "" || !a.mayBeEmpty) {
			found.auth[a.key()] = value
		}
		if !a.isWriteOnly() {
			continue
		}
		found.note(b.name+"."+a.name, text)
		anySecret = anySecret || !text.IsNull()
		switch {
		case text.IsNull() && a.mayBeEmpty:
			found.missing = append(found.missing, b.name+"."+a.name+" is null (if there is none, set it to \"\")")
		case text.IsNull() && a.required:
			found.missing = append(found.missing, b.name+"."+a.name+" is null")
		}
	}
	if !anySecret && len(found.missing) == 0 {
		found.missing = append(found.missing, b.name+" has no secret")
	}
}

// readAny reads credentials that are given as one JSON object.
func readAny(found *credentials, text types.String) {
	value, ok := schemas.Known(text)
	if !ok {
		found.hasAuth, found.hasSigning = isSet(text), isSet(text)
		found.complete = text.IsNull()
		return
	}
	object, err := jsonvalue.ParseObject(value)
	if err != nil {
		return // refused by the argument's validator
	}
	canonical, _ := json.Marshal(object) // decoded JSON can always be encoded
	found.secrets = append(found.secrets, string(canonical))
	found.auth = maps.Clone(object)
	if found.signing, _ = object[signingSecret].(string); found.signing != "" {
		found.hasSigning = yes
		delete(found.auth, signingSecret)
	}
	if len(found.auth) > 0 && found.auth["type"] != noAuth {
		found.hasAuth = yes
	}
}

// plainCredentialsChanged reports whether a block has other credential blocks than before, or the same with other arguments that are
// no secrets: a user name, the name of a header.
func (c connector) plainCredentialsChanged(v, before values) answer {
	changed := no
	for _, block := range c.credentials {
		list := v.list(block.name)
		if schemas.MayHaveElements(list) != schemas.MayHaveElements(before.list(block.name)) && !list.IsUnknown() {
			return yes
		}
		now, ok := only(list)
		if !ok {
			if list.IsUnknown() {
				changed = unknown
			}
			continue
		}
		then, _ := only(before.list(block.name))
		for _, a := range block.arguments {
			switch {
			case a.isWriteOnly(), now[a.name].Equal(then[a.name]):
			case now[a.name].IsUnknown():
				changed = unknown
			default:
				return yes
			}
		}
	}
	return changed
}

// credentialChoice names the blocks of which one has to be there.
func (c connector) credentialChoice() string {
	var names []string
	for _, block := range c.credentials {
		names = append(names, block.name)
	}
	return "an " + strings.Join(names, " or ") + " block"
}

// nullCredentials lists the write-only arguments of a block, outside of its credential blocks, that are null.
func (c connector) nullCredentials(v values) []string {
	var names []string
	if c.anyCredentials != "" && v.text(c.anyCredentials).IsNull() {
		names = append(names, c.anyCredentials)
	}
	if c.signingSecret && v.text(signingSecretWO).IsNull() {
		names = append(names, signingSecretWO)
	}
	return names
}

// hiddenIn lists the write-only arguments of a block that were sent before and are null now, although the block around them is
// there. A record that does not tell which were sent says at least which groups.
func (c connector) hiddenIn(v values, now credentials, sent sentRecord) []string {
	var names []string
	isSent := func(name string, otherwise bool) bool {
		if sent.Names == "" {
			return otherwise
		}
		return slices.Contains(strings.Fields(sent.Names), name)
	}
	if c.anyCredentials != "" && v.text(c.anyCredentials).IsNull() && isSent(c.anyCredentials, sent.Auth || sent.SigningSecret) {
		names = append(names, c.anyCredentials)
	}
	for _, block := range c.credentials {
		inner, ok := only(v.list(block.name))
		if !ok {
			continue
		}
		for _, a := range block.arguments {
			name := block.name + "." + a.name
			required := slices.ContainsFunc(now.missing, func(problem string) bool { return strings.HasPrefix(problem, name+" ") })
			if a.isWriteOnly() && inner.text(a.name).IsNull() && (required || isSent(name, false)) {
				names = append(names, name)
			}
		}
		if len(names) == 0 && slices.Contains(now.missing, block.name+" has no secret") {
			names = append(names, block.name)
		}
	}
	if c.signingSecret && v.text(signingSecretWO).IsNull() && isSent(signingSecretWO, sent.SigningSecret) {
		names = append(names, signingSecretWO)
	}
	return names
}
