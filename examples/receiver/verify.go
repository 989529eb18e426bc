package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// tolerance is the maximum difference between the time of a signature and now. It prevents later replays of a recorded request.
const tolerance = 5 * time.Minute

// verify checks a signature of the form t=<seconds since 1970>,v1=<hex>, where hex is the HMAC-SHA256 of "<t>.<body>" under one of
// the secrets. Talonic does not document the signed text, so this form is an assumption.
func verify(secrets []string, signature string, body []byte, now time.Time) error {
	at, digest := parse(signature)
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil || len(digest) == 0 {
		return errors.New("the signature is missing, or has another form")
	}
	if !signed(secrets, at, body, digest) {
		return errors.New("the signature is wrong")
	}
	if now.Sub(time.Unix(seconds, 0)).Abs() > tolerance {
		return errors.New("the signature is of another time")
	}
	return nil
}

// parse returns the parts of a signature. A missing part is empty; unknown parts are ignored.
func parse(signature string) (at string, digest []byte) {
	for part := range strings.SplitSeq(signature, ",") {
		switch key, value, _ := strings.Cut(strings.TrimSpace(part), "="); key {
		case "t":
			at = value
		case "v1":
			if decoded, err := hex.DecodeString(value); err == nil {
				digest = decoded
			}
		}
	}
	return at, digest
}

// signed compares digests in constant time.
func signed(secrets []string, at string, body, digest []byte) bool {
	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		fmt.Fprintf(mac, "%s.%s", at, body)
		if hmac.Equal(mac.Sum(nil), digest) {
			return true
		}
	}
	return false
}
