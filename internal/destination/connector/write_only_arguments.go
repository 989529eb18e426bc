package connector

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// orWriteOnly returns a copy of a required argument with a write-only alternative, <name>_wo, for values that are secrets. Exactly one of
// the two must be set. The alternative is not marked as sensitive: if a block has two sensitive arguments, used or not, Terraform 1.11
// randomly exits with code 2 from plan -refresh-only -detailed-exitcode.
func (a argument) orWriteOnly(description string, rules ...validator.String) argument {
	attribute, _ := a.Attribute.(schema.StringAttribute)
	attribute.Required, attribute.Optional = false, true
	writeOnly := secret(description, rules...)
	writeOnly.Sensitive = false
	a.Attribute, a.writeOnly = attribute, writeOnly
	return a
}

// HasWriteOnly reports whether a write-only argument may hold the key instead.
func (a argument) HasWriteOnly() bool { return a.writeOnly != nil }

// WriteOnlyName returns the name of the write-only argument that may hold the key instead.
func (a argument) WriteOnlyName() string { return a.Name + WriteOnlySuffix }

// IsRequired reports whether the key is required, in either of its arguments.
func (a argument) IsRequired() bool { return a.Attribute.IsRequired() || a.HasWriteOnly() }

// isWriteOnlyIn reports whether a block in a plan or state uses the write-only argument for the key. Plans and states do not contain the value
// of that argument.
func (a argument) isWriteOnlyIn(v Values) bool {
	return a.HasWriteOnly() && v != nil && isNull(v[a.Name])
}

func isNull(value attr.Value) bool { return value == nil || value.IsNull() }

// WriteOnlyNames returns the keys of config that a write-only argument may hold.
func (c Connector) WriteOnlyNames() []string {
	var names []string
	for _, a := range c.Arguments {
		if a.HasWriteOnly() {
			names = append(names, a.Name)
		}
	}
	return names
}

// WriteOnlyValue returns the value of the write-only argument for a key in the configuration.
func WriteOnlyValue(v Values, name string) types.String { return v.Text(name + WriteOnlySuffix) }

// HoldsPlainly reports whether the argument that state stores has a value, or may have one once all values are known.
func HoldsPlainly(v Values, name string) bool { return !isNull(v[name]) }

// Comparable returns the API's config in a form that can be compared with the values in a block. before is nil after an import. shown has
// known secrets redacted; raw does not.
//
// The result takes a key's value from raw if a write-only argument holds the key, or if the value equals the block's value or the API's
// previous value. Otherwise, shown could redact a part of a plain value that also occurs in a secret of another destination.
func (c Connector) Comparable(before Values, prior ConfigRecord, shown, raw Config) Config {
	compared := maps.Clone(shown)
	if c.learnSecrets(before, raw) {
		compared, _ = redact.Process.Value(compared).(Config) // other keys may repeat the secret
	}
	for _, a := range c.Arguments {
		value, there := raw[a.Name]
		if !a.HasWriteOnly() || !there {
			continue
		}
		last, differed := prior.Shown[a.Name]
		priorValue := ToWire(before[a.Name])
		if before == nil || a.isWriteOnlyIn(before) || isSame(value, priorValue) || differed && isSame(value, last) {
			compared[a.Name] = value
		}
	}
	return compared
}

func isSame(a, b any) bool { return jsonvalue.Equal(a, b) || jsonvalue.SameURL(a, b) }

// learnSecrets registers the API's values of write-only arguments as secrets of this process. ok is false if there are none. Values in the
// block are in state, so it does not register them.
func (c Connector) learnSecrets(before Values, raw Config) (ok bool) {
	for _, a := range c.Arguments {
		value, isText := raw[a.Name].(string)
		if !isText || jsonvalue.IsMasked(value) || !a.isWriteOnlyIn(before) && !a.isFoundSecret(before, value) {
			continue
		}
		if config, err := c.Config(before); err == nil { // the argument's validator reports the error
			redact.Process.AddPublicValue(config)
		}
		RegisterSecret(value)
		ok = true
	}
	return ok
}

// RegisterSecret registers the value of a write-only argument as a secret of this process, except for the scheme and host of a URL.
func RegisterSecret(value string) {
	redact.Process.AddPublic(jsonvalue.ShownURL(value))
	redact.Process.Add(value)
}

// isHidden reports whether the API may store a value of the argument but omits or masks it. That is an assumption for required values that may
// be secrets; see DESIGN.md#secrets-in-config.
func (a argument) isHidden(shown, value any) bool {
	return a.HasWriteOnly() && (shown == nil || jsonvalue.MayMask(shown, value))
}

// Hidden returns the keys of config that were sent and that the API omits or masks.
func (c Connector) Hidden(sent, shown Config) []string {
	var hidden []string
	for _, a := range c.Arguments {
		if value, wasSent := c.normalize(sent)[a.Name]; wasSent && a.isHidden(shown[a.Name], value) {
			hidden = append(hidden, a.Name)
		}
	}
	return hidden
}

// isFoundSecret reports whether a value that an import finds belongs in the write-only argument, because it looks like a secret or this
// process knows it as a secret.
func (a argument) isFoundSecret(before Values, shown any) bool {
	value, isText := shown.(string)
	return a.HasWriteOnly() && before == nil && isText && !jsonvalue.IsMasked(value) && (jsonvalue.IsSecretURL(value) || redact.Process.IsSecret(value))
}

// writeOnlyFromAPI stores in next the record of a value that a write-only argument holds, not the value itself. ok is false if no write-only
// argument holds the value.
func (a argument) writeOnlyFromAPI(before Values, prior ConfigRecord, next *ConfigRecord, shown any) (ok bool) {
	var record credentials.ArgumentRecord
	switch {
	case a.isFoundSecret(before, shown):
		value, _ := shown.(string)
		record = credentials.NewArgumentRecord(value, value)
	case a.isWriteOnlyIn(before):
		record = prior.WriteOnly[a.Name].AfterRead(shown)
	default:
		return false
	}
	delete(next.Unmanaged, a.Name)
	next.SetWriteOnly(a.Name, record)
	return true
}

// SetWriteOnly stores the record of a write-only argument's value. A zero record removes the stored one.
func (r *ConfigRecord) SetWriteOnly(name string, record credentials.ArgumentRecord) {
	known := maps.Clone(r.WriteOnly)
	delete(known, name)
	if record.Sent != nil {
		if known == nil {
			known = map[string]credentials.ArgumentRecord{}
		}
		known[name] = record
	}
	if len(known) == 0 {
		known = nil
	}
	r.WriteOnly = known
}

// Check returns an error if this provider cannot have written the record.
func (r ConfigRecord) Check() error {
	for _, record := range r.WriteOnly {
		if err := record.Check(); err != nil {
			return err
		}
	}
	return nil
}

// validateWriteOnly rejects a key that is set in both arguments, and warns of a secret in the argument that state stores. The plan, not this
// method, checks that one of the arguments is set, because refreshes and plans with versioned credentials need no secrets.
func (c Connector) validateWriteOnly(v Values) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, a := range c.Arguments {
		if !a.HasWriteOnly() {
			continue
		}
		name, secretName := a.Name, a.WriteOnlyName()
		text, isPlain := blocks.Known(v.Text(name))
		if _, isHidden := blocks.Known(v.Text(secretName)); isPlain && isHidden {
			diags.AddAttributeError(c.BlockPath(), "Conflicting "+name+" and "+secretName,
				fmt.Sprintf("The %[1]s block sets both %[2]s and %[3]s.\n\nIf the value is a secret, keep %[3]s. Otherwise, keep %[2]s, which plan and state store.",
					c.Name, name, secretName))
		}
		if isPlain && jsonvalue.IsSecretURL(text) {
			diags.AddAttributeWarning(blocks.BlockPath, "Argument looks like a secret",
				fmt.Sprintf("%[1]s.%[2]s probably contains a credential, and plan and state store it.\n\nUse %[1]s.%[3]s, which plan and state do not "+
					"store. Moving from url to url_wo updates the destination in place.", c.Name, name, secretName))
		}
	}
	return diags
}
