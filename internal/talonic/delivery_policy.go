package talonic

import "encoding/json"

// DeliveryPolicy limits how often and how fast a binding delivers. Nil fields are not sent, and the API uses its defaults, about
// which its docs disagree.
//
// API docs: Create Binding.
type DeliveryPolicy struct {
	MaxAttempts *int64 `json:"max_attempts,omitempty"`

	// BackoffSchedule holds the waits between attempts, and TimeoutMS the time limit of each attempt. Both are in milliseconds;
	// for the waits, this is inferred from the examples in the API's documents.
	BackoffSchedule []int64 `json:"backoff_schedule,omitzero"`
	TimeoutMS       *int64  `json:"timeout_ms,omitempty"`

	RateLimit *DeliveryRate `json:"rate_limit,omitempty"`
}

// DeliveryRate is a token bucket.
type DeliveryRate struct {
	RatePerSec *float64 `json:"ratePerSec,omitempty"`
	Capacity   *int64   `json:"capacity,omitempty"` // maximum number of deliveries at once
}

// UnmarshalJSON accepts numbers in any notation, and numbers that are strings.
func (p *DeliveryPolicy) UnmarshalJSON(body []byte) error {
	type plain DeliveryPolicy
	shown := struct {
		*plain
		MaxAttempts     *wholeNumber  `json:"max_attempts"`
		BackoffSchedule []wholeNumber `json:"backoff_schedule"`
		TimeoutMS       *wholeNumber  `json:"timeout_ms"`
	}{plain: (*plain)(p)}
	if err := json.Unmarshal(body, &shown); err != nil {
		return err
	}
	p.MaxAttempts, p.TimeoutMS = (*int64)(shown.MaxAttempts), (*int64)(shown.TimeoutMS)
	p.BackoffSchedule = nil
	if shown.BackoffSchedule != nil {
		p.BackoffSchedule = make([]int64, len(shown.BackoffSchedule))
	}
	for i, wait := range shown.BackoffSchedule {
		p.BackoffSchedule[i] = int64(wait)
	}
	return nil
}

// UnmarshalJSON accepts numbers in any notation, and numbers that are strings.
func (r *DeliveryRate) UnmarshalJSON(body []byte) error {
	var shown struct {
		RatePerSec *decimal     `json:"ratePerSec"`
		Capacity   *wholeNumber `json:"capacity"`
	}
	if err := json.Unmarshal(body, &shown); err != nil {
		return err
	}
	r.RatePerSec, r.Capacity = (*float64)(shown.RatePerSec), (*int64)(shown.Capacity)
	return nil
}
