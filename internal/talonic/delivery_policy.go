package talonic

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
