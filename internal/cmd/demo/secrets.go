package main

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// secrets holds the values that must reach the API and no other place.
type secrets struct {
	apiKey    string
	variables map[string]string  // current values, by variable
	requests  map[string]int     // number of expected requests, by each current or former value
	finder    *secretscan.Finder // finds all of them, by value
}

var declaration = regexp.MustCompile(`(?m)^variable "(.*)"`)

// newSecrets returns a random value for each variable of the configuration, so that no value occurs elsewhere by chance.
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

// rotate sets a variable to a new random value, which must be sent once.
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

// sentAgain records that the value of a variable must be in one more request.
func (s *secrets) sentAgain(name string) { s.requests[s.variables[name]]++ }

// in returns the number of secrets in the contents.
func (s *secrets) in(contents ...[]byte) int {
	found := map[string]bool{}
	for _, content := range contents {
		for _, finding := range s.finder.In(content) {
			found[finding.Name] = true
		}
	}
	return len(found)
}

// isIn reports whether a content contains the given secret.
func (s *secrets) isIn(content []byte, secret string) bool {
	return slices.ContainsFunc(s.finder.In(content), func(f secretscan.Finding) bool { return f.Name == secret })
}
