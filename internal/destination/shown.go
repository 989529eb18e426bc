package destination

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// shortestValue is the length from which a value is taken out of texts. What is shorter is in many texts by accident.
const shortestValue = 8

// hiddenValue stands where a value stood.
const hiddenValue = "(value not shown)"

// withoutValues takes values that may be sensitive out of a text from outside: the API may quote in an error what it was sent.
func (m *model) withoutValues(text string) string {
	var pairs []string
	values := m.sensitiveValues()
	for _, value := range slices.SortedFunc(maps.Keys(values), longestFirst) {
		pairs = append(pairs, value, values[value])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// longestFirst orders texts so that one comes before what it begins with.
func longestFirst(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }

// sensitiveValues are the URLs, the values of headers and of free JSON, and the templates of the connector, each with what may stand
// in its place.
func (m *model) sensitiveValues() map[string]string {
	found := map[string]string{}
	c, v, ok := m.connector()
	if !ok {
		return found
	}
	note := func(value string) {
		shown := jsonvalue.ShownURL(value)
		if shown == "" {
			shown = hiddenValue
		}
		if len(value) >= shortestValue && shown != value {
			found[value] = shown
		}
	}
	for _, a := range c.arguments {
		switch value := v[a.name].(type) {
		case types.String:
			if a.name == "url" || strings.HasSuffix(a.name, "_template") {
				note(value.ValueString())
			}
		case types.Map:
			for _, element := range value.Elements() {
				text, _ := element.(types.String)
				note(text.ValueString())
			}
		}
	}
	if keys, err := c.otherKeys.keys(v); err == nil {
		eachText(keys, note)
	}
	return found
}

// eachText calls a function with every text in a decoded value.
func eachText(value any, f func(string)) {
	switch value := value.(type) {
	case string:
		f(value)
	case map[string]any:
		for _, inner := range value {
			eachText(inner, f)
		}
	case []any:
		for _, inner := range value {
			eachText(inner, f)
		}
	}
}
