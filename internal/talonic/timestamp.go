package talonic

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// period is the range of moments that a text can denote. It includes both ends.
type period struct{ from, to time.Time }

// numberOrText is a string that the API may send as a number, such as a time or a serial number. Null is "".
type numberOrText string

// UnmarshalJSON accepts a string, a number or null. It keeps the digits of a number.
func (t *numberOrText) UnmarshalJSON(body []byte) error {
	body = bytes.TrimSpace(body)
	if len(body) > 0 && (body[0] == '-' || body[0] >= '0' && body[0] <= '9') {
		*t = numberOrText(body)
		return nil
	}
	return json.Unmarshal(body, (*string)(t))
}

// timestampLayouts are the accepted forms of times, with the precision of each. The API documents the first one, with
// milliseconds and Z.
//
// API docs: Create Destination.
var timestampLayouts = []struct {
	layout    string
	precision time.Duration // precision of a text without a fraction
	anyZone   bool          // the text has no time zone
}{
	{time.RFC3339, time.Second, false},
	{"2006-01-02T15:04:05Z0700", time.Second, false},
	{"2006-01-02T15:04:05Z07", time.Second, false},
	{"2006-01-02T15:04Z07:00", time.Minute, false},
	{"2006-01-02T15:04:05", time.Second, true},
	{"2006-01-02T15:04", time.Minute, true},
	{"2006-01-02", 24 * time.Hour, true},
	{time.RFC1123, time.Second, false},
	{time.RFC1123Z, time.Second, false},
}

// widestZone is the largest offset of a time zone from UTC.
const widestZone = 14 * time.Hour

// parseTimestamp parses a time in any common form. ok is false if the text has none of them.
func parseTimestamp(text string) (p period, ok bool) {
	text = strings.TrimSpace(text)
	if number, err := strconv.ParseFloat(text, 64); err == nil {
		return parseEpoch(text, number)
	}
	text = strings.ToUpper(text)
	if len(text) > 10 && text[10] == ' ' {
		text = text[:10] + "T" + strings.TrimSpace(text[11:])
	}
	if i := strings.LastIndexAny(text, "+-"); i > len("2006-01-02") && text[i-1] == ' ' {
		text = text[:i-1] + text[i:]
	}
	for _, form := range timestampLayouts {
		at, err := time.Parse(form.layout, strings.ReplaceAll(text, " UTC", "Z"))
		if err != nil {
			continue
		}
		p = period{at, at.Add(form.precision - 1)}
		if strings.ContainsAny(text, ".,") && form.precision == time.Second {
			p.to = at.Add(time.Millisecond - 1)
		}
		if form.anyZone {
			p.from, p.to = p.from.Add(-widestZone), p.to.Add(widestZone)
		}
		return p, true
	}
	return period{}, false
}

// parseEpoch parses seconds or milliseconds since 1970.
func parseEpoch(text string, number float64) (period, bool) {
	const (
		firstSecondValue      = 1e8  // in 1973; no object is older than that
		firstMillisecondValue = 1e11 // as seconds, this would be the year 5138
		lastMillisecondValue  = 1e14
	)
	switch {
	case number < firstSecondValue || number > lastMillisecondValue:
		return period{}, false
	case number > firstMillisecondValue:
		at := time.UnixMilli(int64(number))
		return period{at, at.Add(time.Millisecond - 1)}, true
	}
	at := time.UnixMilli(int64(number * 1000))
	if strings.Contains(text, ".") {
		return period{at, at.Add(time.Millisecond - 1)}, true
	}
	return period{at, at.Add(time.Second - 1)}, true
}

// IsOlder reports whether the time a is certainly before the time b. It returns false if one of the texts is not a time.
func IsOlder(a, b string) bool {
	first, okA := parseTimestamp(a)
	second, okB := parseTimestamp(b)
	return okA && okB && first.to.Before(second.from)
}
