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

// source is a resource of another provider, as the CLI shows it.
type source struct {
	provider string // its address, such as "registry.terraform.io/mastercard/restapi"
	typeName string
	raw      []byte // its attributes in JSON
}

// shape is where the state of a generic resource has what it manages. The first attribute that has something decides. None is a secret,
// and none is quoted.
type shape struct {
	provider, typeName string // the last part of the address, which forks share, and the type

	// ids have a UUID, or a path or URL that ends with one. response has an object in JSON with an id.
	ids      []string
	response string

	// paths have the path or URL of the API's list, or of the object.
	paths []string
}

// The shapes are those of the public documentation: [Mastercard/restapi], [magodo/restful] and [devops-rob/terracurl], whose id is a name.
//
// [Mastercard/restapi]: https://registry.terraform.io/providers/Mastercard/restapi/latest/docs/resources/object
// [magodo/restful]: https://registry.terraform.io/providers/magodo/restful/latest/docs/resources/resource
// [devops-rob/terracurl]: https://registry.terraform.io/providers/devops-rob/terracurl/latest/docs/resources/request
var shapes = []shape{
	{provider: "restapi", typeName: "restapi_object", ids: []string{"id"}, paths: []string{"path"}},
	{provider: "restful", typeName: "restful_resource", ids: []string{"id"}, paths: []string{"id", "path"}},
	{provider: "terracurl", typeName: "terracurl_request", response: "response", ids: []string{"read_url", "destroy_url", "url"}, paths: []string{"url"}},
}

// lookAlike is the shape of the resources of other providers that are made in the same way.
var lookAlike = shape{ids: []string{"id"}, paths: []string{"path", "url", "uri", "endpoint", "id"}}

const supported = "restapi_object (Mastercard/restapi), restful_resource (magodo/restful), terracurl_request (devops-rob/terracurl), and other " +
	"resources whose state has the UUID in id, and the API's path in path, url, uri or endpoint"

// problem is what is wrong with a source, and what to do about it, in sentences. id is the UUID in the source's state; empty if it has none.
type problem struct{ id, cause, next string }

// withID tells the source from others of its type: CLIs print no address with an error of a move.
func (p problem) withID() string {
	if p.id == "" {
		return ""
	}
	return ", with the id " + p.id
}

// find returns the id of the object that a source manages, or why it cannot be moved to the resource of a noun.
func find(noun string, s source) (id string, wrong *problem) {
	known, ok := s.shape()
	unsupported := &problem{
		cause: fmt.Sprintf("Its state does not show that it manages a delivery %s. Supported are %s.", noun, supported),
		next: fmt.Sprintf("If it does manage one, import the %s: replace the moved block by an import block with the id, and by a removed block for the source "+
			"with destroy = false.", noun),
	}
	var attributes map[string]json.RawMessage
	if json.Unmarshal(s.raw, &attributes) != nil {
		return "", unsupported
	}
	collection, id := known.read(attributes, noun+"s")
	unsupported.id = id
	switch {
	case collection == "" || !ok && id == "":
		return "", unsupported
	case collection != noun+"s":
		return "", &problem{
			id, fmt.Sprintf("Its state says that it manages one of the API's delivery %s, not a %s.", collection, noun),
			"Change the moved block, so that it names the resource for these.",
		}
	case id == "":
		return "", &problem{"", fmt.Sprintf("Its state has no id of a delivery %s, which is a UUID.", noun), unsupported.next}
	}
	return id, nil
}

// shape returns the shape of a source, and whether it is a known one.
func (s source) shape() (shape, bool) {
	for _, known := range shapes {
		if known.typeName == s.typeName && known.provider == path.Base(s.provider) {
			return known, true
		}
	}
	return lookAlike, false
}

// read returns the collection of the API and the id that a state names; each is empty if the state does not have it. wanted is the
// collection of what the source is moved to.
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

// textOf returns an attribute that is a text; empty if it is something else.
func textOf(attribute json.RawMessage) string {
	var value string
	_ = json.Unmarshal(attribute, &value) // leaves it empty
	return value
}

func withoutQuery(reference string) string {
	parsed, err := url.Parse(reference)
	if err != nil {
		return ""
	}
	return parsed.Path
}

// collections are the paths of the API's lists. Providers may have the beginning in their configuration.
var collections = regexp.MustCompile(`^(?:.*/)?delivery/([a-z_]+)$`)

// collectionIn returns the collection that a path or URL is of, such as "destinations"; empty if it is none of the API's. A path that has
// nothing but the collection is of the wanted one only.
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
