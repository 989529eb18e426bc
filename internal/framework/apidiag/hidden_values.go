package apidiag

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// Values holds the values of arguments that users may have marked as sensitive, because providers cannot see these marks. The zero value is
// empty and ready to use. It is not safe for concurrent use.
type Values struct{ hidden jsonvalue.Hidden }

// Add adds every string in an argument. In an argument that is a JSON object, it adds every string in that object.
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

// TakenOutOf returns text with the values redacted. It is for messages of the API, which may quote stored values. The client has already
// redacted quotes of the request.
func (v *Values) TakenOutOf(text string) string { return v.hidden.TakenOutOf(text) }
