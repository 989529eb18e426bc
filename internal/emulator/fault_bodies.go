package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
)

func literal(text string) func(spoilt) reply {
	return func(s spoilt) reply { return s.withBody([]byte(text)) }
}

// withBody returns the API's own response with another body. It replaces a status that forbids a body.
func (s spoilt) withBody(body []byte) reply {
	answer := jsonReply(s.reply.status, nil)
	if answer.status == http.StatusNoContent {
		answer.status = http.StatusOK
	}
	answer.body = body
	return answer
}

func truncated(s spoilt) reply { return s.withBody(s.reply.body[:len(s.reply.body)/2]) }

func wrongType(s spoilt) reply {
	answer := s.withBody(s.reply.body)
	answer.header.Set("Content-Type", "text/html; charset=utf-8")
	return answer
}

// otherID is the id of an object that was not requested.
const otherID = "00000000-0000-4000-8000-000000000000"

// otherThing returns an object of the requested kind that was not requested.
func otherThing(s spoilt) reply {
	switch {
	case s.ofAttempts():
		return jsonReply(s.reply.status, attempt{Attempt: Attempt{
			ID:             otherID,
			BindingID:      otherID,
			EventID:        "1",
			IdempotencyKey: deliveryKey(otherID, "1"),
			Status:         StatusInFlight,
			Attempt:        1,
			CreatedAt:      s.at,
		}}.body(Behaviour{}, ""))
	case s.ofDeadLetters():
		return jsonReply(s.reply.status, deadLetter{DeadLetter: DeadLetter{
			ID:        otherID,
			BindingID: otherID,
			EventID:   "1",
			ErrorCode: codeServerError,
			Attempts:  1,
			CreatedAt: s.at,
		}}.body(Behaviour{}))
	case s.ofBindings():
		return jsonReply(s.reply.status, binding{Binding: Binding{
			ID:               otherID,
			Name:             "somebody else's",
			SignalFilter:     fields{"event_type": "result.approved"},
			DeliverableType:  "document_capture",
			DestinationID:    otherID,
			SerializerFormat: "json",
			IsActive:         true,
			CreatedAt:        s.at,
			UpdatedAt:        s.at,
		}}.body(Behaviour{}, ""))
	}
	return jsonReply(s.reply.status, destination{Destination: Destination{
		ID:        otherID,
		Name:      "somebody else's",
		Type:      "webhook",
		Config:    fields{"url": "https://elsewhere.example.com"},
		IsActive:  true,
		CreatedAt: s.at,
		UpdatedAt: s.at,
	}}.body(Behaviour{}, ""))
}

// changedList returns an effect that changes the list in a response, whatever its form. A list with a cursor needs the envelope.
func changedList(change func(s spoilt, list fields)) func(spoilt) reply {
	return func(s spoilt) reply {
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

// listed returns the items of a list, and the key that they are under.
func listed(list fields) (key string, items []any) {
	for _, key = range []string{"items", "data"} {
		if found, ok := list[key].([]any); ok {
			return key, found
		}
	}
	return key, nil
}

func twice(_ spoilt, list fields) {
	key, items := listed(list)
	list[key] = slices.Concat(items, items)
}

func withoutLast(_ spoilt, list fields) {
	if key, items := listed(list); len(items) > 0 {
		list[key] = items[:len(items)-1]
	}
}

func sameCursor(s spoilt, list fields) {
	cursor := s.request.URL.Query().Get("cursor")
	if cursor == "" {
		cursor = cursorAfter(0)
	}
	_, items := listed(list)
	list["pagination"] = pagination{Total: 2 * len(items), Limit: len(items), HasMore: true, NextCursor: &cursor}
}

// failedPage returns a first page with half of the items, and an error for the second page.
func failedPage(s spoilt) reply {
	if s.request.URL.Query().Get("cursor") != "" {
		return s.refer(serverError())
	}
	return changedList(func(_ spoilt, list fields) {
		key, items := listed(list)
		next := cursorAfter(0)
		list[key] = items[:len(items)/2]
		list["pagination"] = pagination{Total: len(items), Limit: len(items) / 2, HasMore: true, NextCursor: &next}
	})(s)
}
