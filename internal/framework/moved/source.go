package moved

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// source is a resource of a different provider, as CLIs pass it to MoveResourceState.
type source struct {
	provider string // address of the provider, such as "registry.terraform.io/mastercard/restapi"
	typeName string
	raw      []byte // attributes in JSON
}

// shape names the attributes of a generic resource that identify its object in the API. If several attributes have a usable value, the first
// one counts. None of these attributes is a secret, and no message quotes their values.
type shape struct {
	provider string // last part of the provider address, which forks share
	typeName string

	// ids are attributes that hold a UUID, or a path or URL that ends with a UUID. response is an attribute that holds a JSON object with an
	// id.
	ids      []string
	response string

	// paths are attributes that hold the path or URL of the API's list or of the object.
	paths []string
}

// shapes follow the documentation of [Mastercard/restapi], [magodo/restful] and [devops-rob/terracurl]. The id of a terracurl_request is a
// name, so the ID of its object comes from the response or a URL.
//
// [Mastercard/restapi]: https://registry.terraform.io/providers/Mastercard/restapi/latest/docs/resources/object
// [magodo/restful]: https://registry.terraform.io/providers/magodo/restful/latest/docs/resources/resource
// [devops-rob/terracurl]: https://registry.terraform.io/providers/devops-rob/terracurl/latest/docs/resources/request
var shapes = []shape{
	{provider: "restapi", typeName: "restapi_object", ids: []string{"id"}, paths: []string{"path"}},
	{provider: "restful", typeName: "restful_resource", ids: []string{"id"}, paths: []string{"id", "path"}},
	{provider: "terracurl", typeName: "terracurl_request", response: "response", ids: []string{"read_url", "destroy_url", "url"}, paths: []string{"url"}},
}

// genericShape is the shape of all other resources.
var genericShape = shape{ids: []string{"id"}, paths: []string{"path", "url", "uri", "endpoint", "id"}}

const supported = "restapi_object (Mastercard/restapi), restful_resource (magodo/restful), terracurl_request (devops-rob/terracurl), and other " +
	"resources whose state has the UUID in id, and the API's path in path, url, uri or endpoint"

// problem explains in sentences why a source cannot be moved, and the next step. id is the UUID of the API's object in the state, or empty.
type problem struct{ id, cause, next string }

// withID returns the text that distinguishes the source from others of its type, because CLIs print no address with an error of a move.
func (p problem) withID() string {
	if p.id == "" {
		return ""
	}
	return ", with the ID " + p.id
}

// find returns the ID of the API's object that a source manages, or a problem if the source cannot be moved. noun is the name of the target
// resource in messages.
func find(noun string, s source) (id string, wrong *problem) {
	known, ok := s.shape()
	unsupported := &problem{
		cause: fmt.Sprintf("Its state does not contain a delivery %s in a supported form. Supported resources: %s.", noun, supported),
		next: fmt.Sprintf("If the source manages a delivery %[1]s, import the %[1]s instead. Replace the moved block with an import block that has the ID, and a removed "+
			"block for the source with destroy = false.", noun),
	}
	var attributes map[string]json.RawMessage
	if json.Unmarshal(s.raw, &attributes) != nil {
		return "", unsupported
	}
	collection, id := known.read(attributes, noun+"s")
	switch {
	case collection == "" || !ok && id == "":
		return "", unsupported
	case collection != noun+"s":
		return "", &problem{
			id, fmt.Sprintf("According to its state, it manages one of the delivery %s, not a delivery %s.", collection, noun),
			"Change the target of the moved block to the resource for delivery " + collection + ".",
		}
	case id == "":
		return "", &problem{"", fmt.Sprintf("Its state contains no ID of a delivery %s. IDs are UUIDs.", noun), unsupported.next}
	}
	return id, nil
}

// shape returns the shape of a source, and whether the shape is in shapes.
func (s source) shape() (shape, bool) {
	for _, known := range shapes {
		if known.typeName == s.typeName && known.provider == path.Base(s.provider) {
			return known, true
		}
	}
	return genericShape, false
}

// read returns the API collection in a state, such as "destinations", and the object's ID. Each is "" if the state does not contain it. wanted
// is the collection of the target resource.
func (s shape) read(attributes map[string]json.RawMessage, wanted string) (collection, id string) {
	if s.response != "" {
		var object struct{ ID string }
		if json.Unmarshal([]byte(textOf(attributes[s.response])), &object) == nil && text.IsID(object.ID) {
			id = text.ID(object.ID)
		}
	}
	for _, name := range s.ids {
		if last := path.Base(withoutQuery(textOf(attributes[name]))); id == "" && text.IsID(last) {
			id = text.ID(last)
		}
	}
	for _, name := range s.paths {
		if collection == "" {
			collection = collectionIn(textOf(attributes[name]), wanted)
		}
	}
	return collection, id
}

// textOf returns the value of a string attribute, or "" for a different type.
func textOf(attribute json.RawMessage) string {
	var value string
	_ = json.Unmarshal(attribute, &value) // an error leaves value empty
	return value
}

func withoutQuery(reference string) string {
	parsed, err := url.Parse(reference)
	if err != nil {
		return ""
	}
	return parsed.Path
}

// collections matches the paths of the API's lists. Any prefix may precede "delivery/", because the configuration of a generic provider may
// contain the beginning of the path.
var collections = regexp.MustCompile(`^(?:.*/)?delivery/([a-z_]+)$`)

// collectionIn returns the API collection in a path or URL, such as "destinations"; "" if it contains none. A path without "delivery/", such
// as "/destinations", counts only if its collection is wanted.
func collectionIn(reference, wanted string) string {
	list := strings.TrimSuffix(withoutQuery(reference), "/")
	if last := path.Base(list); text.IsID(last) || strings.ContainsAny(last, "{$") { // an object, or a template of its path
		list = strings.TrimSuffix(list, "/"+last)
	}
	if found := collections.FindStringSubmatch(list); found != nil {
		return found[1]
	}
	if strings.TrimPrefix(list, "/") == wanted && !strings.Contains(reference, "//") {
		return wanted
	}
	return ""
}
