package talonic

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// errRepeatedKey reports a body that has two values for one key, so that it is ambiguous.
var errRepeatedKey = errors.New("an object in it has the same key twice")

// freeForm lists the keys of objects whose keys users choose, so two of them may differ only in case.
var freeForm = []string{"config", "match", "serializer_config", "resolver_config", "field_map", "capabilities", "request_body", "response_body"}

// checkKeys returns an error if an object has a key twice. Keys that differ only in case count as equal, because decoding into a
// struct ignores case, except in free-form objects. body must be valid JSON. freely reports that the whole body is free-form.
func checkKeys(body []byte, freely bool) error {
	s := keyScanner{body: body}
	if s.value(freely) {
		return errRepeatedKey
	}
	return nil
}

// keyScanner walks through valid JSON.
type keyScanner struct {
	body []byte
	at   int
	seen [][]byte // keys of the enclosing objects; each object checks only its own
}

// value skips the next value and reports whether an object in it repeats a key.
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

// text skips a string and returns its unescaped content.
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
	_ = json.Unmarshal(s.body[start:s.at], &meant) // the input is valid JSON
	return []byte(meant)
}

func (s *keyScanner) skip() {
	for s.at < len(s.body) && (s.body[s.at] == ' ' || s.body[s.at] == '\t' || s.body[s.at] == '\n' || s.body[s.at] == '\r') {
		s.at++
	}
}
