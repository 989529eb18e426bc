package acctest

import "github.com/hashicorp/terraform-plugin-go/tftypes"

// Configured converts given to a value of type t, as in a configuration. Objects and blocks are given as map[string]any, maps as
// map[string]string, and lists of texts as []string. Omitted attributes become null, and omitted blocks are absent.
func Configured(t tftypes.Type, given any) tftypes.Value {
	switch t := t.(type) {
	case tftypes.Object:
		arguments, ok := given.(map[string]any)
		if !ok {
			return tftypes.NewValue(t, nil)
		}
		attributes := map[string]tftypes.Value{}
		for name, inner := range t.AttributeTypes {
			attributes[name] = Configured(inner, arguments[name])
		}
		return tftypes.NewValue(t, attributes)
	case tftypes.List:
		if _, isBlock := t.ElementType.(tftypes.Object); !isBlock {
			texts, ok := given.([]string)
			if !ok {
				return tftypes.NewValue(t, given)
			}
			elements := []tftypes.Value{}
			for _, text := range texts {
				elements = append(elements, tftypes.NewValue(t.ElementType, text))
			}
			return tftypes.NewValue(t, elements)
		}
		elements := []tftypes.Value{}
		if given != nil {
			elements = append(elements, Configured(t.ElementType, given)) // a block, of which there is at most one
		}
		return tftypes.NewValue(t, elements)
	case tftypes.Map:
		entries, ok := given.(map[string]string)
		if !ok {
			return tftypes.NewValue(t, nil)
		}
		elements := map[string]tftypes.Value{}
		for key, value := range entries {
			elements[key] = tftypes.NewValue(t.ElementType, value)
		}
		return tftypes.NewValue(t, elements)
	}
	return tftypes.NewValue(t, given)
}
