package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// IsNotFound reports whether the object certainly does not exist in the organization of the API key. Either the API returned a 404
// in its own form and with its own code, or its list could be read and does not contain the object. Any other 404 proves nothing
// about the object, for example a 404 from a gateway or for an unknown path.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Gone
}

// confirmGone returns err, the error of a request for one object, after it has determined whether a 404 means that the object is
// gone. A 404 that does not have the API's form may come from a gateway, so the object is gone only if the list can be read and
// does not contain it. If the list request returns a 404 as well, in any form, no object is gone: the server does not know these
// paths, for example because the base URL has a wrong path.
func (o *collection[T]) confirmGone(ctx context.Context, id string, err error) error {
	var apiErr *Error
	if !errors.As(err, &apiErr) || apiErr.StatusCode != http.StatusNotFound || !validID(id) {
		return err
	}
	var gone bool
	if apiErr.Gone {
		failure := o.snapshot.Failure()
		if failure == nil {
			_, failure = o.snapshot.All(ctx)
		}
		gone = !HasStatus(failure, http.StatusNotFound)
	} else {
		gone = o.listLacks(ctx, id)
	}
	if gone == apiErr.Gone {
		return err
	}
	confirmed := *apiErr
	confirmed.Gone = gone
	return &confirmed
}

// listLacks reports whether the list can be read and does not contain an object. It returns false for an object that this process
// wrote. A cached list is sufficient if it lacks the object. If a cached list contains the object, the list may be out of date and
// is read again.
func (o *collection[T]) listLacks(ctx context.Context, id string) bool {
	if o.snapshot.IsOwn(id) {
		return false // the list may not contain it yet
	}
	for _, list := range []func(context.Context) ([]T, error){o.snapshot.All, o.snapshot.Fresh} {
		all, err := list(ctx)
		if err != nil {
			return false
		}
		if !slices.ContainsFunc(all, func(listed T) bool { return text.SameID(listed.id(), id) }) {
			return true
		}
	}
	return false
}

// isNotFoundCode reports whether a code is the API's for an object that does not exist: not_found in its reference pages,
// RESOURCE_NOT_FOUND in its SDK. Other codes, such as NotFound or a number, come from gateways.
//
// API docs: Get / Update / Delete / Test.
func isNotFoundCode(raw json.RawMessage) bool {
	var code string
	if json.Unmarshal(raw, &code) != nil {
		return false
	}
	return strings.EqualFold(code, "not_found") || strings.EqualFold(code, "resource_not_found")
}

// isAboutPath reports whether a message says that the path does not exist, rather than the object. It recognizes the default
// message of common web frameworks.
func isAboutPath(message string) bool {
	rest, isDefault := strings.CutPrefix(message, "Cannot ")
	method, _, ok := strings.Cut(rest, " /")
	return isDefault && ok && method == strings.ToUpper(method)
}
