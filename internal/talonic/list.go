package talonic

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
)

const (
	// maxList limits what is read of a list, all pages together. 10,000 destinations have about 10 MB.
	maxList = 64 << 20
)

// pageSizes are the limits to ask for, from the largest that the API documents for lists in pages down to one that most APIs accept.
var pageSizes = [...]int{500, 100}

var (
	errListTooLarge = errors.New("the list is larger than 64 MiB")
	errListGrows    = errors.New("it says that there are more objects, but does not show them")
	errListShrinks  = errors.New("objects were deleted while it was read, so that later pages may lack others")
	errListCircles  = errors.New("its pages go in a circle: one shows nothing new")
)

// IncompleteListError is a list that cannot be read to its end, although every response to it was a success.
type IncompleteListError struct {
	Path      string
	RequestID string // of the last response; may be empty
	Cause     error
}

func (e *IncompleteListError) Error() string {
	text := "GET " + e.Path + ": the list cannot be read to its end: " + e.Cause.Error()
	if e.RequestID != "" {
		text += " [request id " + e.RequestID + "]"
	}
	return text
}

func (e *IncompleteListError) Unwrap() error { return e.Cause }

// pageLimit remembers how many of [pageSizes] the API refuses, so that each is asked for once only. It is safe for concurrent use.
type pageLimit struct{ refused atomic.Int32 }

// list reads the whole list, in whatever form it comes; see [page]. One that comes whole costs one request without a query. Once a
// page shows that there are more, the rest is read in pages as large as the API allows. A list that cannot be read to its end is
// an error: a part must not be taken for all there is. An object that comes twice, because the list changed while it was read, is in
// the result once.
func (o *collection[T]) list(ctx context.Context) ([]T, error) {
	for again := false; ; again = true {
		l := listing[T]{collection: o, ids: map[string]bool{}}
		err := l.read(ctx)
		if (errors.Is(err, errListGrows) || errors.Is(err, errListShrinks)) && !again {
			continue // it may have changed while it was read
		}
		if err != nil {
			return nil, err
		}
		for id := range l.ids {
			o.client.account.known.note(id, o.client.now())
		}
		return l.objects, nil
	}
}

// listing is a list that is being read.
type listing[T object] struct {
	collection *collection[T]
	objects    []T
	ids        map[string]bool
	size       int
	total      *int   // as the last page says; nil: none did
	requestID  string // of the last page
}

func (l *listing[T]) read(ctx context.Context) error {
	first, _, err := l.page(ctx, nil)
	if err != nil {
		return err
	}
	switch {
	case first.cursor != "":
		err = l.followCursor(ctx, first.cursor)
	case first.hasMore(len(l.ids)):
		err = l.followPages(ctx)
	}
	if err == nil && l.total != nil && len(l.ids) < *l.total {
		return l.unreadable(errListGrows)
	}
	return err
}

// followCursor reads the pages after the first.
func (l *listing[T]) followCursor(ctx context.Context, cursor string) error {
	for cursor != "" {
		p, fresh, err := l.pageWithLimit(ctx, url.Values{"cursor": {cursor}})
		if err != nil {
			return err
		}
		if fresh == 0 && p.cursor != "" {
			return l.unreadable(errListCircles)
		}
		cursor = p.cursor
	}
	return nil
}

// followPages reads pages by their numbers. With another limit than that of the first page, numbers begin anew.
func (l *listing[T]) followPages(ctx context.Context) error {
	number := 1
	if l.collection.pages.refused.Load() == int32(len(pageSizes)) {
		number = 2
	}
	for ; ; number++ {
		p, fresh, err := l.pageWithLimit(ctx, url.Values{"page": {strconv.Itoa(number)}})
		switch {
		case err != nil:
			return err
		case !p.hasMore(len(l.ids)):
			return nil
		case fresh == 0 && number > 1:
			return l.unreadable(errListGrows)
		}
	}
}

func (l *listing[T]) unreadable(why error) error {
	return &IncompleteListError{Path: l.collection.path, RequestID: l.requestID, Cause: why}
}

// pageWithLimit reads a page that is as large as the API allows. Where it refuses all limits, a page is as large as it likes.
func (l *listing[T]) pageWithLimit(ctx context.Context, query url.Values) (p page[T], fresh int, err error) {
	o := l.collection
	for refused := o.pages.refused.Load(); ; refused++ {
		sized, isLast := maps.Clone(query), refused >= int32(len(pageSizes))
		if !isLast {
			sized.Set("limit", strconv.Itoa(pageSizes[refused]))
		}
		p, fresh, err = l.page(ctx, sized)
		isRefused := HasStatus(err, http.StatusBadRequest) || HasStatus(err, http.StatusUnprocessableEntity)
		if err == nil {
			o.pages.refused.Store(refused)
		}
		if isLast || !isRefused {
			return p, fresh, err
		}
	}
}

// page reads one page and takes its objects; fresh is how many of them were not known.
func (l *listing[T]) page(ctx context.Context, query url.Values) (p page[T], fresh int, err error) {
	r := call{method: http.MethodGet, path: l.collection.path, result: &p, answered: func(id string) { l.requestID = id }}
	if len(query) > 0 {
		r.path += "?" + query.Encode()
	}
	r.check = func() error {
		for i, item := range p.items {
			if !validID(item.id()) {
				return fmt.Errorf(`item %d of the list has no "id", or none that can be one`, len(l.ids)+i)
			}
		}
		return nil
	}
	if err := l.collection.client.send(ctx, r); err != nil {
		return p, 0, err
	}
	if l.size += p.size; l.size > l.collection.client.maxList {
		return p, 0, l.unreadable(errListTooLarge)
	}
	for _, item := range p.items {
		if !l.ids[item.id()] {
			l.ids[item.id()] = true
			l.objects = append(l.objects, item)
			fresh++
		}
	}
	if p.total != nil {
		if l.total != nil && *p.total < *l.total {
			return p, 0, l.unreadable(errListShrinks)
		}
		l.total = p.total
	}
	return p, fresh, nil
}
