package talonic

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/talonicdev/terraform-provider-talonic/internal/gather"
)

// object is what the API keeps under an id: a [Destination] or a [Binding].
type object interface {
	// check judges whether what was decoded is such an object at all.
	check() error

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
	creates  creations
	snapshot *gather.Reader[T]
}

func newCollection[T object](c *Client, noun, path string) *collection[T] {
	o := &collection[T]{client: c, noun: noun, path: path}
	o.snapshot = gather.NewReader(gather.Source[T]{
		Get: func(ctx context.Context, id string) (T, error) {
			got, err := o.get(ctx, id)
			if err != nil {
				var none T
				return none, err
			}
			return *got, nil
		},
		List:       o.list,
		ID:         T.id,
		Newer:      func(a, b T) bool { return a.updatedAt() > b.updatedAt() }, // one format, and UTC
		Conclusive: isConclusive,
		Gone:       IsNotFound,
	})
	return o
}

// pathOf is the path of one object.
func (o *collection[T]) pathOf(id string) string { return o.path + "/" + url.PathEscape(id) }

// checkID judges whether what was decoded is the object that was asked for.
func (o *collection[T]) checkID(got T, id string) error {
	if err := got.check(); err != nil {
		return err
	}
	if got.id() != id {
		return fmt.Errorf("it is another %s, %s", o.noun, got.id())
	}
	return nil
}

func (o *collection[T]) list(ctx context.Context) ([]T, error) { return list[T](ctx, o.client, o.path) }

func (o *collection[T]) get(ctx context.Context, id string) (*T, error) {
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

// read is get, or a list that many reads share.
func (o *collection[T]) read(ctx context.Context, id string) (*T, error) {
	got, err := o.snapshot.Read(ctx, id)
	if err != nil {
		return nil, err
	}
	return &got, nil
}

// lookUp is read, perhaps in a reading that others were shown as well.
func (o *collection[T]) lookUp(ctx context.Context, id string) (*T, error) {
	got, err := o.snapshot.Look(ctx, id)
	if err != nil {
		return nil, err
	}
	return &got, nil
}

// lookUpAll is list, or one that was made for others.
func (o *collection[T]) lookUpAll(ctx context.Context) ([]T, error) { return o.snapshot.All(ctx) }

// update writes a change and returns the object as it is afterwards.
func (o *collection[T]) update(ctx context.Context, id string, change payload) (*T, error) {
	var got T
	err := o.client.send(ctx, call{
		method:  http.MethodPut,
		path:    o.pathOf(id),
		body:    change,
		secrets: change.secrets(),
		public:  []any{id, change.public()},
		// The contract does not rule out an answer without a body.
		mayBeEmpty: true,
		result:     &got,
		check:      func() error { return o.checkID(got, id) },
	})
	if err != nil {
		return nil, err
	}
	updated := &got
	if got.id() == "" {
		if updated, err = o.get(ctx, id); err != nil {
			return nil, err
		}
	}
	o.snapshot.Wrote(*updated)
	return updated, nil
}

// delete deletes an object. One that is gone already is a success.
func (o *collection[T]) delete(ctx context.Context, id string) error {
	err := o.client.send(ctx, call{method: http.MethodDelete, path: o.pathOf(id)})
	if err != nil && !IsNotFound(err) {
		return err
	}
	o.snapshot.Deleted(id)
	return nil
}
