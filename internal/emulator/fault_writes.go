package emulator

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

const longID = 10_000 // characters

// existing returns the body of a stored object; see [spoiled].
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
func existingResult(s spoiled) reply {
	if found := s.existing(s.fault.ID); found != nil {
		return jsonReply(http.StatusCreated, found)
	}
	return s.refer(serverError())
}

// wrongResults holds results of creates with one error each.
var wrongResults = []form{
	{"config", changedResult(func(s spoiled, result fields) {
		if s.ofBindings() {
			result["serializer_config"] = fields{"elsewhere": true}
			return
		}
		result["config"] = fields{"url": "https://elsewhere.example.com"}
	})},
	{"old", changedResult(func(s spoiled, result fields) { result["created_at"] = timestamp(s.at.Add(-24 * time.Hour)) })},
	{"slash", changedID(func(id string) any { return id + "/test" })},
	{"backslash", changedID(func(id string) any { return `..\` + id })},
	{"dots", changedID(func(string) any { return ".." })},
	{"control", changedID(func(id string) any { return id + "\r\n\x1b[2J" })},
	{"long", changedID(func(string) any { return strings.Repeat("x", longID) })},
	{"no-id", changedID(func(string) any { return nil })},
}

func changedID(change func(string) any) func(spoiled) reply {
	return changedResult(func(_ spoiled, result fields) {
		id, _ := result["id"].(string)
		result["id"] = change(id)
	})
}

// changedResult returns an effect that changes the object in a response.
func changedResult(change func(s spoiled, result fields)) func(spoiled) reply {
	return func(s spoiled) reply {
		var result fields
		if err := json.Unmarshal(s.reply.body, &result); err != nil {
			panic(err) // it is our own JSON
		}
		change(s, result)
		return jsonReply(s.reply.status, result)
	}
}

// notDeleted holds responses to a DELETE that is not executed.
var notDeleted = []form{
	{"false", func(s spoiled) reply {
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

func answered(body func(id string) any) func(spoiled) reply {
	return func(s spoiled) reply { return jsonReply(http.StatusOK, body(s.request.PathValue("id"))) }
}
