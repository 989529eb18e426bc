package emulator

import (
	"maps"
	"net/http"
	"time"
)

// defaultDateAge is the age of a stale date without a Delay.
const defaultDateAge = time.Hour

// staleDate returns the API's own response with an old Date header.
func staleDate(s spoiled) reply {
	age := s.fault.Delay
	if age == 0 {
		age = defaultDateAge
	}
	answer := s.reply
	answer.header = maps.Clone(answer.header)
	if answer.header == nil {
		answer.header = http.Header{}
	}
	answer.header.Set("Date", s.at.Add(-age).UTC().Format(http.TimeFormat))
	return answer
}

func withQuotaHeaders(s spoiled) reply {
	h := http.Header{}
	quotaHeaders(s.fault, s.at, h)
	h.Set("X-RateLimit-Remaining", "1")
	maps.Copy(h, s.reply.header)
	s.reply.header = h
	return s.reply
}
