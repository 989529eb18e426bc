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

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

const (
	// maxList limits the total size of all pages of a list, in bytes. A list of 10,000 destinations has about 10 MB.
	maxList = 64 << 20

	// maxPages limits the number of requests for a list, because an API may return new pages without end.
	maxPages = 4096
)

// pageSizes are the limits to request, from the largest that the API documents for paged lists down to one that most APIs accept.
//
// API docs: Pagination.
var pageSizes = [...]int{500, 100}

var (
	errListTooLarge = errors.New("it is larger than 64 MiB")
	errListTooLong  = fmt.Errorf("it has more than %d pages", maxPages)
	errListGrows    = errors.New("the API reports more objects than it returns")
	errListShrinks  = errors.New("objects were deleted while it was read, so later pages may lack other objects")
	errListCircles  = errors.New("its pages repeat")
)

// IncompleteListError reports that a list cannot be read to its end, although every response was a success.
type IncompleteListError struct {
	Path      string
	RequestID string // of the last response; may be empty
	Cause     error
}

func (e *IncompleteListError) Error() string {
	text := "GET " + e.Path + ": the list is incomplete: " + e.Cause.Error()
	if e.RequestID != "" {
		text += " [request ID " + e.RequestID + "]"
	}
	return text
}

func (e *IncompleteListError) Unwrap() error { return e.Cause }

// pageLimit counts how many of [pageSizes] the API rejects, so that each is tried only once. It is safe for concurrent use.
type pageLimit struct{ refused atomic.Int32 }

// list returns the whole list, which may have any of the forms of [page]. A list without pages costs one request without a query.
// If the first page shows that there are more, list reads the others with the largest page size that the API allows. If it cannot
// read the list to its end, it returns an [*IncompleteListError], so that callers do not mistake a part for the whole. It returns
// an object once, even if the object occurs twice because the list changed meanwhile.
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

// listed is an item of a list.
type listed interface{ id() string }

// Selection holds the objects that were selected from a list.
type Selection[T any] struct {
	Objects []T

	// Total is the number of objects from which the selection was made, or nil if the API does not return it and the list was not
	// read to its end.
	Total *int
}

// choice defines which objects of a list are kept. The zero value keeps all objects, in the order of the list.
type choice[T any] struct {
	matches func(T) bool     // selects the objects to count; nil: all
	order   func(a, b T) int // nil: the order of the list
	most    int              // maximum number to keep, in that order; 0: all
}

// listing is a list that is being read. It holds the selected objects and one page.
type listing[T listed] struct {
	client *Client
	path   string
	pages  *pageLimit
	query  url.Values // of every request; nil: none
	choice[T]

	largestPage int           // largest page to request; 0: as large as the API allows
	check       func(T) error // returns an error if an object does not match the query; nil: accept all

	objects    []T
	count      int // number of objects that match
	ids        map[string]bool
	last       T    // last object that was read
	disordered bool // the objects are not in the order of choice
	size       int
	pagesRead  int
	total      *int   // from the last page that contains it; nil: none
	requestID  string // of the last page
}

// read reads a list with pages. If the list changed while it was read, it reads the list once more.
func (l *listing[T]) read(ctx context.Context, pages func(context.Context) error) error {
	for again := false; ; again = true {
		l.objects, l.count, l.ids, l.disordered, l.size, l.pagesRead, l.total = nil, 0, map[string]bool{}, false, 0, 0, nil
		err := pages(ctx)
		if again || !errors.Is(err, errListGrows) && !errors.Is(err, errListShrinks) {
			return err
		}
	}
}

// whole reads the list to its end.
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

// first reads pages until it has the first objects in the selected order. If the API returns the list in that order, first reads
// only the pages that it needs, otherwise all pages. isWhole reports that the list was read to its end.
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
			return l.total == nil || len(l.ids) >= *l.total, nil // objects may have been added during the read
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

// followPages reads pages by number. If its limit differs from that of the first page, it starts again at page 1.
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

// pageWithLimit reads a page of the needed size, or of the largest size that the API allows. If the API rejects all limits, it
// requests a page without a limit.
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
			refused++ // it would request the same size
		}
	}
}

// pageSize returns the limit to request if the API rejects the first refused elements of [pageSizes]. 0 means no limit.
func (l *listing[T]) pageSize(refused int32) int {
	switch {
	case refused >= int32(len(pageSizes)):
		return 0
	case l.largestPage == 0:
		return pageSizes[refused]
	}
	return min(l.largestPage, pageSizes[refused])
}

// page reads one page and takes its objects. fresh is the number of objects that no earlier page contained.
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
				return fmt.Errorf(`item %d of the list has no valid "id"`, len(l.ids)+i)
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

// take keeps the selected objects of a page. fresh is the number of objects that no earlier page contained.
func (l *listing[T]) take(items []T) (fresh int) {
	for _, item := range items {
		if l.ids[text.ID(item.id())] {
			continue
		}
		if l.order != nil && len(l.ids) > 0 && l.order(l.last, item) > 0 {
			l.disordered = true
		}
		l.ids[text.ID(item.id())] = true
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
