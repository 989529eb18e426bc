package talonic

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// page is one response to a list request, in any documented form:
//
//	[...]
//	{"data": [...]}
//	{"data": [...], "pagination": {"total": 3, "limit": 1, "has_more": true, "next_cursor": "..."}}
//	{"data": [...], "total": 3, "links": {"self": "..."}}
//	{"items": [...], "total": 3}
//
// API docs: List Destinations; Pagination; Delivery History.
type page[T listed] struct {
	items  []T
	size   int    // of the body, in bytes
	cursor string // cursor of the next page; empty: no next page, or pages have no cursors
	more   *bool  // whether there are more pages; nil: absent
	total  *int   // number of objects in the list; nil: absent
}

// hasMore reports whether the list has more objects than the number read.
func (p page[T]) hasMore(read int) bool {
	if p.more != nil {
		return *p.more
	}
	return p.total != nil && *p.total > read && len(p.items) > 0
}

// UnmarshalJSON decodes any of the forms.
func (p *page[T]) UnmarshalJSON(body []byte) error {
	p.size = len(body)
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		return p.readItems(body)
	}
	type position struct {
		Total      json.RawMessage `json:"total"`
		HasMore    json.RawMessage `json:"has_more"`
		NextCursor json.RawMessage `json:"next_cursor"`
	}
	var object struct {
		Data       json.RawMessage `json:"data"`
		Items      json.RawMessage `json:"items"`
		Pagination *position       `json:"pagination"`
		Links      struct {
			Next json.RawMessage `json:"next"`
		} `json:"links"`
		position
	}
	if err := decodeJSON(body, &object); err != nil {
		return err
	}
	items := object.Data
	if items == nil {
		items = object.Items
	}
	if items == nil || string(items) == "null" {
		return errors.New(`there is no "data"`)
	}
	at := object.position
	if object.Pagination != nil {
		at = *object.Pagination
	}
	p.more = jsonBool(at.HasMore)
	if p.more == nil && jsonText(object.Links.Next) != "" {
		p.more = new(true)
	}
	if p.more == nil || *p.more {
		p.cursor = jsonText(at.NextCursor)
	}
	var total int
	if json.Unmarshal(at.Total, &total) == nil {
		p.total = &total
	}
	if err := checkKeys(bytes.Replace(body, items, []byte("null"), 1), false); err != nil {
		return err
	}
	return p.readItems(items)
}

// checksKeys marks page as a type that checks for repeated keys itself, because repeated keys in an object of a list affect only
// that object.
func (p *page[T]) checksKeys() {}

// readItems decodes the objects of a page. From an object that does not have the documented form, it keeps the fields that it can
// decode: the object may be someone else's and must not prevent reading the others.
func (p *page[T]) readItems(body []byte) error {
	if checkKeys(body, false) == nil && decodeJSON(body, &p.items) == nil {
		return nil
	}
	var raw []json.RawMessage
	if err := decodeJSON(body, &raw); err != nil {
		return err
	}
	p.items = make([]T, len(raw))
	for i, item := range raw {
		switch {
		case checkKeys(item, false) != nil:
			p.items[i] = decodeID[T](item)
		case decodeJSON(item, &p.items[i]) != nil:
			p.items[i] = decodeWhatFits[T](item)
		}
	}
	return nil
}

// decodeID decodes only the ID of an object that has repeated keys. If the ID itself is repeated, the result has no ID.
func decodeID[T any](body []byte) T {
	var onlyID, none T
	decoder := json.NewDecoder(bytes.NewReader(body))
	_, _ = decoder.Token() // the opening brace; the input is valid JSON
	ids := 0
	for decoder.More() {
		var value json.RawMessage
		key, _ := decoder.Token()
		if decoder.Decode(&value) != nil {
			return none
		}
		if name, _ := key.(string); strings.EqualFold(name, "id") && decodesAs[T]("id", value) {
			ids++
			onlyID = decodeWhatFits[T]([]byte(`{"id":` + string(value) + `}`))
		}
	}
	if ids != 1 {
		return none
	}
	return onlyID
}

// decodeWhatFits decodes an object key by key and omits every key whose value has the wrong type.
func decodeWhatFits[T any](body []byte) T {
	var (
		fitting T
		fields  map[string]json.RawMessage
	)
	if json.Unmarshal(body, &fields) != nil {
		return fitting
	}
	for key, value := range fields {
		if !decodesAs[T](key, value) {
			delete(fields, key)
		}
	}
	rest, _ := json.Marshal(fields) // the input is valid JSON
	_ = decodeJSON(rest, &fitting)
	return fitting
}

func decodesAs[T any](key string, value json.RawMessage) bool {
	alone, _ := json.Marshal(map[string]json.RawMessage{key: value}) // the input is valid JSON
	var into T
	return decodeJSON(alone, &into) == nil
}
