package emulator

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"
)

// These are the error codes of attempts and dead letters. The first five are documented.
//
// API docs: Dead Letter Queue.
const (
	codeServerError = "connector_5xx"
	codeAuthFailed  = "auth_failed"
	codeSSRFBlocked = "ssrf_blocked"
	codeTooLarge    = "payload_too_large"
	codeTimeout     = "delivery_timeout"

	// The codes of other responses and failures are undocumented, so these are assumptions.
	codeRefused     = "connector_4xx"        // any other response that is not a success
	codeUnreachable = "connector_error"      // no response
	codeInactive    = "destination_inactive" // no attempt was made
)

// According to the API docs, only auth_failed and ssrf_blocked skip the retries and disable the destination. It is an assumption
// that the other two codes are not retried either.
//
// API docs: Dead Letter Queue.
var (
	permanentCodes = []string{codeAuthFailed, codeSSRFBlocked, codeTooLarge, codeInactive}
	disablingCodes = []string{codeAuthFailed, codeSSRFBlocked}
)

// policy is a delivery_policy with defaults for absent fields.
type policy struct {
	maxAttempts int
	waits       []time.Duration
	timeout     time.Duration
}

// policyOf returns the delivery_policy of a binding with defaults. Rate limits are not emulated.
func policyOf(b Behavior, of binding) policy {
	set := normalized(b.deliveryPolicy(of.DeliveryPolicy))
	millis := func(v any) time.Duration {
		n, _ := v.(float64)
		return time.Duration(n) * time.Millisecond
	}
	p := policy{timeout: millis(set["timeout_ms"])}
	if n, ok := set["max_attempts"].(float64); ok {
		p.maxAttempts = int(n)
	}
	schedule, _ := set["backoff_schedule"].([]any)
	for _, wait := range schedule {
		p.waits = append(p.waits, millis(wait))
	}
	return p
}

// wait returns the time to wait after a try, counted from 1. It is an assumption that the last wait of the schedule repeats.
func (p policy) wait(try int) time.Duration {
	if len(p.waits) == 0 {
		return 0
	}
	return p.waits[min(try, len(p.waits))-1]
}

// try makes one attempt. It returns whether to try again, and the wait before the next try.
func (e *Emulator) try(d *dispatcher, j *job, try int) (wait time.Duration, again bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	target := e.find(j.binding.DestinationID)
	if target == nil {
		return 0, false // its history is deleted as well
	}
	var (
		p       = policyOf(e.behavior, j.binding)
		made    = e.begin(j, try)
		body    = j.message(made.Attempt.Attempt, e.clock())
		outcome DeliveryOutcome
	)
	e.history.keepBodies(made, string(body), "")
	e.history.forgetOldest()
	switch {
	case !target.IsActive:
		outcome = DeliveryOutcome{ErrorCode: codeInactive, ErrorMessage: "the destination is not active"}
	case len(body) > target.payloadCap():
		outcome = DeliveryOutcome{ErrorCode: codeTooLarge, ErrorMessage: "the payload is larger than the destination takes"}
	case target.outcome != nil:
		outcome = *target.outcome
	case target.Type == "webhook":
		outcome = e.callReceiver(d.context, *target, j, body, p.timeout)
	}
	if d.context.Err() != nil {
		return 0, false
	}
	again = e.end(made, outcome.complete(), try < p.maxAttempts)
	if d.OnAttempt != nil {
		ended := made.Attempt
		e.unlocked(func() { d.OnAttempt(ended) })
	}
	return p.wait(try), again
}

// begin records an attempt, unless a replay has already recorded it.
func (e *Emulator) begin(j *job, try int) *attempt {
	if try == 1 && j.recorded != nil {
		return j.recorded
	}
	return e.insertAttempt(Attempt{
		ID: e.newID(), BindingID: j.binding.ID, DestinationID: j.binding.DestinationID, EventID: j.event.id,
		IdempotencyKey: deliveryKey(j.binding.ID, j.event.id), Status: StatusInFlight, Attempt: j.before + try,
		CreatedAt: e.stored(e.clock().UTC().Truncate(time.Millisecond)),
	})
}

// end records the outcome of an attempt and reports whether to try again. A final failure becomes a dead letter.
func (e *Emulator) end(made *attempt, outcome DeliveryOutcome, left bool) (again bool) {
	now := e.stored(e.clock().UTC().Truncate(time.Millisecond))
	e.history.keepBodies(made, made.RequestBody, outcome.ResponseBody)
	made.Status, made.CompletedAt = StatusSucceeded, now
	if outcome.ErrorCode != "" {
		made.Status = StatusFailed
	}
	made.HTTPStatus, made.DurationMs = outcome.HTTPStatus, outcome.DurationMs
	made.ErrorCode, made.ErrorMessage = outcome.ErrorCode, outcome.ErrorMessage
	e.updateStatus(made, now)
	e.history.forgetOldest()

	switch {
	case made.Status == StatusSucceeded || e.find(made.DestinationID) == nil:
		return false
	case left && !slices.Contains(permanentCodes, made.ErrorCode):
		return true
	}
	e.insertDeadLetter(DeadLetter{
		ID: e.newID(), BindingID: made.BindingID, DestinationID: made.DestinationID, EventID: made.EventID, LastItemID: made.ID,
		ErrorCode: made.ErrorCode, ErrorMessage: made.ErrorMessage, Attempts: made.Attempt.Attempt, CreatedAt: now,
	})
	return false
}

// updateStatus updates the status of the binding and the destination after an attempt, and disables the destination after some
// failures. It is an assumption that their statuses equal the status of the attempt.
func (e *Emulator) updateStatus(made *attempt, now time.Time) {
	if b := e.findBinding(made.BindingID); b != nil {
		b.LastStatus = made.Status
		if e.behavior.DeliveriesMoveUpdatedAt {
			*b = b.touched(now)
		}
		e.notedBinding(b.serial, b)
	}
	target := e.find(made.DestinationID)
	if target == nil || made.ErrorCode == codeInactive {
		return
	}
	target.LastDeliveryAt, target.LastDeliveryStatus = now, made.Status
	disabled := slices.Contains(disablingCodes, made.ErrorCode)
	if disabled {
		target.IsActive, target.AutoDisabled = false, true
	}
	if disabled || e.behavior.DeliveriesMoveUpdatedAt {
		*target = target.touched(now)
	}
	e.noted(target.serial, target)
}

// payloadCap returns the maximum size of a message in bytes. It is an assumption that the whole message counts.
func (d destination) payloadCap() int {
	most := globalPayloadCap
	if own := d.connector().capabilities.MaxPayloadBytes; own > 0 {
		most = min(most, own)
	}
	if d.PayloadCapBytes > 0 {
		most = min(most, int(d.PayloadCapBytes))
	}
	return most
}

// callReceiver sends a message to the URL of a webhook, without holding the lock.
func (e *Emulator) callReceiver(ctx context.Context, to destination, j *job, body []byte, timeout time.Duration) DeliveryOutcome {
	r, err := webhookRequest(ctx, to, j.event.eventType, deliveryKey(j.binding.ID, j.event.id), body, e.clock())
	if err != nil || !webURL.accepts(to.Config["url"]) {
		return DeliveryOutcome{ErrorCode: codeUnreachable, ErrorMessage: "config.url must be " + webURL.wording}
	}
	var (
		guarded = e.behavior.BlockPrivateNetworks
		outcome DeliveryOutcome
	)
	e.unlocked(func() { outcome = e.send(r, timeout, guarded) })
	return outcome
}

func (e *Emulator) send(r *http.Request, timeout time.Duration, guarded bool) DeliveryOutcome {
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	if guarded && inPrivateNetwork(ctx, r.URL) {
		return DeliveryOutcome{ErrorCode: codeSSRFBlocked, ErrorMessage: "the host is in a private network"}
	}
	began := time.Now()
	response, err := e.receivers.Do(r.WithContext(ctx))
	took := func() int { return int(time.Since(began).Milliseconds()) }
	if err != nil {
		outcome := DeliveryOutcome{ErrorCode: codeUnreachable, ErrorMessage: describeFailure(err, timeout), DurationMs: took()}
		if timedOut(err) {
			outcome.ErrorCode = codeTimeout
		}
		return outcome
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(response.Body, maxKeptBody)) // a truncated body does not change the status
	return DeliveryOutcome{HTTPStatus: response.StatusCode, ResponseBody: string(answer), DurationMs: took()}
}

// complete derives the code and the message from the status.
func (o DeliveryOutcome) complete() DeliveryOutcome {
	if o.ErrorCode == "" {
		switch {
		case o.HTTPStatus == 0, o.HTTPStatus/100 == 2:
		case o.HTTPStatus == http.StatusUnauthorized, o.HTTPStatus == http.StatusForbidden:
			o.ErrorCode = codeAuthFailed
		case o.HTTPStatus/100 == 5:
			o.ErrorCode = codeServerError
		default:
			o.ErrorCode = codeRefused
		}
	}
	if o.ErrorCode != "" && o.ErrorMessage == "" {
		o.ErrorMessage = describeStatus(o.HTTPStatus)
	}
	return o
}

// timedOut reports whether a request ended because of its timeout.
func timedOut(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// inPrivateNetwork reports whether the host of a URL is in a private network or this machine. It returns false for a host that
// cannot be resolved.
func inPrivateNetwork(ctx context.Context, u *url.URL) bool {
	found, _ := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname()) // the request reports the error
	return slices.ContainsFunc(found, func(ip netip.Addr) bool {
		return ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
	})
}
