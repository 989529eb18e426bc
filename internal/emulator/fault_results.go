package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"time"
)

const (
	longID       = 10_000 // characters
	usualDateAge = time.Hour
)

// existing returns the body of a stored object; see [spoilt].
func (e *Emulator) existing(c *call, id string) any {
	if c.ofBindings() {
		for _, b := range e.bindings {
			if id == "" || b.ID == id {
				return e.bindingBody(b)
			}
		}
		return nil
	}
	for _, d := range e.destinations {
		if id == "" || d.ID == id {
			return e.body(d)
		}
	}
	return nil
}

// existingResult returns a 201 with an object that existed before, or a 500 if there is none.
func existingResult(s spoilt) reply {
	if found := s.existing(s.fault.ID); found != nil {
		return jsonReply(http.StatusCreated, found)
	}
	return s.refer(serverError())
}

// wrongResults are results of creates with one error each.
var wrongResults = []form{
	{"config", changedResult(func(s spoilt, result fields) {
		if s.ofBindings() {
			result["serializer_config"] = fields{"elsewhere": true}
			return
		}
		result["config"] = fields{"url": "https://elsewhere.example.com"}
	})},
	{"old", changedResult(func(s spoilt, result fields) { result["created_at"] = timestamp(s.at.Add(-24 * time.Hour)) })},
	{"slash", changedID(func(id string) any { return id + "/test" })},
	{"backslash", changedID(func(id string) any { return `..\` + id })},
	{"dots", changedID(func(string) any { return ".." })},
	{"control", changedID(func(id string) any { return id + "\r\n\x1b[2J" })},
	{"long", changedID(func(string) any { return strings.Repeat("x", longID) })},
	{"no-id", changedID(func(string) any { return nil })},
}

func changedID(change func(string) any) func(spoilt) reply {
	return changedResult(func(_ spoilt, result fields) {
		id, _ := result["id"].(string)
		result["id"] = change(id)
	})
}

// changedResult returns an effect that changes the object in a response.
func changedResult(change func(s spoilt, result fields)) func(spoilt) reply {
	return func(s spoilt) reply {
		var result fields
		if err := json.Unmarshal(s.reply.body, &result); err != nil {
			panic(err) // it is our own JSON
		}
		change(s, result)
		return jsonReply(s.reply.status, result)
	}
}

// notDeleted are responses to a DELETE that is not executed.
var notDeleted = []form{
	{"false", func(s spoilt) reply {
		switch s.operation {
		case opReplayAttempt, opReplayDeadLetter:
			return jsonReply(http.StatusOK, replayBody{Replayed: false})
		case opDismissDeadLetter:
			return jsonReply(http.StatusOK, dismissalBody{Dismissed: false})
		}
		return jsonReply(http.StatusOK, deletion{Deleted: false, ID: s.request.PathValue("id")})
	}},
	{"error", answered(func(string) any { return fields{"error": "The destination is in use."} })},
	{"status", answered(func(string) any {
		return fields{"statusCode": http.StatusInternalServerError, "message": "Internal server error"}
	})},
	{"other-id", answered(func(string) any { return deletion{Deleted: true, ID: otherID} })},
}

func answered(body func(id string) any) func(spoilt) reply {
	return func(s spoilt) reply { return jsonReply(http.StatusOK, body(s.request.PathValue("id"))) }
}

// oddItems are lists with one additional item, whose id is unique.
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

func oddItem(change func(item fields)) func(spoilt) reply {
	return changedList(func(s spoilt, list fields) {
		var item fields
		s.reply.status = http.StatusOK
		if err := json.Unmarshal(otherThing(s).body, &item); err != nil {
			panic(err) // it is our own JSON
		}
		change(item)
		key, items := listed(list)
		list[key] = append(items, item)
	})
}

// staleDate returns the API's own response with an old Date header.
func staleDate(s spoilt) reply {
	age := s.fault.Delay
	if age == 0 {
		age = usualDateAge
	}
	answer := s.reply
	answer.header = maps.Clone(answer.header)
	if answer.header == nil {
		answer.header = http.Header{}
	}
	answer.header.Set("Date", s.at.Add(-age).UTC().Format(http.TimeFormat))
	return answer
}
