package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
)

// secrets are the values that must go to the API and nowhere else.
type secrets struct {
	apiKey    string
	variables map[string]string
}

var declaration = regexp.MustCompile(`(?m)^variable "(.*)"`)

// newSecrets makes up a value for each variable of the configuration: a random one, which is found only where it was put.
func newSecrets() secrets {
	s := secrets{apiKey: "tlnc_" + strings.ToLower(rand.Text()), variables: map[string]string{}}
	declared, _ := configuration.ReadFile("config/secrets.tf") // embedded
	for _, match := range declaration.FindAllSubmatch(declared, -1) {
		s.variables[string(match[1])] = "secret-" + strings.ToLower(rand.Text())
	}
	return s
}

// all are the values of the variables, and the API key.
func (s secrets) all() []string {
	all := []string{s.apiKey}
	for _, value := range s.variables {
		all = append(all, value)
	}
	return all
}

// in counts those that are in a content.
func (s secrets) in(contents ...[]byte) int {
	n := 0
	for _, secret := range s.all() {
		if slices.ContainsFunc(contents, func(content []byte) bool { return holds(content, secret) }) {
			n++
		}
	}
	return n
}

// holds reports whether a secret is in a content, in any form.
func holds(content []byte, secret string) bool {
	return slices.ContainsFunc(forms(secret), func(form []byte) bool { return bytes.Contains(content, form) })
}

// forms are the ways in which a secret may be written down. In Base64 it looks different at each of three positions; the
// characters that also depend on what comes before and after it are cut off.
func forms(secret string) [][]byte {
	found := [][]byte{[]byte(secret), []byte(hex.EncodeToString([]byte(secret)))}
	for before := range 3 {
		text := append(make([]byte, before), secret...)
		start, end := (before*8+5)/6, len(text)*8/6
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			found = append(found, []byte(encoding.EncodeToString(text)[start:end]))
		}
	}
	return found
}
