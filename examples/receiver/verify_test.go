package main

import (
	"strings"
	"testing"
	"time"
)

// The digest is OpenSSL's: printf '1725184800.{"a":1}' | openssl dgst -sha256 -hmac fake-secret, and what that prints.
const (
	signedAt = 1725184800
	digest   = "553c92be068f1c4e17afd5399bb6cd8b1c3469971a0b0773003549e5e60eded1"
	good     = "t=1725184800,v1=" + digest
)

func TestVerify(t *testing.T) {
	t.Parallel()
	const (
		missing, wrong, another = "missing", "wrong", "another time"

		body = `{"a":1}`
	)
	both := []string{"fake-new", "fake-secret"}
	for name, c := range map[string]struct {
		secrets         []string
		signature, body string
		after           time.Duration
		want            string
	}{
		"right":                   {both[1:], good, body, 0, ""},
		"the older of two":        {both, good, body, 0, ""},
		"other order, more parts": {both, "v0=x, v1=" + digest + ",t=1725184800", body, 0, ""},
		"just in time":            {both, good, body, tolerance, ""},
		"a clock that is behind":  {both, good, body, -tolerance, ""},
		"too late":                {both, good, body, tolerance + time.Second, another},
		"too early":               {both, good, body, -tolerance - time.Second, another},
		"another secret":          {both[:1], good, body, 0, wrong},
		"no secret":               {nil, good, body, 0, wrong},
		"another body":            {both, good, body + "\n", 0, wrong},
		"another time":            {both, "t=1725184801,v1=" + digest, body, 0, wrong},
		"the same time, else":     {both, "t=+1725184800,v1=" + digest, body, 0, wrong},
		"half a digest":           {both, good[:len(good)-32], body, 0, wrong},
		"more than a digest":      {both, good + "zz", body, 0, missing},
		"no digest":               {both, "t=1725184800", body, 0, missing},
		"empty digest":            {both, "t=1725184800,v1=", body, 0, missing},
		"no time":                 {both, "v1=" + digest, body, 0, missing},
		"time beyond all clocks":  {both, "t=99999999999999999999,v1=" + digest, body, 0, missing},
		"nothing":                 {both, "", body, 0, missing},
		"the older header":        {both, "sha256=" + digest, body, 0, missing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := verify(c.secrets, c.signature, []byte(c.body), time.Unix(signedAt, 0).Add(c.after))
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("error = %v, want %q", err, c.want)
			}
		})
	}
}
