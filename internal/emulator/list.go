package emulator

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
)

type listBody[B any] struct {
	Data       []B         `json:"data"`
	Pagination *pagination `json:"pagination,omitempty"`
}

// pagination is the cursor block that other lists of the API have (section 9.6).
type pagination struct {
	Total      int     `json:"total"`
	Limit      int     `json:"limit"`
	HasMore    bool    `json:"has_more"`
	NextCursor *string `json:"next_cursor"`
}

// listReply answers a list in the form that b asks for (U-11). Items are in ascending order of their serials, so a cursor
// keeps its place when items come and go.
func listReply[T, B any](b Behaviour, query url.Values, items []T, serial func(T) int, body func(T) B) (reply, *apiError) {
	shown := listBody[B]{Data: []B{}}
	if b.ListPageSize > 0 && !b.ListBareArray {
		after, ok := cursorPosition(query.Get("cursor"))
		if !ok {
			return reply{}, badRequest("cursor is not one of this list")
		}
		var onPage []T
		onPage, shown.Pagination = page(items, serial, after, b.ListPageSize)
		items = onPage
	}
	for _, item := range items {
		shown.Data = append(shown.Data, body(item))
	}
	if b.ListBareArray {
		return jsonReply(http.StatusOK, shown.Data), nil
	}
	return jsonReply(http.StatusOK, shown), nil
}

// page is the first size items after a serial.
func page[T any](items []T, serial func(T) int, after, size int) ([]T, *pagination) {
	block := &pagination{Total: len(items), Limit: size}
	for len(items) > 0 && serial(items[0]) <= after {
		items = items[1:]
	}
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

// cursorPosition is the serial that a cursor stands after: 0, before the first item, for no cursor.
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
