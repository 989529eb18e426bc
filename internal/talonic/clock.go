package talonic

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// clock tells what time it is at the API, from the Date headers of its responses. The zero value has seen none. It is safe for
// concurrent use.
type clock struct {
	mu      sync.Mutex
	samples []clockSample // oldest first
}

// clockSample is what one response tells: the API's clock showed date, to a second, at some moment between the two on ours.
type clockSample struct {
	sent, received time.Time
	date           time.Time
}

// offset is how far the API's clock is ahead of ours: the shortest and the longest that the sample allows.
func (s clockSample) offset() (shortest, longest time.Duration) {
	return s.date.Sub(s.received), s.date.Add(time.Second).Sub(s.sent)
}

const (
	mostClockSamples = 16
	clockSampleAge   = 5 * time.Minute

	// ordinaryOffset is how far two clocks that are both kept right are apart at the most.
	ordinaryOffset = 3 * time.Second
)

// newClockSample reads the Date of a response: sent is when the request began, received when the headers were there. ok is false if
// it has none of its own.
func newClockSample(header http.Header, sent, received time.Time) (s clockSample, ok bool) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil || header.Get("Age") != "" { // a cache's date is of the past
		return clockSample{}, false
	}
	return clockSample{sent, received, date}, true
}

// note takes a sample into account.
func (c *clock) note(sample clockSample) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.samples = append(c.samples, sample)
	c.samples = slices.DeleteFunc(c.samples, func(s clockSample) bool { return sample.received.Sub(s.received) > clockSampleAge })
	c.samples = c.samples[max(0, len(c.samples)-mostClockSamples):]
}

// offset returns how far the API's clock is ahead of ours, at the least and at the most. Without a sample it takes the clocks to be
// alike. certain is false if the samples may come from a cache, or contradict each other; another sample, a second later, may
// help. A clock that is behind ours may be that of a stale header, even if it advances.
func (c *clock) offset() (least, most time.Duration, certain bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return combineSamples(c.samples)
}

func combineSamples(samples []clockSample) (least, most time.Duration, certain bool) {
	if len(samples) == 0 {
		return 0, 0, true
	}
	widestLeast, widestMost := time.Duration(0), time.Duration(0)
	advances := false
	for i, s := range samples {
		shortest, longest := s.offset()
		if i == 0 {
			least, most = shortest, longest
		}
		least, most = max(least, shortest), min(most, longest)
		widestLeast, widestMost = min(widestLeast, shortest), max(widestMost, longest)
		advances = advances || s.date.After(samples[0].date)
	}
	alike := least > -ordinaryOffset && most < ordinaryOffset
	ahead := most > 0
	if least <= most && (alike || advances && ahead) {
		return least, most, true
	}
	return widestLeast, widestMost, false
}
