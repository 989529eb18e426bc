package talonic

// DeliveryPolicy is how often and how fast a binding delivers. What is nil is the API's own, which its documents do not agree on.
type DeliveryPolicy struct {
	MaxAttempts *int64 `json:"max_attempts,omitempty"`

	// BackoffSchedule has the waits between the attempts and TimeoutMS the time for each. That the waits are in milliseconds
	// too is what the examples of the API's pages look like.
	BackoffSchedule []int64 `json:"backoff_schedule,omitzero"`
	TimeoutMS       *int64  `json:"timeout_ms,omitempty"`

	RateLimit *DeliveryRate `json:"rate_limit,omitempty"`
}

// DeliveryRate is a token bucket.
type DeliveryRate struct {
	RatePerSec *float64 `json:"ratePerSec,omitempty"`
	Capacity   *int64   `json:"capacity,omitempty"` // how many deliveries may come at once
}
