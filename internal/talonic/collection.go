package talonic

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic/readcache"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// object is a type that the API stores under an ID: a [Destination] or a [Binding].
type object interface {
	// check returns an error if the decoded value lacks a field that every such object has. Lists may contain invalid objects, as
	// long as they have an ID.
	check() error

	// isPartial reports whether the API returned only a part of the object.
	isPartial() bool

	id() string
	createdAt() string
	updatedAt() string
}

// payload is the body of a write, sent as JSON.
type payload interface {
	// secrets returns the values that no text may contain.
	secrets() []string

	// public returns the parts that are not secret, so a response that repeats them is not redacted.
	public() any
}

// collection gives access to all objects of one kind. Every kind supports the same operations in the same way.
type collection[T object] struct {
	client      *Client
	noun        string // name of one object in messages
	path        string // of the list
	pages       pageLimit
	isDuplicate func(a, b T) bool // reports whether two objects have the same values
	snapshot    *readcache.Reader[T]
}

func newCollection[T object](c *Client, noun, path string, isDuplicate func(a, b T) bool) *collection[T] {
	o := &collection[T]{client: c, noun: noun, path: path, isDuplicate: isDuplicate}
	o.snapshot = readcache.NewReader(readcache.Source[T]{
		Get: func(ctx context.Context, id string) (T, error) {
			got, err := o.fetch(ctx, id)
			if err != nil {
				var none T
				return none, err
			}
			return *got, nil
		},
		List:       o.list,
		ID:         T.id,
		Newer:      func(a, b T) bool { return a.updatedAt() > b.updatedAt() }, // all times have one format and are in UTC
		Odd:        func(listed T) bool { return listed.check() != nil },
		Partial:    T.isPartial,
		Conclusive: isConclusive,
		Gone:       IsNotFound,
	})
	return o
}

// pathOf returns the path of one object; see [validID].
func (o *collection[T]) pathOf(id string) string { return o.path + "/" + url.PathEscape(id) }

// checkID returns an error unless the decoded object is the one that was requested.
func (o *collection[T]) checkID(got T, id string) error {
	if err := got.check(); err != nil {
		return err
	}
	if !text.SameID(got.id(), id) {
		return fmt.Errorf("it describes a different %s", o.noun)
	}
	return nil
}

// fetch sends one GET request for one object.
func (o *collection[T]) fetch(ctx context.Context, id string) (*T, error) {
	var got T
	err := o.client.send(ctx, call{
		method: http.MethodGet,
		path:   o.pathOf(id),
		result: &got,
		check:  func() error { return o.checkID(got, id) },
	})
	if err != nil {
		return nil, err
	}
	return &got, nil
}

// get is like fetch, but determines whether a 404 means that the object is gone; see [collection.confirmGone].
func (o *collection[T]) get(ctx context.Context, id string) (*T, error) {
	o.know(id)
	got, err := o.fetch(ctx, id)
	return got, o.confirmGone(ctx, id, err)
}

// read is like get, but concurrent reads share one list request. A listed object answers only one read; the next read of
// the same ID sends a request.
func (o *collection[T]) read(ctx context.Context, id string) (*T, error) {
	o.know(id)
	got, err := o.snapshot.Read(ctx, id)
	if err != nil {
		return nil, o.confirmGone(ctx, id, err)
	}
	return &got, nil
}

// cached is like read, but may return a snapshot that other callers have seen.
func (o *collection[T]) cached(ctx context.Context, id string) (*T, error) {
	got, err := o.snapshot.Cached(ctx, id)
	if err != nil {
		return nil, o.confirmGone(ctx, id, err)
	}
	return &got, nil
}

// cachedAll is like list, but may return a snapshot that other callers have seen.
func (o *collection[T]) cachedAll(ctx context.Context) ([]T, error) { return o.snapshot.All(ctx) }

// know records that an object existed before, because callers have its ID from state or from a configuration.
func (o *collection[T]) know(id string) { o.client.account.known.note(id, time.Time{}) }

// update writes a change and returns the updated object. If it does not exist, the error satisfies [IsNotFound]. If the API accepted
// the change, but the object cannot be read, the error is an [*AcceptedError].
func (o *collection[T]) update(ctx context.Context, id string, change payload) (*T, error) {
	o.know(id)
	var got T
	err := o.client.send(ctx, call{
		method:  http.MethodPut,
		path:    o.pathOf(id),
		body:    change,
		secrets: change.secrets(),
		public:  []any{id, change.public()},
		// The API docs do not rule out a response without a body.
		mayBeEmpty: true,
		result:     &got,
		check:      func() error { return o.checkID(got, id) },
	})
	if err != nil {
		return nil, o.confirmGone(ctx, id, err)
	}
	updated := &got
	if got.id() == "" {
		if updated, err = o.get(ctx, id); err != nil {
			return nil, accepted(http.MethodPut, o.pathOf(id), err)
		}
	}
	o.snapshot.Put(*updated)
	return updated, nil
}

// delete deletes an object. If the object no longer exists, the error satisfies [IsNotFound]. If the API accepted the delete, but
// the object still exists, the error is a [*StillExistsError]; if the client cannot tell, it is an [*AcceptedError].
func (o *collection[T]) delete(ctx context.Context, id string) error {
	o.know(id)
	var response deletion
	err := o.client.send(ctx, call{
		method:     http.MethodDelete,
		path:       o.pathOf(id),
		mayBeEmpty: true,
		mayBeText:  true,
		result:     &response,
		check:      func() error { return response.check(id, "deleted") },
	})
	if err == nil && !response.isClear("deleted") {
		err = o.confirmDeleted(ctx, id)
	} else {
		err = o.confirmGone(ctx, id, err)
	}
	if err != nil && !IsNotFound(err) {
		return err
	}
	o.client.account.known.claim(id)
	o.snapshot.Evict(id)
	return err
}

// confirmDeleted reads an object after a successful DELETE whose body does not say that the object was deleted. It returns nil if
// the object is gone.
func (o *collection[T]) confirmDeleted(ctx context.Context, id string) error {
	_, err := o.fetch(ctx, id)
	switch err = o.confirmGone(ctx, id, err); {
	case err == nil:
		return &StillExistsError{Path: o.pathOf(id), Noun: o.noun}
	case IsNotFound(err):
		return nil
	}
	return accepted(http.MethodDelete, o.pathOf(id), err)
}

// accepted returns the error of a write that the API accepted, after which the object could not be read. If the object does not
// exist, the error satisfies [IsNotFound].
func accepted(method, path string, err error) error {
	if IsNotFound(err) {
		return err
	}
	return &AcceptedError{Method: method, Path: path, Err: err}
}
