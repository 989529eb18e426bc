package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
)

// describe makes a diagnostic of an error. It is on the argument that the API names, if it names one.
func describe(doing apidiag.Operation, m model, err error) diag.Diagnostic {
	return m.subject().Failed(doing, err, argumentNamed)
}

// sensitiveValues are the values of free JSON and of fields. Which of them are marked as sensitive, a provider does not see.
func (m model) sensitiveValues() *apidiag.Values {
	found := &apidiag.Values{}
	for _, name := range []string{serializerConfigKey, resolverConfigKey, fieldMapKey, "signal_filter"} {
		found.Add(m[name])
	}
	return found
}

// argumentNamed finds the argument that a message of the API speaks of. Messages may mention others further on, such as those that
// it does not go with, so it is the one that is named first, by its longest name.
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

// header is where a problem with a block as a whole is reported. CLIs point at the first line of a block for something in it that
// is not there.
func header(block string) path.Path { return path.Root(block).AtListIndex(0) }
