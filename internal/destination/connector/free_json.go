package connector

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// validateFreeJSON returns errors about masked values in free JSON, and warnings about keys that look like a credential or like a misspelled
// argument. It quotes only keys, no values.
func (c Connector) validateFreeJSON(keys Config) diag.Diagnostics {
	var diags diag.Diagnostics
	where := "a credential block"
	if c.AnyCredentials != "" {
		where = c.AnyCredentials
	}
	for _, key := range credentialsIn("", keys) {
		diags.AddAttributeWarning(blocks.BlockPath, "Key looks like a credential",
			fmt.Sprintf("%s.%s contains the key %q. State stores its value, and the API may return it.\n\nUse %s instead. State does not store its secrets, and the API does not return them.",
				c.Name, c.OtherKeys.Name, key, where))
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if jsonvalue.ContainsMask(keys[key]) {
			diags.AddAttributeError(blocks.BlockPath, "Value is masked",
				fmt.Sprintf("In %s.%s, the value of the key %q contains a mask. The API or the provider shows it instead of the real value.\n\nReplace the "+
					"mask with the real value. To remove the key at the API, remove it from the configuration.", c.Name, c.OtherKeys.Name, key))
		}
		if meant := c.argumentLike(key); meant != "" {
			diags.AddAttributeWarning(blocks.BlockPath, "Key looks like an argument",
				fmt.Sprintf("%s.%s contains the key %q, which the API may ignore. Did you mean the argument %q?", c.Name, c.OtherKeys.Name, key, meant))
		}
	}
	return diags
}

// credentialsIn returns the paths of the keys of an object, at any depth, whose names are those of credentials.
func credentialsIn(prefix string, object Config) []string {
	var found []string
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if object[key] != nil && IsCredentialName(key) {
			found = append(found, prefix+key)
			continue
		}
		switch inner := object[key].(type) {
		case Config:
			found = append(found, credentialsIn(prefix+key+".", inner)...)
		case []any:
			for i, item := range inner {
				if item, ok := item.(Config); ok {
					found = append(found, credentialsIn(fmt.Sprintf("%s%s.%d.", prefix, key, i), item)...)
				}
			}
		}
	}
	return found
}

// argumentLike returns the argument whose name is similar to key; empty if there is none, or if the names are equal.
func (c Connector) argumentLike(key string) string {
	const shortest = 6 // shorter names are too similar to other words
	plain := func(name string) string {
		return strings.TrimSuffix(strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name)), "s")
	}
	given := plain(key)
	for _, a := range c.Arguments {
		name := plain(a.Name)
		if a.Name != key && (name == given || len(name) >= shortest && levenshtein.Distance(name, given, nil) == 1) {
			return a.Name
		}
	}
	return ""
}
