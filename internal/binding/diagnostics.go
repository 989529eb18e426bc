package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
)

// describe returns the diagnostic of a failed operation. If the API's message names an argument, the diagnostic points at this argument.
func describe(doing apidiag.Operation, m model, err error) diag.Diagnostic {
	return m.subject().Failed(doing, err, argumentNamed)
}

// sensitiveValues returns the values of free JSON and of fields. It returns all of them, because providers cannot see which values are marked
// as sensitive.
func (m model) sensitiveValues() *apidiag.Values {
	found := &apidiag.Values{}
	for _, name := range []string{serializerConfigKey, resolverConfigKey, fieldMapKey, "signal_filter"} {
		found.Add(m[name])
	}
	return found
}

// argumentNamed returns the path of the argument that a message of the API names. If the message names several arguments, the first one
// counts, because later ones may only be examples of compatible arguments. Of several names at the same position, the longest counts. ok is
// false if the message names no argument.
func argumentNamed(message string) (at path.Path, ok bool) {
	first, length := len(message), 0
	consider := func(key string, p path.Path) {
		i := apidiag.FindKey(message, key)
		if i >= 0 && (i < first || i == first && len(key) > length) {
			first, length, at, ok = i, len(key), p, true
		}
	}
	for _, name := range append(texts, "is_active") {
		consider(name, path.Root(name))
	}
	for _, a := range arguments {
		consider(a.keyText(), a.path())
		if len(a.key) > 1 {
			consider(a.key[0], blockPath(a.key[0]))
		}
	}
	return at, ok
}

// blockPath returns the path for a diagnostic about a whole block. The configuration has no line for this path, so CLIs point at the first line
// of the block.
func blockPath(block string) path.Path { return path.Root(block).AtListIndex(0) }
