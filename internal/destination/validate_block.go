package destination

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// judge judges the blocks and arguments of one connector together.
func (c connector) judge(v values) diag.Diagnostics {
	var diags diag.Diagnostics
	at := c.path()

	var present []string
	for _, block := range c.credentials {
		if list := v.list(block.name); !list.IsUnknown() && schemas.MayHaveElements(list) {
			present = append(present, block.name)
		}
	}
	if len(present) > 1 {
		diags.AddAttributeError(c.header(), "More than one credential block",
			fmt.Sprintf("A destination authenticates in one way, but there are the blocks %s. Keep one.", strings.Join(present, " and ")))
	}
	for _, block := range c.credentials {
		if inner, ok := only(v.list(block.name)); ok {
			diags.Append(c.judgeCredentials(block, inner)...)
		}
	}
	if apiType, ok := schemas.Known(c.apiType(v)); ok && c.typeArgument != "" && connectorFor(apiType).typeArgument == "" {
		diags.AddAttributeError(at.AtName(c.typeArgument), "Connector type has a block of its own",
			fmt.Sprintf("Use the %[1]s block in place of %[2]s { %[3]s = %[1]q }. Keys of config that it has no argument for go into its "+
				"additional_config.", apiType, c.name, c.typeArgument))
	}
	diags.Append(c.judgeHeaders(v)...)
	keys, err := c.otherKeys.keys(v)
	if err != nil {
		return diags // reported by the argument's own validator
	}
	diags.Append(c.judgeFreeJSON(keys)...)
	for _, a := range c.arguments {
		if _, twice := keys[a.name]; twice {
			diags.AddAttributeError(at.AtName(c.otherKeys.name), "Key has an argument of its own",
				fmt.Sprintf("%s holds the key %q, which the argument %s.%s owns. Use the argument.", c.otherKeys.name, a.name, c.name, a.name))
		}
	}
	return diags
}

// judgeCredentials judges the arguments of a credential block together. It points at no line that may hold a secret.
func (c connector) judgeCredentials(block credentialBlock, v values) diag.Diagnostics {
	var diags diag.Diagnostics
	if block.isEmpty(v) {
		diags.AddAttributeError(c.header(), "Credentials are empty",
			fmt.Sprintf("The %s block has neither a user name nor a password. Set one of them, or remove the block.", block.name))
	}
	for _, a := range block.arguments {
		text, ok := schemas.Known(v.text(a.name))
		if !a.merged || !ok {
			continue
		}
		keys, _ := jsonvalue.ParseObject(text) // reported by the argument's own validator
		for _, owner := range block.arguments {
			if _, twice := keys[owner.key()]; twice && !owner.merged {
				diags.AddAttributeError(c.header(), "Key has an argument of its own",
					fmt.Sprintf("%s.%s holds the key %q, which the argument %s owns. Use the argument.", block.name, a.name, owner.key(), owner.name))
			}
		}
	}
	return diags
}
