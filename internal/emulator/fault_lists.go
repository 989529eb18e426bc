package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

// changedList returns an effect that changes the list in a response of any form. A list with a cursor needs an envelope.
func changedList(change func(s spoiled, list fields)) func(spoiled) reply {
	return func(s spoiled) reply {
		var decoded any
		if err := json.Unmarshal(s.reply.body, &decoded); err != nil {
			panic(err) // it is our own JSON
		}
		envelope, ok := decoded.(fields)
		if !ok {
			envelope = fields{"data": decoded}
		}
		envelope = maps.Clone(envelope)
		change(s, envelope)
		return jsonReply(s.reply.status, envelope)
	}
}

// listed returns the items of a list, and their key in the envelope.
func listed(list fields) (key string, items []any) {
	for _, key = range []string{"items", "data"} {
		if found, ok := list[key].([]any); ok {
			return key, found
		}
	}
	return key, nil
}

func twice(_ spoiled, list fields) {
	key, items := listed(list)
	list[key] = slices.Concat(items, items)
}

func withoutLast(_ spoiled, list fields) {
	if key, items := listed(list); len(items) > 0 {
		list[key] = items[:len(items)-1]
	}
}

func sameCursor(s spoiled, list fields) {
	cursor := s.request.URL.Query().Get("cursor")
	if cursor == "" {
		cursor = cursorAfter(0)
	}
	_, items := listed(list)
	list["pagination"] = pagination{Total: 2 * len(items), Limit: len(items), HasMore: true, NextCursor: &cursor}
}

// failedPage returns a first page with half of the items, and an error for the second page.
func failedPage(s spoiled) reply {
	if s.request.URL.Query().Get("cursor") != "" {
		return s.refer(serverError())
	}
	return changedList(func(_ spoiled, list fields) {
		key, items := listed(list)
		next := cursorAfter(0)
		list[key] = items[:len(items)/2]
		list["pagination"] = pagination{Total: len(items), Limit: len(items) / 2, HasMore: true, NextCursor: &next}
	})(s)
}

// oddItems holds lists with one additional item, whose ID is unique.
var oddItems = []form{
	{"no-name", oddItem(func(item fields) { delete(item, "name") })},
	{"number-type", oddItem(func(item fields) { item["type"] = 5 })},
	{"text-config", oddItem(func(item fields) { item["config"], item["signal_filter"] = "moved", "moved" })},
	{"unknown-keys", oddItem(func(item fields) { item["region"], item["labels"] = fields{"name": "eu"}, []string{"a"} })},
	{"null-fields", oddItem(func(item fields) {
		for key := range item {
			if key != "id" {
				item[key] = nil
			}
		}
	})},
}

func oddItem(change func(item fields)) func(spoiled) reply {
	return changedList(func(s spoiled, list fields) {
		var item fields
		s.reply.status = http.StatusOK
		if err := json.Unmarshal(otherObject(s).body, &item); err != nil {
			panic(err) // it is our own JSON
		}
		change(item)
		key, items := listed(list)
		list[key] = append(items, item)
	})
}
