package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// IsNotFound reports whether it is certain that there is no such object for this API key's organization: the API said so in its own
// form and with its own code, or its list could be read and does not show the object. Any other 404, such as that of a gateway or of
// an API that does not know the path, says nothing about the object.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Gone
}

// confirmGone returns the error of a request for one object. A 404 that is not in the API's own form may be that of a gateway.
// Then the object is gone only if a list succeeds and does not show it. If the response to the list is a 404 as well, nothing is gone, in
// whatever form: what answers does not know these paths. The base URL may have a path too many, for example.
func (o *collection[T]) confirmGone(ctx context.Context, id string, err error) error {
	var said *Error
	if !errors.As(err, &said) || said.StatusCode != http.StatusNotFound || !validID(id) {
		return err
	}
	var gone bool
	if said.Gone {
		failure := o.snapshot.Failure()
		if failure == nil {
			_, failure = o.snapshot.All(ctx)
		}
		gone = !HasStatus(failure, http.StatusNotFound)
	} else {
		gone = o.listLacks(ctx, id)
	}
	if gone == said.Gone {
		return err
	}
	confirmed := *said
	confirmed.Gone = gone
	return &confirmed
}

// listLacks reports whether the list can be read and does not show an object that this process did not write itself. A list that was
// read before will do if it lacks the object. If it shows it, that may be out of date.
func (o *collection[T]) listLacks(ctx context.Context, id string) bool {
	if o.snapshot.IsOwn(id) {
		return false // the list may not show it yet
	}
	for _, list := range []func(context.Context) ([]T, error){o.snapshot.All, o.snapshot.Fresh} {
		all, err := list(ctx)
		if err != nil {
			return false
		}
		if !slices.ContainsFunc(all, func(listed T) bool { return listed.id() == id }) {
			return true
		}
	}
	return false
}

// isNotFoundCode tells the API's codes for an object that does not exist: not_found of its reference pages, RESOURCE_NOT_FOUND of
// its SDK. Others, such as NotFound or a number, are those of gateways.
func isNotFoundCode(raw json.RawMessage) bool {
	var code string
	if json.Unmarshal(raw, &code) != nil {
		return false
	}
	return strings.EqualFold(code, "not_found") || strings.EqualFold(code, "resource_not_found")
}

// isAboutPath reports whether a message says that there is no such path, rather than no such object: the default of servers of the
// API's kind.
func isAboutPath(message string) bool {
	rest, isDefault := strings.CutPrefix(message, "Cannot ")
	method, _, ok := strings.Cut(rest, " /")
	return isDefault && ok && method == strings.ToUpper(method)
}
