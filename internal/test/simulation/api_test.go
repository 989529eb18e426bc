package simulation

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

type reply struct {
	status int
	body   string
	listed []string // IDs in a list response
}

func jsonReply(status int, body any) reply {
	text, _ := json.Marshal(body) // made of maps and texts
	return reply{status: status, body: string(text)}
}

var notFound = reply{status: 404, body: `{"statusCode":404,"code":"not_found","error":"Not Found","message":"Destination not found."}`}

// wire is the body of a create or an update.
type wire struct {
	Name   string         `json:"name"`
	Type   string         `json:"type"`
	Config map[string]any `json:"config"`
	Auth   map[string]any `json:"auth_config"`
	Cap    *int64         `json:"payload_cap_bytes"`
	Active *bool          `json:"is_active"`
}

// execute executes a request immediately.
func (w *world) execute(actor, method, path string, query url.Values, body []byte, key string) reply {
	w.mu.Lock()
	defer w.mu.Unlock()
	id := strings.Trim(strings.TrimPrefix(path, "/v1/delivery/destinations"), "/")
	switch {
	case method == http.MethodPost:
		if first, repeated := w.kept[key]; repeated && w.honorsKey && key != "" {
			return first
		}
		r := w.create(actor, body)
		w.kept[key] = jsonReply(201, w.show(r))
		return w.kept[key]
	case id == "":
		return w.listReply(query)
	}
	r := w.find(id)
	if r == nil {
		return notFound
	}
	switch method {
	case http.MethodPut:
		w.update(actor, r, body)
	case http.MethodDelete:
		r.deleted, r.touched = time.Now(), append(r.touched, actor)
		return reply{status: 200, body: fmt.Sprintf(`{"deleted":true,"id":%q}`, id)}
	}
	return jsonReply(200, w.show(r))
}

func (w *world) create(actor string, body []byte) *record {
	w.serial++
	r := &record{ID: fmt.Sprintf("d-%d", w.serial), owner: actor, made: time.Now(), Active: true}
	var sent wire
	_ = json.Unmarshal(body, &sent)
	r.Type = sent.Type
	w.write(r, sent)
	r.origin, r.born = r.Token, spec{name: r.Name, url: r.URL, cap: r.Cap}
	w.objects = append(w.objects, r)
	return r
}

func (w *world) update(actor string, r *record, body []byte) {
	var sent wire
	_ = json.Unmarshal(body, &sent)
	w.write(r, sent)
	r.touched = append(r.touched, actor)
}

func (w *world) write(r *record, sent wire) {
	r.changed = time.Now()
	if sent.Name != "" {
		r.Name = sent.Name
		switch w.names {
		case trimmed:
			r.Name = strings.TrimSpace(r.Name)
		case lowerCase:
			r.Name = strings.ToLower(r.Name)
		}
	}
	if sent.Config != nil {
		r.URL, _ = sent.Config["url"].(string)
	}
	if sent.Cap != nil {
		r.Cap = sent.Cap
	}
	if sent.Active != nil {
		r.Active = *sent.Active
	}
	if sent.Auth != nil {
		r.Token, _ = sent.Auth["token"].(string)
		r.Secret, _ = sent.Auth["signing_secret"].(string)
	}
}

// show returns an object in the API's form.
func (w *world) show(r *record) map[string]any {
	at := func(t time.Time) any {
		t = t.Add(w.clock + w.database).UTC()
		switch w.times {
		case offsets:
			return t.Format("2006-01-02T15:04:05.000+0000")
		case spaces:
			return t.Format("2006-01-02 15:04:05.000Z")
		case epochs:
			return t.UnixMilli()
		case dates:
			return t.Format("2006-01-02")
		case absent:
			return nil
		}
		return t.Format("2006-01-02T15:04:05.000Z")
	}
	return map[string]any{
		"id": r.ID, "name": r.Name, "type": r.Type, "config": map[string]any{"url": r.URL}, "payload_cap_bytes": r.Cap, "is_active": r.Active,
		"has_auth_config": r.Token != "", "has_signing_secret": r.Secret != "", "created_at": at(r.made), "updated_at": at(r.changed),
	}
}

// listReply returns an earlier snapshot of the list, in the form that the schedule determines.
func (w *world) listReply(query url.Values) reply {
	past := time.Now().Add(-w.lag)
	var all []map[string]any
	for _, r := range w.objects {
		if r.made.After(past) || !r.there() && !r.deleted.After(past) {
			continue
		}
		shown := w.show(r)
		switch w.list {
		case withoutFlags:
			delete(shown, "has_auth_config")
			delete(shown, "has_signing_secret")
		case withoutConfig:
			delete(shown, "config")
		}
		all = append(all, shown)
	}
	slices.Reverse(all)
	if w.list == oddNeighbor {
		all = append(all, map[string]any{"id": "odd", "type": 5, "config": "none"})
	}
	if all == nil {
		all = []map[string]any{}
	}
	switch w.list {
	case bareArray:
		return listed(all, all)
	case cursors:
		// A cursor is a position between two objects, and stays valid if objects before it are deleted.
		if after := query.Get("cursor"); after != "" {
			all = slices.DeleteFunc(all, func(shown map[string]any) bool { return serial(shown["id"]) >= serial(after) })
		}
		page, more := part(all, 0, 2)
		pagination := map[string]any{"has_more": more, "next_cursor": nil}
		if more {
			pagination["next_cursor"] = page[len(page)-1]["id"]
		}
		return listed(page, map[string]any{"data": page, "pagination": pagination})
	case numberedPages:
		limit, number := 2, 1
		if n, err := strconv.Atoi(query.Get("limit")); err == nil {
			limit = min(n, 3)
		}
		if n, err := strconv.Atoi(query.Get("page")); err == nil {
			number = n
		}
		page, _ := part(all, (number-1)*limit, limit)
		return listed(page, map[string]any{"data": page, "total": len(all), "links": map[string]any{"self": "/"}})
	}
	return listed(all, map[string]any{"data": all})
}

// listed returns a response with a page of a list.
func listed(page []map[string]any, body any) reply {
	answer := jsonReply(200, body)
	for _, shown := range page {
		answer.listed = append(answer.listed, fmt.Sprint(shown["id"]))
	}
	return answer
}

// serial returns the number in an ID.
func serial(id any) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(fmt.Sprint(id), "d-"))
	return n
}

func part(all []map[string]any, from, size int) (page []map[string]any, more bool) {
	from = min(from, len(all))
	to := min(from+size, len(all))
	return append([]map[string]any{}, all[from:to]...), to < len(all)
}
