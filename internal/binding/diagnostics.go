package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
)

// describe returns the diagnostic of a failed operation. It is on the argument that the API's message names, if it names one.
func describe(doing apidiag.Operation, m model, err error) diag.Diagnostic {
	return m.subject().Failed(doing, err, argumentNamed)
}

// sensitiveValues returns the values of free JSON and of fields. It returns all of them, because providers do not see which are marked as
// sensitive.
func (m model) sensitiveValues() *apidiag.Values {
	found := &apidiag.Values{}
	for _, name := range []string{serializerConfigKey, resolverConfigKey, fieldMapKey, "signal_filter"} {
		found.Add(m[name])
	}
	return found
}

// argumentNamed returns the path of the argument that a message of the API names. A message may also name other arguments later, such as
// ones that are not compatible, so the first one counts; of several names at the same place, the longest counts. ok is false if the
// message names none.
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
			consider(a.key[0], header(a.key[0]))
		}
	}
	return at, ok
}

// header returns the path for a diagnostic about a block as a whole. The block itself has no such line, so CLIs point at its first line.
func header(block string) path.Path { return path.Root(block).AtListIndex(0) }
