package talonic

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic/readcache"
)

// object is what the API keeps under an id: a [Destination] or a [Binding].
type object interface {
	// check returns an error unless what was decoded is such an object. Lists may have others in them, which need an id only.
	check() error

	// isPartial reports whether the API showed only a part of the object.
	isPartial() bool

	id() string
	createdAt() string
	updatedAt() string
}

// payload is what a request writes, sent as JSON.
type payload interface {
	// secrets lists what of it must not appear in any text.
	secrets() []string

	// public is what of it the API may show again.
	public() any
}

// collection is all objects of one kind at the API. What can be done with one kind can be done with another, in the same way.
type collection[T object] struct {
	client   *Client
	noun     string // what texts call one of the objects
	path     string // of the list
	pages    pageLimit
	isTwin   func(a, b T) bool // whether two objects show the same
	snapshot *readcache.Reader[T]
}

func newCollection[T object](c *Client, noun, path string, isTwin func(a, b T) bool) *collection[T] {
	o := &collection[T]{client: c, noun: noun, path: path, isTwin: isTwin}
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
		Newer:      func(a, b T) bool { return a.updatedAt() > b.updatedAt() }, // one format, and UTC
		Odd:        func(listed T) bool { return listed.check() != nil },
		Partial:    T.isPartial,
		Conclusive: isConclusive,
		Gone:       IsNotFound,
	})
	return o
}

// pathOf is the path of one object; see [validID].
func (o *collection[T]) pathOf(id string) string { return o.path + "/" + url.PathEscape(id) }

// checkID returns an error unless what was decoded is the object that was asked for.
func (o *collection[T]) checkID(got T, id string) error {
	if err := got.check(); err != nil {
		return err
	}
	if got.id() != id {
		return fmt.Errorf("it is another %s", o.noun)
	}
	return nil
}

// fetch reads one object by itself.
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

// get is fetch, and finds out what a 404 means.
func (o *collection[T]) get(ctx context.Context, id string) (*T, error) {
	o.know(id)
	got, err := o.fetch(ctx, id)
	return got, o.confirmGone(ctx, id, err)
}

// read is get, or a list that many reads share.
func (o *collection[T]) read(ctx context.Context, id string) (*T, error) {
	o.know(id)
	got, err := o.snapshot.Read(ctx, id)
	if err != nil {
		return nil, o.confirmGone(ctx, id, err)
	}
	return &got, nil
}

// lookUp is read, perhaps in a reading that others were shown as well.
func (o *collection[T]) lookUp(ctx context.Context, id string) (*T, error) {
	got, err := o.snapshot.Cached(ctx, id)
	if err != nil {
		return nil, o.confirmGone(ctx, id, err)
	}
	return &got, nil
}

// lookUpAll is list, or one that was made for others.
func (o *collection[T]) lookUpAll(ctx context.Context) ([]T, error) { return o.snapshot.All(ctx) }

// know takes note that an object is known by its id: callers have ids from a state or a configuration.
func (o *collection[T]) know(id string) { o.client.account.known.note(id, time.Time{}) }

// update writes a change and returns the object as it is afterwards.
func (o *collection[T]) update(ctx context.Context, id string, change payload) (*T, error) {
	o.know(id)
	var got T
	err := o.client.send(ctx, call{
		method:  http.MethodPut,
		path:    o.pathOf(id),
		body:    change,
		secrets: change.secrets(),
		public:  []any{id, change.public()},
		// The contract does not rule out a response without a body.
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
			return nil, err
		}
	}
	o.snapshot.Put(*updated)
	return updated, nil
}

// delete deletes an object. The error for one that is gone already satisfies [IsNotFound].
func (o *collection[T]) delete(ctx context.Context, id string) error {
	o.know(id)
	var answer deletion
	err := o.client.send(ctx, call{
		method:     http.MethodDelete,
		path:       o.pathOf(id),
		mayBeEmpty: true,
		mayBeText:  true,
		result:     &answer,
		check:      func() error { return answer.check(id, "deleted") },
	})
	if err == nil && !answer.isClear("deleted") {
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

// confirmDeleted reads an object after a DELETE whose success does not say that it was deleted.
func (o *collection[T]) confirmDeleted(ctx context.Context, id string) error {
	_, err := o.fetch(ctx, id)
	switch err = o.confirmGone(ctx, id, err); {
	case err == nil:
		return fmt.Errorf("DELETE %s: the API reported a success without saying that the %s was deleted, and it is still there", o.pathOf(id), o.noun)
	case IsNotFound(err):
		return nil
	}
	return err
}
