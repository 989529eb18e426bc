package main

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// secrets are the values that must go to the API and nowhere else.
type secrets struct {
	apiKey    string
	variables map[string]string  // their values now
	requests  map[string]int     // every value that a variable has had, and how many requests it is to be in
	finder    *secretscan.Finder // of all of them, by value
}

var declaration = regexp.MustCompile(`(?m)^variable "(.*)"`)

// newSecrets makes up a value for each variable of the configuration: a random one, which is found only where it was put.
func newSecrets() secrets {
	s := secrets{
		apiKey:    "tlnc_" + strings.ToLower(rand.Text()),
		variables: map[string]string{},
		requests:  map[string]int{},
	}
	declared, _ := configuration.ReadFile("config/secrets.tf") // embedded
	for _, match := range declaration.FindAllSubmatch(declared, -1) {
		s.rotate(string(match[1]))
	}
	return s
}

// rotate makes up another value for a variable, which is to be sent once.
func (s *secrets) rotate(name string) string {
	value := "secret-" + strings.ToLower(rand.Text())
	s.variables[name] = value
	s.requests[value] = 1
	all := map[string]string{s.apiKey: s.apiKey}
	for value := range s.requests {
		all[value] = value
	}
	s.finder = secretscan.NewFinder(all)
	return value
}

// sentAgain notes that the value of a variable is to be in one more request.
func (s *secrets) sentAgain(name string) { s.requests[s.variables[name]]++ }

// in counts those that are in any of the contents.
func (s *secrets) in(contents ...[]byte) int {
	found := map[string]bool{}
	for _, content := range contents {
		for _, finding := range s.finder.In(content) {
			found[finding.Name] = true
		}
	}
	return len(found)
}

// isIn reports whether one of them is in a content.
func (s *secrets) isIn(content []byte, secret string) bool {
	return slices.ContainsFunc(s.finder.In(content), func(f secretscan.Finding) bool { return f.Name == secret })
}
