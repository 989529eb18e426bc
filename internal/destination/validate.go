package destination

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// ValidateConfig judges what no single argument can: which blocks go together. What is not known yet is not judged.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.registerSecrets()
	resp.Diagnostics.Append(config.judgeConnectors()...)
	for _, c := range connectors {
		if v, ok := only(config.blocks[c.name]); ok {
			resp.Diagnostics.Append(c.judge(v)...)
		}
	}
}

// judgeConnectors demands exactly one connector block.
func (m *model) judgeConnectors() diag.Diagnostics {
	var diags diag.Diagnostics
	var all []string
	var present []connector
	undecided := false
	for _, c := range connectors {
		all = append(all, c.name)
		if m.blocks[c.name].IsUnknown() {
			undecided = true
		} else if schemas.MayHaveElements(m.blocks[c.name]) {
			present = append(present, c)
		}
	}
	switch {
	case len(present) > 1:
		diags.AddAttributeError(present[1].header(), "More than one connector block",
			fmt.Sprintf("A destination delivers to one place, but there are the blocks %s and %s. Keep one, and make a resource for each of the others.",
				present[0].name, present[1].name))
	case len(present) == 0 && !undecided:
		diags.AddError("No connector block",
			fmt.Sprintf("A destination needs one of the blocks %s.", strings.Join(all, ", ")))
	}
	return diags
}

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
