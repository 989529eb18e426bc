package destination

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
)

// describe makes a diagnostic of an error. It is on the argument that the API names, if it names one.
func describe(doing apidiag.Operation, m *model, err error) diag.Diagnostic {
	return m.subject().Failed(doing, err, m.argumentNamed)
}

// subject is the destination as texts speak of it.
func (m *model) subject() apidiag.Subject {
	return apidiag.Subject{Noun: noun, Name: m.Name.ValueString(), ID: m.ID.ValueString(), Hide: m.sensitiveValues().TakenOutOf}
}

// called is what texts call the destination in the middle of a sentence.
func (m *model) called() string { return m.subject().Called() }

// notRead says that the API could not be asked yet.
func notRead(m *model) diag.Diagnostic { return m.subject().NotRead(!m.Type.IsNull()) }

// argumentNamed finds the argument that a message of the API speaks of: config.<key>, auth_config.<key>, or a key of the
// request itself. For a secret it is the block: CLIs print the line that a diagnostic points at.
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
	if names("config") { // or a key of it that has no argument of its own
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
