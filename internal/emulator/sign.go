package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Sign returns the value of X-Talonic-Signature for a body that is sent at a time: t=<seconds since 1970>,v1=<hex>, where hex is
// the HMAC-SHA256 under the signing secret. The signed text, "<t>.<body>", is undocumented.
//
// Assumption: DESIGN.md#assumptions-about-the-api.
func Sign(secret string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}
