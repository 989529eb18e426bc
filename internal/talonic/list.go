package talonic

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// list reads all pages of a list: {"data": [...]}, a bare array, or pages linked by a cursor. An item that check refuses
// spoils the whole list: half a list must not be taken for all there is.
func list[T any](ctx context.Context, c *Client, path string, check func(*T) error) ([]T, error) {
	var all []T
	seen := map[string]bool{"": true}
	for cursor := ""; ; {
		var p page[T]
		r := call{method: http.MethodGet, path: path, result: &p}
		if cursor != "" {
			r.path += "?cursor=" + url.QueryEscape(cursor)
		}
		r.check = func() error {
			for i := range p.Data {
				if err := check(&p.Data[i]); err != nil {
					return fmt.Errorf("item %d of the list: %w", len(all)+i, err)
				}
			}
			if seen[p.nextCursor()] && p.nextCursor() != "" {
				return errors.New("its pages go in a circle: a cursor comes again")
			}
			return nil
		}
		err := c.send(ctx, r)
		if err == nil && !p.read {
			err = fmt.Errorf("GET %s: the API answered with an empty body", path)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, p.Data...)
		if cursor = p.nextCursor(); cursor == "" {
			return all, nil
		}
		seen[cursor] = true
	}
}

// page is one answer to a list request.
type page[T any] struct {
	Data       []T
	Pagination struct {
		HasMore    bool   `json:"has_more"`
		NextCursor string `json:"next_cursor"`
	}
	read bool
}

func (p *page[T]) nextCursor() string {
	if !p.Pagination.HasMore {
		return ""
	}
	return p.Pagination.NextCursor
}

// UnmarshalJSON accepts a bare array as a page.
func (p *page[T]) UnmarshalJSON(body []byte) error {
	p.read = true
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
