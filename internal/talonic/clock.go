package talonic

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// clock estimates the API's clock from the Date headers of its responses. The zero value has no samples. It is safe for
// concurrent use.
type clock struct {
	mu      sync.Mutex
	samples []clockSample // oldest first
}

// clockSample is the Date header of one response. The API's clock showed date, in whole seconds, at some moment between sent and
// received on the local clock.
type clockSample struct {
	sent, received time.Time
	date           time.Time
}

// offset returns the smallest and the largest offset of the API's clock from the local clock that the sample allows. It is
// positive if the API's clock is ahead.
func (s clockSample) offset() (shortest, longest time.Duration) {
	return s.date.Sub(s.received), s.date.Add(time.Second).Sub(s.sent)
}

const (
	mostClockSamples = 16
	clockSampleAge   = 5 * time.Minute

	// ordinaryOffset is the largest difference between two clocks that are both synchronized.
	ordinaryOffset = 3 * time.Second
)

// newClockSample reads the Date header of a response. sent is when the request began, and received is when the headers arrived.
// ok is false if the response has no Date header, or if it comes from a cache.
func newClockSample(header http.Header, sent, received time.Time) (s clockSample, ok bool) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil || header.Get("Age") != "" { // the date of a cached response is in the past
		return clockSample{}, false
	}
	return clockSample{sent, received, date}, true
}

// note adds a sample and drops those that are too old.
func (c *clock) note(sample clockSample) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.samples = append(c.samples, sample)
	c.samples = slices.DeleteFunc(c.samples, func(s clockSample) bool { return sample.received.Sub(s.received) > clockSampleAge })
	c.samples = c.samples[max(0, len(c.samples)-mostClockSamples):]
}

// offset returns the smallest and the largest offset of the API's clock from the local clock. Without a sample, both are 0.
// certain is false if the samples contradict each other or may come from a cache; a sample from a later second may resolve such
// doubts. If the API's clock is clearly behind the local clock, certain is always false, because a stale Date header looks the
// same, even if it advances.
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
