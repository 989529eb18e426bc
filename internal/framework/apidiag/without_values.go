package apidiag

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// Values are those of arguments that a user may have marked as sensitive, which a provider does not see. The zero value has none.
type Values struct{ hidden jsonvalue.Hidden }

// Add adds every text in an argument, and in an argument that is a JSON object, every text in that.
func (v *Values) Add(argument attr.Value) {
	switch argument := argument.(type) {
	case types.String:
		text := argument.ValueString()
		v.hidden.Add(text)
		if object, err := jsonvalue.ParseObject(text); err == nil {
			v.hidden.Add(object)
		}
	case types.List:
		for _, element := range argument.Elements() {
			v.Add(element)
		}
	case types.Map:
		for _, element := range argument.Elements() {
			v.Add(element)
		}
	case types.Object:
		for name, element := range argument.Attributes() {
			if !jsonvalue.IsShownKey(name) {
				v.Add(element)
			}
		}
	}
}

// TakenOutOf returns a text from outside without the values: the API may quote what it has stored. What it quotes of a request is taken
// out by the client already.
func (v *Values) TakenOutOf(text string) string { return v.hidden.TakenOutOf(text) }
