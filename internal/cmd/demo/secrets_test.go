package main

import "testing"

func TestSecretsHaveValuesOfTheirOwn(t *testing.T) {
	t.Parallel()
	s, other := newSecrets(), newSecrets()
	if len(s.variables) == 0 {
		t.Fatal("no variables found")
	}
	if got := s.in([]byte(s.apiKey)); got != 1 || !s.isIn([]byte(s.apiKey), s.apiKey) {
		t.Errorf("the API key holds %d secrets", got)
	}
	if s.in([]byte(other.apiKey)) != 0 {
		t.Error("two runs have the same secrets")
	}
}

// The search also finds former values of a variable.
func TestRotatedSecretsAreFound(t *testing.T) {
	t.Parallel()
	s := newSecrets()
	for name, before := range s.variables {
		now := s.rotate(name)
		if now == before || s.variables[name] != now {
			t.Errorf("%s was %q and is %q", name, before, now)
		}
		if got := s.in([]byte(before), []byte(now)); got != 2 {
			t.Errorf("found %d of 2 values", got)
		}
		break
	}
}
