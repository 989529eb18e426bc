package talonic

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// list reads all pages of a list: {"data": [...]}, a bare array, or pages linked by a cursor. An item that is not such an object
// spoils the whole list: half a list must not be taken for all there is. An item that comes again, because the list changed
// while it was read, is in the result once.
func list[T object](ctx context.Context, c *Client, path string) ([]T, error) {
	var all []T
	known := map[string]bool{}
	for cursor := ""; ; {
		var (
			p     page[T]
			fresh []T
		)
		r := call{method: http.MethodGet, path: path, result: &p}
		if cursor != "" {
			r.path += "?cursor=" + url.QueryEscape(cursor)
		}
		r.check = func() error {
			for i, item := range p.Data {
				if err := item.check(); err != nil {
					return fmt.Errorf("item %d of the list: %w", len(all)+i, err)
				}
				if !known[item.id()] {
					known[item.id()] = true
					fresh = append(fresh, item)
				}
			}
			switch {
			case p.Pagination.HasMore && p.Pagination.NextCursor == "":
				return errors.New("it has more pages, but does not say where")
			case p.Pagination.HasMore && len(fresh) == 0:
				return errors.New("its pages go in a circle: one brings nothing new")
			}
			return nil
		}
		if err := c.send(ctx, r); err != nil {
			return nil, err
		}
		all = append(all, fresh...)
		if !p.Pagination.HasMore {
			return all, nil
		}
		cursor = p.Pagination.NextCursor
	}
}

// page is one answer to a list request.
type page[T any] struct {
	Data       []T
	Pagination struct {
		HasMore    bool   `json:"has_more"`
		NextCursor string `json:"next_cursor"`
	}
}

// UnmarshalJSON accepts a bare array as a page.
func (p *page[T]) UnmarshalJSON(body []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		return decodeJSON(body, &p.Data)
	}
	var object struct {
		Data       *[]T `json:"data"`
		Pagination any  `json:"pagination"`
	}
	object.Pagination = &p.Pagination
	if err := decodeJSON(body, &object); err != nil {
		return err
	}
	if object.Data == nil {
		return errors.New(`there is no "data"`)
	}
	p.Data = *object.Data
	return nil
}
