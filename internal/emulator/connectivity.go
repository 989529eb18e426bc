package emulator

import (
	"net/http"
	"strings"
)

// TestOutcome is the result of a connectivity test, POST /v1/delivery/destinations/{id}/test.
//
// API docs: Get / Update / Delete / Test.
type TestOutcome struct {
	Success    bool
	DurationMs int
	// HTTPStatus is the status of the receiver's response. The response omits it if it is 0.
	HTTPStatus int
	// Message is omitted from the response if it is empty.
	Message string
	// Status is the status of the API's own response; 0 means 200. If it is at least 400, the response is an error with Message.
	//
	// Assumption: DESIGN.md#assumptions-about-the-api.
	Status int
}

// reachable is the default outcome for a destination that is not a webhook.
var reachable = TestOutcome{Success: true, DurationMs: 12, Message: "Destination is reachable."}

type probeBody struct {
	Success    bool   `json:"success"`
	HTTPStatus int    `json:"httpStatus,omitempty"`
	DurationMs int    `json:"durationMs"`
	Message    string `json:"message,omitempty"`
}

// SetTestOutcome sets the outcome of all further tests of a destination. By default, a test calls the URL of a webhook, and other
// destinations are reachable. It reports whether the destination exists.
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
		guarded = e.behavior.BlockPrivateNetworks
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
