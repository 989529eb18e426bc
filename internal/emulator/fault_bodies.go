package emulator

import "net/http"

func literal(text string) func(spoiled) reply {
	return func(s spoiled) reply { return s.withBody([]byte(text)) }
}

// withBody returns the API's own response with a different body. It replaces a status that forbids a body.
func (s spoiled) withBody(body []byte) reply {
	answer := jsonReply(s.reply.status, nil)
	if answer.status == http.StatusNoContent {
		answer.status = http.StatusOK
	}
	answer.body = body
	return answer
}

func truncated(s spoiled) reply { return s.withBody(s.reply.body[:len(s.reply.body)/2]) }

func wrongType(s spoiled) reply {
	answer := s.withBody(s.reply.body)
	answer.header.Set("Content-Type", "text/html; charset=utf-8")
	return answer
}

// otherID is the ID of an object that was not requested.
const otherID = "00000000-0000-4000-8000-000000000000"

// otherObject returns a different object of the requested kind.
func otherObject(s spoiled) reply {
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
		}}.body(Behavior{}, ""))
	case s.ofDeadLetters():
		return jsonReply(s.reply.status, deadLetter{DeadLetter: DeadLetter{
			ID:        otherID,
			BindingID: otherID,
			EventID:   "1",
			ErrorCode: codeServerError,
			Attempts:  1,
			CreatedAt: s.at,
		}}.body(Behavior{}))
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
		}}.body(Behavior{}, ""))
	}
	return jsonReply(s.reply.status, destination{Destination: Destination{
		ID:        otherID,
		Name:      "somebody else's",
		Type:      "webhook",
		Config:    fields{"url": "https://elsewhere.example.com"},
		IsActive:  true,
		CreatedAt: s.at,
		UpdatedAt: s.at,
	}}.body(Behavior{}, ""))
}
