package emulator

import (
	"bytes"
	"net/http"
)

var catalogRoutes = []route{
	{opCatalog, http.MethodGet, "/v1/delivery/catalog/signals", catalogOf("event_type", signalItems)},
	{opCatalog, http.MethodGet, "/v1/delivery/catalog/deliverables", catalogOf("type", deliverableItems)},
	{opCatalog, http.MethodGet, "/v1/delivery/catalog/serializers", catalogOf("format", serializerItems)},
	{opCatalog, http.MethodGet, "/v1/delivery/catalog/connectors", catalogOf("type", connectorItems)},
}

// catalogItem is one entry of a catalog, without the envelope.
type catalogItem struct {
	name string
	// says is encoded as an object with the fields of the SDK's model, except the name. With CatalogWrapped, this object is under
	// "capabilities".
	says any
	// besides is encoded as an object as well. With CatalogWrapped, its fields are beside "capabilities".
	besides any
}

// catalogOf returns an endpoint for a catalog. key is the key of an item's name.
func catalogOf(key string, items func(Behavior) []catalogItem) endpoint {
	return func(e *Emulator, _ *call) (reply, *apiError) {
		return jsonReply(http.StatusOK, catalog(e.behavior.Catalog, key, items(e.behavior))), nil
	}
}

// catalog returns items in an envelope. The API docs do not describe the envelope.
func catalog(form CatalogEnvelope, key string, items []catalogItem) any {
	if form == CatalogNamed {
		key = "name"
	}
	var (
		list   []members
		byName = map[string]members{}
	)
	for _, item := range items {
		says := item.says
		if form == CatalogWrapped {
			says = fields{"capabilities": says}
		}
		list = append(list, members{fields{key: item.name}, says, item.besides})
		byName[item.name] = members{says, item.besides}
	}

	switch form {
	case CatalogBareArray:
		return list
	case CatalogByType:
		return byName
	case CatalogByTypeUnderData:
		return fields{"data": byName}
	case CatalogNames:
		return fields{"data": itemNames(items)}
	default:
		return fields{"data": list}
	}
}

func itemNames(items []catalogItem) []string {
	var list []string
	for _, item := range items {
		list = append(list, item.name)
	}
	return list
}

// members is encoded as one object that has the members of all elements, in order. Nil elements have no members.
type members []any

func (m members) MarshalJSON() ([]byte, error) {
	var all [][]byte
	for _, object := range m {
		encoding, err := encoded(object)
		if err != nil {
			return nil, err
		}
		if inside := bytes.TrimSuffix(bytes.TrimPrefix(encoding, []byte("{")), []byte("}")); object != nil && len(inside) > 0 {
			all = append(all, inside)
		}
	}
	return append(append([]byte("{"), bytes.Join(all, []byte(","))...), '}'), nil
}
