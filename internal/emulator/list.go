package emulator

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
)

type listBody[B any] struct {
	Data       []B         `json:"data"`
	Pagination *pagination `json:"pagination,omitempty"`
}

// pagination is the cursor block from other lists of the API.
//
// API docs: Pagination.
type pagination struct {
	Total      int     `json:"total"`
	Limit      int     `json:"limit"`
	HasMore    bool    `json:"has_more"`
	NextCursor *string `json:"next_cursor"`
}

// numberedBody is the form of the older guide to paging.
//
// API docs: Pagination.
type numberedBody[B any] struct {
	Data  []B       `json:"data"`
	Total int       `json:"total"`
	Links listLinks `json:"links"`
}

type listLinks struct {
	Self string `json:"self"`
}

// itemsBody is the form of the delivery history.
//
// API docs: Delivery History.
type itemsBody[B any] struct {
	Items []B `json:"items"`
	Total int `json:"total"`
}

const (
	defaultPageSize = 20 // default size of a numbered page
	usualMaxLimit   = 500
)

// listReply returns a list in the form that b selects. items must be sorted by serial, so that a cursor keeps its position when
// items are added or removed; a page number does not. The caller has already filtered the items by the query parameters in
// filters.
func listReply[T, B any](
	b Behavior, asked *url.URL, items []T, serial func(T) int, body func(T) B, filters ...string,
) (reply, *apiError) {
	query := asked.Query()
	if refused := unknownQuery(b, query, filters); refused != nil {
		return reply{}, refused
	}
	total, size := len(items), b.pageSize()
	var block *pagination
	if size > 0 {
		limit, refused := b.limit(query, size)
		if refused != nil {
			return reply{}, refused
		}
		size = limit
		if b.ListForm == ListData {
			items, block, refused = cursorPage(items, serial, query, size)
		} else {
			items, refused = numberedPage(items, query, size)
		}
		if refused != nil {
			return reply{}, refused
		}
	}
	shown := []B{}
	for _, item := range items {
		shown = append(shown, body(item))
	}
	switch {
	case b.ListBareArray:
		return jsonReply(http.StatusOK, shown), nil
	case b.ListForm == ListNumbered:
		return jsonReply(http.StatusOK, numberedBody[B]{shown, total, listLinks{asked.RequestURI()}}), nil
	case b.ListForm == ListItems:
		return jsonReply(http.StatusOK, itemsBody[B]{shown, total}), nil
	}
	return jsonReply(http.StatusOK, listBody[B]{shown, block}), nil
}

// pageSize returns the number of items on a page for a request without ?limit=, or 0 if there are no pages.
func (b Behavior) pageSize() int {
	switch {
	case b.ListBareArray:
		return 0
	case b.ListPageSize == 0 && b.ListForm == ListNumbered:
		return defaultPageSize
	}
	return b.ListPageSize
}

// unknownQuery rejects query parameters that a list does not have.
func unknownQuery(b Behavior, query url.Values, filters []string) *apiError {
	var known []string
	switch {
	case !b.RefuseUnknownQuery:
		return nil
	case b.pageSize() == 0:
	case b.ListForm == ListData:
		known = []string{"cursor", "limit", "order"}
	default:
		known = []string{"page", "limit"}
	}
	for name := range query {
		if !slices.Contains(known, name) && !slices.Contains(filters, name) {
			return badRequest("property " + name + " should not exist")
		}
	}
	return nil
}

// limit returns the page size that a query requests, or usual if the query has no limit.
func (b Behavior) limit(query url.Values, usual int) (int, *apiError) {
	if !query.Has("limit") || b.ListLimit == LimitIgnored {
		return usual, nil
	}
	most := b.ListMaxLimit
	if most == 0 {
		most = usualMaxLimit
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit < 1 {
		return 0, badRequest("limit must be a positive integer")
	}
	if limit > most && b.ListLimit == LimitRefused {
		return 0, badRequest(fmt.Sprintf("limit must not be greater than %d", most))
	}
	return min(limit, most), nil
}

func numberedPage[T any](items []T, query url.Values, size int) ([]T, *apiError) {
	number := 1
	if query.Has("page") {
		var err error
		if number, err = strconv.Atoi(query.Get("page")); err != nil || number < 1 {
			return nil, badRequest("page must be a positive integer")
		}
	}
	begin := min(len(items), (number-1)*size)
	return items[begin:min(len(items), begin+size)], nil
}

func cursorPage[T any](items []T, serial func(T) int, query url.Values, size int) ([]T, *pagination, *apiError) {
	after, ok := cursorPosition(query.Get("cursor"))
	if !ok {
		return nil, nil, badRequest("cursor is not one of this list")
	}
	items, block := page(items, serial, after, size)
	return items, block, nil
}

// page returns the first size items after a serial.
func page[T any](items []T, serial func(T) int, after, size int) ([]T, *pagination) {
	block := &pagination{Total: len(items), Limit: size}
	items = items[sort.Search(len(items), func(i int) bool { return serial(items[i]) > after }):]
	if len(items) > size {
		items = items[:size]
		next := cursorAfter(serial(items[size-1]))
		block.HasMore, block.NextCursor = true, &next
	}
	return items, block
}

func cursorAfter(serial int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "after:%d", serial))
}

// cursorPosition returns the serial of the last item before a cursor. For an empty cursor, it returns 0, because all items come
// after it.
func cursorPosition(cursor string) (serial int, ok bool) {
	if cursor == "" {
		return 0, true
	}
	position, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return 0, false
	}
	n, err := fmt.Sscanf(string(position), "after:%d", &serial)
	return serial, err == nil && n == 1
}
