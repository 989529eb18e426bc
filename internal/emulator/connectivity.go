package emulator

import (
	"net/http"
	"strings"
)

// TestOutcome is what POST /v1/delivery/destinations/{id}/test finds (section 2.7).
type TestOutcome struct {
	Success    bool
	DurationMs int
	// HTTPStatus is what the receiver answered; left out of the response when it is 0.
	HTTPStatus int
	// Message is left out of the response when it is empty.
	Message string
	// Status is the status of the answer itself (U-9); 0 is 200. From 400 on the answer is an error with Message.
	Status int
}

// reachable is the outcome for a destination that was given no other and is not a webhook.
var reachable = TestOutcome{Success: true, DurationMs: 12, Message: "Destination is reachable."}

type probeBody struct {
	Success    bool   `json:"success"`
	HTTPStatus int    `json:"httpStatus,omitempty"`
	DurationMs int    `json:"durationMs"`
	Message    string `json:"message,omitempty"`
}

// SetTestOutcome decides what tests of a destination find from now on. Without it, the URL of a webhook is called, and
// another destination is reachable. It says whether the destination exists.
func (e *Emulator) SetTestOutcome(id string, outcome TestOutcome) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	d := e.find(id)
	if d == nil {
		return false
	}
	d.probe = &outcome
	return true
}

func (e *Emulator) testDestination(c *call) (reply, *apiError) {
	d, missing := e.asked(c)
	if missing != nil {
		return reply{}, missing
	}
	if d.probe != nil {
		return probed(*d.probe)
	}
	if d.Type != "webhook" {
		return probed(reachable)
	}

	var (
		ctx     = c.request.Context()
		target  = *d
		guarded = e.behaviour.BlockPrivateNetworks
		outcome TestOutcome
	)
	e.unlocked(func() { outcome = e.callWebhook(ctx, target, guarded) })
	c.abandoned = ctx.Err() != nil
	return probed(outcome)
}

func probed(outcome TestOutcome) (reply, *apiError) {
	status := outcome.Status
	if status == 0 {
		status = http.StatusOK
	}
	if status >= http.StatusBadRequest {
		code := strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
		return reply{}, &apiError{status: status, code: code, messages: []string{outcome.Message}}
	}
	return jsonReply(status, probeBody{outcome.Success, outcome.HTTPStatus, outcome.DurationMs, outcome.Message}), nil
}
