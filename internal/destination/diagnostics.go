package destination

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
)

// describe returns the diagnostic of a failed operation. If the API's message names an argument, the diagnostic points at this argument.
func describe(doing apidiag.Operation, m *model, err error) diag.Diagnostic {
	return m.subject().Failed(doing, err, m.argumentNamed)
}

// subject returns the destination as the subject of diagnostics.
func (m *model) subject() apidiag.Subject {
	return apidiag.Subject{Noun: noun, Name: m.Name.ValueString(), ID: m.ID.ValueString(), Hide: m.sensitiveValues().TakenOutOf}
}

// called returns the destination's noun and name for the middle of a sentence.
func (m *model) called() string { return m.subject().Called() }

// notRead returns the diagnostic for a refresh that could not call the API because the provider's configuration is unknown.
func notRead(m *model) diag.Diagnostic { return m.subject().NotRead(!m.Type.IsNull()) }

// argumentNamed returns the path of the argument that a message of the API names: config.<key>, auth_config.<key>, or a key at top level. For
// a secret it returns the path of the block, because CLIs print the line that a diagnostic points at. ok is false if the message names no
// argument.
func (m *model) argumentNamed(message string) (path.Path, bool) {
	c, v, ok := m.connector()
	if !ok {
		return path.Empty(), false
	}
	names := func(key string) bool { return apidiag.FindKey(message, key) >= 0 }
	for _, a := range c.Arguments {
		if names("config."+a.Name) && !names("auth_config."+a.Name) {
			return c.ArgumentPath(a.Name, connector.ToWire(v[a.Name])), true
		}
	}
	if names(credentials.SigningSecretKey) || strings.Contains(message, "auth_config") {
		return c.BlockPath(), true
	}
	if names("config") { // or a key of config without an argument of its own
		return c.BlockPath(), true
	}
	for _, a := range c.Arguments {
		if names(a.Name) {
			return c.ArgumentPath(a.Name, connector.ToWire(v[a.Name])), true
		}
	}
	for _, key := range []string{"payload_cap_bytes", "is_active", "name"} {
		if names(key) {
			return path.Root(key), true
		}
	}
	return path.Empty(), false
}
