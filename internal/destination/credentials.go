package destination

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"

	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// answer is what is known to a question at plan time.
type answer int

const (
	no answer = iota
	yes
	unknown
)

// credentials are what a configuration says about them, without a decision.
type credentials struct {
	auth    map[string]any // with its type; nil without authentication
	signing string         // empty without a signing secret

	hasAuth, hasSigning answer

	// secrets are the write-only values in a fixed order, each with its name, for the hash; complete is false while one of
	// them is not known.
	secrets  []string
	complete bool

	// missing tells which write-only arguments are null although their block is there: the credentials cannot be sent without.
	missing []string
}

// credentialsIn reads them from the values that a block has in the configuration, the only place where they are.
func (c connector) credentialsIn(v values) credentials {
	found := credentials{complete: true}
	if c.anyCredentials != "" {
		found.readAny(v.text(c.anyCredentials))
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
		found.readBlock(block, inner)
	}
	if c.signingSecret {
		text := v.text(signingSecretWO)
		found.hasSigning = isSet(text)
		found.signing = text.ValueString()
		found.note(signingSecretWO, text)
	}
	return found
}

// readBlock makes auth_config of a credential block. Values that are not known yet are left out.
func (found *credentials) readBlock(b credentialBlock, v values) {
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
func (found *credentials) readAny(text types.String) {
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

// note takes a write-only value into the hash.
func (found *credentials) note(name string, text types.String) {
	switch {
	case text.IsUnknown():
		found.complete = false
	case !text.IsNull():
		found.secrets = append(found.secrets, name, text.ValueString())
	}
}

func isSet(text types.String) answer {
	switch {
	case text.IsUnknown():
		return unknown
	case text.IsNull():
		return no
	}
	return yes
}

// noAuth is the type of an auth_config that says that there is no authentication.
const noAuth = "none"

// plainCredentialsChanged reports whether the configuration has other credential blocks than the state, or the same with other
// arguments that are no secrets: a user name, the name of a header.
func (c connector) plainCredentialsChanged(v values, state *model) answer {
	_, before, _ := state.connector()
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
