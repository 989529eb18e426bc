package talonic

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// errRepeatedKey is a body that says two things under one key. Which of them is meant is anyone's guess.
var errRepeatedKey = errors.New("an object in it has the same key twice")

// freeForm are the keys whose objects have the users' own keys, of which two may differ in case only.
var freeForm = []string{"config", "match", "serializer_config", "resolver_config", "field_map", "capabilities", "request_body", "response_body"}

// checkKeys refuses objects that have a key twice. Where the API's own keys stand, that includes keys that differ in case only,
// because decoding does not tell them apart. The body is valid JSON; freely says that all keys in it are free.
func checkKeys(body []byte, freely bool) error {
	s := keyScanner{body: body}
	if s.value(freely) {
		return errRepeatedKey
	}
	return nil
}

// keyScanner walks through JSON that is known to be valid.
type keyScanner struct {
	body []byte
	at   int
	seen [][]byte // the keys of the objects around; each object looks at its own
}

// value walks over the next value, and reports whether a key in it is repeated.
func (s *keyScanner) value(freely bool) (repeated bool) {
	switch s.skip(); s.body[s.at] {
	case '{':
		return s.object(freely)
	case '[':
		s.at++
		for s.skip(); s.body[s.at] != ']'; s.skip() {
			if s.body[s.at] == ',' {
				s.at++
			}
			if s.value(freely) {
				return true
			}
		}
		s.at++
	case '"':
		s.text()
	default:
		for s.at < len(s.body) && bytes.IndexByte([]byte(" \t\r\n,]}"), s.body[s.at]) < 0 {
			s.at++
		}
	}
	return false
}

func (s *keyScanner) object(freely bool) (repeated bool) {
	first := len(s.seen)
	defer func() { s.seen = s.seen[:first] }()
	s.at++
	for s.skip(); s.body[s.at] != '}'; s.skip() {
		if s.body[s.at] == ',' {
			s.at++
			s.skip()
		}
		key := s.text()
		same := bytes.Equal
		if !freely {
			same = bytes.EqualFold
		}
		if slices.ContainsFunc(s.seen[first:], func(earlier []byte) bool { return same(earlier, key) }) {
			return true
		}
		s.seen = append(s.seen, key)
		s.skip()
		s.at++ // the colon
		if s.value(freely || isFreeForm(key)) {
			return true
		}
	}
	s.at++
	return false
}

func isFreeForm(key []byte) bool {
	return slices.ContainsFunc(freeForm, func(free string) bool { return strings.EqualFold(free, string(key)) })
}

// text walks over a string and returns what it means.
func (s *keyScanner) text() []byte {
	start := s.at
	escaped := false
	for s.at++; s.body[s.at] != '"'; s.at++ {
		if s.body[s.at] == '\\' {
			escaped = true
			s.at++
		}
	}
	s.at++
	if !escaped {
		return s.body[start+1 : s.at-1]
	}
	var meant string
	_ = json.Unmarshal(s.body[start:s.at], &meant) // it is valid
	return []byte(meant)
}

func (s *keyScanner) skip() {
	for s.at < len(s.body) && (s.body[s.at] == ' ' || s.body[s.at] == '\t' || s.body[s.at] == '\n' || s.body[s.at] == '\r') {
		s.at++
	}
}
