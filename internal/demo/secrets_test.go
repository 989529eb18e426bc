package main

import (
	"encoding/base64"
	"encoding/hex"
	"testing"
)

func TestHolds(t *testing.T) {
	t.Parallel()
	const secret = "secret-abc123"
	tests := map[string]struct {
		content string
		want    bool
	}{
		"as it is":           {`{"token":"secret-abc123"}`, true},
		"hexadecimal":        {"<" + hex.EncodeToString([]byte("."+secret+".")) + ">", true},
		"Base64":             {base64.StdEncoding.EncodeToString([]byte(secret)), true},
		"Base64, one before": {base64.StdEncoding.EncodeToString([]byte("{" + secret + "}")), true},
		"Base64, two before": {base64.StdEncoding.EncodeToString([]byte(`{"` + secret + `"}`)), true},
		"Base64 for URLs":    {base64.RawURLEncoding.EncodeToString([]byte(`{"a":"` + secret + `"}`)), true},
		"another secret":     {"secret-abc124 " + base64.StdEncoding.EncodeToString([]byte("secret-abc124")), false},
		"a part of it":       {"secret-abc12", false},
		"nothing":            {"", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := holds([]byte(test.content), secret); got != test.want {
				t.Errorf("holds(%q) = %v", test.content, got)
			}
		})
	}
}

func TestSecretsHaveValuesOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := newSecrets()
	if len(s.variables) == 0 {
		t.Fatal("no variables found")
	}
	if got, want := s.in([]byte(s.apiKey)), 1; got != want {
		t.Errorf("the API key holds %d secrets", got)
	}
	if s.in([]byte(newSecrets().apiKey)) != 0 {
		t.Error("two runs have the same secrets")
	}
}
