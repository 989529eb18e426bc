package talonic

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"
)

const (
	// maxList limits what is read of a list, all pages together. 10,000 destinations have about 10 MB.
	maxList = 64 << 20

	// maxPages limits how many requests a list takes: an API may have a next page for ever, each with something new.
	maxPages = 4096
)

// pageSizes are the limits to ask for, from the largest that the API documents for lists in pages down to one that most APIs accept.
var pageSizes = [...]int{500, 100}

var (
	errListTooLarge = errors.New("the list is larger than 64 MiB")
	errListTooLong  = fmt.Errorf("it has more than %d pages", maxPages)
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
	l := &listing[T]{client: o.client, path: o.path, pages: &o.pages}
	if err := l.read(ctx, l.whole); err != nil {
		return nil, err
	}
	for id := range l.ids {
		o.client.account.known.note(id, o.client.now())
	}
	return l.objects, nil
}

// listed is what lists have: something with an id.
type listed interface{ id() string }

// Selection is what was chosen from a list.
type Selection[T any] struct {
	Objects []T

	// Total is how many the choice was made from; nil if the API does not say and the list was not read to its end.
	Total *int
}

// choice is what is kept of a list. The zero value keeps everything in the order in which it comes.
type choice[T any] struct {
	matches func(T) bool     // what is counted; nil: everything
	order   func(a, b T) int // nil: as it comes
	most    int              // the first so many in that order; 0: all
}

// listing is a list that is being read. Of its objects, it holds those that are chosen, and one page.
type listing[T listed] struct {
	client *Client
	path   string
	pages  *pageLimit
	query  url.Values // of every request; nil: none
	choice[T]

	largestPage int           // that is asked for; 0: as the API allows
	check       func(T) error // what makes an object another thing than was asked for; nil: nothing

	objects    []T
	count      int // of the objects that match
	ids        map[string]bool
	last       T    // that was read
	disordered bool // an object came after one that it should have come before
	size       int
	pagesRead  int
	total      *int   // as the last page says; nil: none did
	requestID  string // of the last page
}

// read reads a list, and reads it again if it changed meanwhile.
func (l *listing[T]) read(ctx context.Context, pages func(context.Context) error) error {
	for again := false; ; again = true {
		l.objects, l.count, l.ids, l.disordered, l.size, l.pagesRead, l.total = nil, 0, map[string]bool{}, false, 0, 0, nil
		err := pages(ctx)
		if again || !errors.Is(err, errListGrows) && !errors.Is(err, errListShrinks) {
			return err
		}
	}
}

// whole reads all pages.
func (l *listing[T]) whole(ctx context.Context) error {
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

// first reads pages until the first objects of the chosen order are there: only as many as are wanted, as long as the list comes in that
// order, and else all. isWhole reports that the list was read to its end.
func (l *listing[T]) first(ctx context.Context) (isWhole bool, err error) {
	var cursor string
	for number := 1; ; number++ {
		query := url.Values{}
		switch {
		case cursor != "":
			query.Set("cursor", cursor)
		case number > 1:
			query.Set("page", strconv.Itoa(number))
		}
		p, fresh, err := l.pageWithLimit(ctx, query)
		switch {
		case err != nil:
			return false, err
		case p.cursor == "" && (cursor != "" || !p.hasMore(len(l.ids))):
			return l.total == nil || len(l.ids) >= *l.total, nil // objects may have come while it was read
		case !l.disordered && l.count >= l.most:
			return false, nil
		case fresh == 0 && number > 1:
			return false, l.unreadable(errListCircles)
		}
		cursor = p.cursor
	}
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
	if l.pages.refused.Load() == int32(len(pageSizes)) {
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
	return &IncompleteListError{Path: l.path, RequestID: l.requestID, Cause: why}
}

// pageWithLimit reads a page that is as large as the API allows, or as is wanted. Where the API refuses all limits, a page is as large as
// it likes.
func (l *listing[T]) pageWithLimit(ctx context.Context, query url.Values) (p page[T], fresh int, err error) {
	for refused := l.pages.refused.Load(); ; refused++ {
		sized, isLast := maps.Clone(query), refused >= int32(len(pageSizes))
		if !isLast {
			sized.Set("limit", strconv.Itoa(l.pageSize(refused)))
		}
		p, fresh, err = l.page(ctx, sized)
		isRefused := HasStatus(err, http.StatusBadRequest) || HasStatus(err, http.StatusUnprocessableEntity)
		if err == nil {
			l.pages.refused.Store(refused)
		}
		if isLast || !isRefused {
			return p, fresh, err
		}
		if l.pageSize(refused) == l.pageSize(refused+1) {
			refused++ // which would ask for the same
		}
	}
}

// pageSize is the limit to ask for where the API refuses so many of [pageSizes]; 0: none.
func (l *listing[T]) pageSize(refused int32) int {
	switch {
	case refused >= int32(len(pageSizes)):
		return 0
	case l.largestPage == 0:
		return pageSizes[refused]
	}
	return min(l.largestPage, pageSizes[refused])
}

// page reads one page and takes its objects; fresh is how many of them were not known.
func (l *listing[T]) page(ctx context.Context, query url.Values) (p page[T], fresh int, err error) {
	r := call{method: http.MethodGet, path: l.path, result: &p, answered: func(id string) { l.requestID = id }}
	all := maps.Clone(l.query)
	if all == nil {
		all = url.Values{}
	}
	maps.Copy(all, query)
	if len(all) > 0 {
		r.path += "?" + all.Encode()
	}
	r.check = func() error {
		for i, item := range p.items {
			if !validID(item.id()) {
				return fmt.Errorf(`item %d of the list has no "id", or none that can be one`, len(l.ids)+i)
			}
			if l.check == nil {
				continue
			}
			if err := l.check(item); err != nil {
				return fmt.Errorf("item %d of the list %w", len(l.ids)+i, err)
			}
		}
		return nil
	}
	if err := l.client.send(ctx, r); err != nil {
		return p, 0, err
	}
	if l.size += p.size; l.size > l.client.maxList {
		return p, 0, l.unreadable(errListTooLarge)
	}
	if l.pagesRead++; l.pagesRead > maxPages {
		return p, 0, l.unreadable(errListTooLong)
	}
	fresh = l.take(p.items)
	if p.total != nil {
		if l.total != nil && *p.total < *l.total {
			return p, 0, l.unreadable(errListShrinks)
		}
		l.total = p.total
	}
	return p, fresh, nil
}

// take keeps what is chosen of the objects of a page; fresh is how many of them were not known.
func (l *listing[T]) take(items []T) (fresh int) {
	for _, item := range items {
		if l.ids[item.id()] {
			continue
		}
		if l.order != nil && len(l.ids) > 0 && l.order(l.last, item) > 0 {
			l.disordered = true
		}
		l.ids[item.id()] = true
		l.last = item
		fresh++
		if l.matches == nil || l.matches(item) {
			l.objects = append(l.objects, item)
			l.count++
		}
	}
	if l.order != nil {
		slices.SortStableFunc(l.objects, l.order)
	}
	if l.most > 0 && len(l.objects) > l.most {
		clear(l.objects[l.most:])
		l.objects = l.objects[:l.most]
	}
	return fresh
}
