package connector

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// Validate validates the arguments and blocks of one connector together.
func (c Connector) Validate(v Values) diag.Diagnostics {
	var diags diag.Diagnostics
	at := c.Path()

	var present []string
	for _, block := range c.Credentials {
		if list := v.List(block.Name); !list.IsUnknown() && blocks.MayBePresent(list) {
			present = append(present, block.Name)
		}
	}
	if len(present) > 1 {
		diags.AddAttributeError(c.BlockPath(), "More than one credential block",
			fmt.Sprintf("A destination has at most one credential block, but the configuration has %s.\n\nKeep one of them.", strings.Join(present, " and ")))
	}
	for _, block := range c.Credentials {
		if inner, ok := BlockValues(v.List(block.Name)); ok {
			diags.Append(c.validateCredentials(block, inner)...)
		}
	}
	diags.Append(c.validateOwnBlock(v)...)
	diags.Append(c.validateWriteOnly(v)...)
	diags.Append(c.validateHeaders(v)...)
	keys, err := c.OtherKeys.keys(v)
	if err != nil {
		return diags // the argument's own validator reports it
	}
	diags.Append(c.validateFreeJSON(keys)...)
	for _, a := range c.Arguments {
		if _, twice := keys[a.Name]; twice {
			diags.AddAttributeError(at.AtName(c.OtherKeys.Name), "Conflicting key",
				fmt.Sprintf("%s contains the key %q, which the argument %s.%s sets.\n\nRemove the key, and set the argument.", c.OtherKeys.Name, a.Name, c.Name, a.Name))
		}
	}
	return diags
}

// validateCredentials validates the arguments of a credential block together. Its diagnostics do not point at lines that may hold a
// secret.
func (c Connector) validateCredentials(block credentialBlock, v Values) diag.Diagnostics {
	var diags diag.Diagnostics
	if block.isEmpty(v) {
		diags.AddAttributeError(c.BlockPath(), "Credentials are empty",
			fmt.Sprintf("The %s block has neither a user name nor a password.\n\nSet at least one of them, or remove the block.", block.Name))
	}
	for _, a := range block.Arguments {
		text, ok := blocks.Known(v.Text(a.Name))
		if !a.Merged || !ok {
			continue
		}
		keys, _ := jsonvalue.ParseObject(text) // the argument's own validator reports the error
		for _, owner := range block.Arguments {
			if _, twice := keys[owner.Key()]; twice && !owner.Merged {
				diags.AddAttributeError(c.BlockPath(), "Conflicting key",
					fmt.Sprintf("%s.%s contains the key %q, which the argument %s sets.\n\nRemove the key, and set the argument.", block.Name, a.Name, owner.Key(), owner.Name))
			}
		}
	}
	return diags
}
