package destination

import (
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// answer is what is known to a question at plan time.
type answer int

const (
	no answer = iota
	yes
	unknown
)

// group is what there is to know of one of the two groups of credentials, authentication and signing secret: the API tells
// of each only whether it has it.
type group struct {
	configured answer // the configuration names it
	sent       bool   // Terraform sent it before, and the API confirmed
	changed    answer // the configuration is not what was sent
	stored     bool   // the API says that it has it
}

// step is what becomes of a group.
type step int

const (
	keep      step = iota // leave it as it is
	send                  // send what the configuration says
	remove                // take it away: it came from Terraform, and the configuration does not name it any more
	undecided             // keep or send, as soon as all values are known
)

// step decides. It is the table of DESIGN.md, row by row.
func (g group) step() step {
	switch g.configured {
	case unknown:
		return undecided
	case yes:
		switch {
		case !g.stored, !g.sent, g.changed == yes:
			return send
		case g.changed == unknown:
			return undecided
		}
		return keep
	}
	if g.sent && g.stored {
		return remove
	}
	return keep // what was set elsewhere stays
}

// sentRecord is what Terraform sent last and the API confirmed. It lives in private state.
type sentRecord struct {
	Auth          bool `json:"auth,omitempty"`
	SigningSecret bool `json:"signing_secret,omitempty"`

	// SecretBeside says that the API keeps the signing secret only when it stands beside auth_config.
	SecretBeside bool `json:"secret_beside,omitempty"`
}

// credentials are what a configuration says about them, without a decision.
type credentials struct {
	auth    map[string]any // with its type; nil without authentication
	signing string         // empty without a signing secret

	hasAuth, hasSigning answer

	// missing tells which write-only arguments are null although their block is there: it cannot be sent without them.
	missing []missingSecret
}

// missingSecret is a write-only argument, or a block that needs one of several.
type missingSecret struct {
	path    path.Path
	problem string
}

// credentialsIn reads them from the values that a block has in the configuration, the only place where they are.
func (c connector) credentialsIn(v values) credentials {
	var found credentials
	at := c.path()
	if c.anyCredentials != "" {
		return c.anyCredentialsIn(v)
	}
	for _, block := range c.credentials {
		list := v.list(block.name)
		if !mayHaveElements(list) {
			continue
		}
		inner, ok := only(list)
		if !ok {
			found.hasAuth = unknown
			continue
		}
		found.hasAuth = yes
		found.auth, found.missing = block.read(inner, at.AtName(block.name).AtListIndex(0))
	}
	if c.signingSecret {
		found.signing, found.hasSigning = readSecret(v.text(signingSecretWO))
	}
	return found
}

// read makes auth_config of a block's values, and tells which write-only arguments are not set but have to be. Values that are
// not known yet are left out.
func (b credentialBlock) read(v values, at path.Path) (auth map[string]any, missing []missingSecret) {
	auth = map[string]any{"type": b.kind}
	var secrets, secretsSet int
	for _, a := range b.arguments {
		text := v.text(a.name)
		if a.isWriteOnly() {
			secrets++
			if !text.IsNull() {
				secretsSet++
			} else if a.required {
				missing = append(missing, missingSecret{at.AtName(a.name), a.name + " is null"})
			}
		}
		if value, ok := known(text); ok {
			auth[a.key()] = value
		}
	}
	if secretsSet == 0 && len(missing) == 0 && secrets > 0 {
		missing = append(missing, missingSecret{at, "none of the secrets of " + b.name + " is set"})
	}
	return auth, missing
}

// anyCredentialsIn reads credentials that are given as one JSON object.
func (c connector) anyCredentialsIn(v values) credentials {
	text, has := readSecret(v.text(c.anyCredentials))
	if has != yes {
		return credentials{hasAuth: has, hasSigning: has}
	}
	object, err := parseObject(text)
	if err != nil {
		return credentials{} // refused by the argument's validator
	}
	found := credentials{auth: maps.Clone(object)}
	if found.signing, _ = object[signingSecret].(string); found.signing != "" {
		found.hasSigning = yes
		delete(found.auth, signingSecret)
	}
	if kind := found.auth["type"]; len(found.auth) > 0 && kind != noAuth {
		found.hasAuth = yes
	}
	return found
}

func readSecret(text types.String) (string, answer) {
	switch {
	case text.IsUnknown():
		return "", unknown
	case text.IsNull():
		return "", no
	}
	return text.ValueString(), yes
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
		if mayHaveElements(list) != mayHaveElements(before.list(block.name)) && !list.IsUnknown() {
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
