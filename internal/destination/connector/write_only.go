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

// orWriteOnly gives a required argument a write-only one beside it, <name>_wo, for values that are secrets. Exactly one of the two has
// to be there. The write-only one is not marked as sensitive, because Terraform 1.11 ends plan -refresh-only -detailed-exitcode with 2 at
// random where a block has two sensitive arguments, used or not.
func (a argument) orWriteOnly(description string, rules ...validator.String) argument {
	attribute, _ := a.Attribute.(schema.StringAttribute)
	attribute.Required, attribute.Optional = false, true
	writeOnly := secret(description, rules...)
	writeOnly.Sensitive = false
	a.Attribute, a.writeOnly = attribute, writeOnly
	return a
}

// HasWriteOnly reports whether there is a write-only argument that may hold the key instead.
func (a argument) HasWriteOnly() bool { return a.writeOnly != nil }

// WriteOnlyName is the name of the write-only argument that may hold the key instead.
func (a argument) WriteOnlyName() string { return a.Name + WriteOnlySuffix }

// IsRequired reports whether the key has to be there, in whichever of its arguments.
func (a argument) IsRequired() bool { return a.Attribute.IsRequired() || a.HasWriteOnly() }

// isWriteOnlyIn reports whether a block of a plan or a state has the key in the write-only argument, whose value it does not hold.
func (a argument) isWriteOnlyIn(v Values) bool {
	return a.HasWriteOnly() && v != nil && isNull(v[a.Name])
}

func isNull(value attr.Value) bool { return value == nil || value.IsNull() }

// WriteOnlyNames are the keys of config that a write-only argument may hold.
func (c Connector) WriteOnlyNames() []string {
	var names []string
	for _, a := range c.Arguments {
		if a.HasWriteOnly() {
			names = append(names, a.Name)
		}
	}
	return names
}

// WriteOnlyValue is the value of the write-only argument of a key in the configuration.
func WriteOnlyValue(v Values, name string) types.String { return v.Text(name + WriteOnlySuffix) }

// HoldsPlainly reports whether a block has a value for a key in the argument that is kept in state, or may turn out to.
func HoldsPlainly(v Values, name string) bool { return !isNull(v[name]) }

// Comparable returns what the API shows of config in the form in which it is compared with what a block holds, nil after an import. raw has
// what repeats a secret, shown does not. A value is as in raw if a write-only argument holds it, or if it is what the block
// holds or what the API showed before: secrets of other destinations may have a part in common with it.
func (c Connector) Comparable(before Values, prior ConfigRecord, shown, raw Config) Config {
	compared := maps.Clone(shown)
	if c.learnSecrets(before, raw) {
		compared, _ = redact.Process.Value(compared).(Config) // it may be under other keys, too
	}
	for _, a := range c.Arguments {
		value, there := raw[a.Name]
		if !a.HasWriteOnly() || !there {
			continue
		}
		last, differed := prior.Shown[a.Name]
		held := ToWire(before[a.Name])
		if before == nil || a.isWriteOnlyIn(before) || jsonvalue.Equal(value, held) || differed && jsonvalue.Equal(value, last) {
			compared[a.Name] = value
		}
	}
	return compared
}

// learnSecrets makes the values known that the API shows for write-only arguments. ok is false if there are none. What the block holds is in
// state, so it is no secret.
func (c Connector) learnSecrets(before Values, raw Config) (ok bool) {
	for _, a := range c.Arguments {
		value, isText := raw[a.Name].(string)
		if !isText || !a.isWriteOnlyIn(before) && !a.isFoundSecret(before, value) {
			continue
		}
		if held, err := c.Config(before); err == nil { // else it is refused by the argument's validator
			redact.Process.AddPublicValue(held)
		}
		RegisterSecret(value)
		ok = true
	}
	return ok
}

// RegisterSecret makes a value of a write-only argument known to the register of this process, but for the scheme and the host of a URL.
func RegisterSecret(value string) {
	redact.Process.AddPublic(jsonvalue.ShownURL(value))
	redact.Process.Add(value)
}

// isFoundSecret reports whether a value that an import finds belongs into the write-only argument: it is a secret by its form, or one
// that this process knows.
func (a argument) isFoundSecret(before Values, shown any) bool {
	value, isText := shown.(string)
	return a.HasWriteOnly() && before == nil && isText && (jsonvalue.IsSecretURL(value) || redact.Process.IsSecret(value))
}

// writeOnlyFromAPI keeps a value that a write-only argument holds out of the record. ok is false if it is not held so.
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

// SetWriteOnly sets what is known of the value of a write-only argument. A record without any is left out.
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

// Check returns an error if the provider cannot have written the record.
func (r ConfigRecord) Check() error {
	for _, record := range r.WriteOnly {
		if err := record.Check(); err != nil {
			return err
		}
	}
	return nil
}

// validateWriteOnly refuses both arguments of a key, and warns of a secret in the one that is kept in state. That there is none is judged in
// the plan, since a refresh, and a plan with pinned credentials, may have no secrets.
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
				fmt.Sprintf("The %[1]s block has both %[2]s and %[3]s. Keep %[3]s if the value is a secret, and %[2]s if it may be in plan and state.",
					c.Name, name, secretName))
		}
		if isPlain && jsonvalue.IsSecretURL(text) {
			diags.AddAttributeWarning(blocks.BlockPath, "Argument looks like a secret",
				fmt.Sprintf("%[1]s.%[2]s looks like a URL that holds a credential, and its value is kept in plan and state. Use %[1]s.%[3]s, whose value is in "+
					"neither. The change is an update in place.", c.Name, name, secretName))
		}
	}
	return diags
}
