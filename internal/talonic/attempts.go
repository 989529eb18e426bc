package talonic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

const attemptsPath = "/v1/delivery/items"

// Attempt is one attempt to deliver an event. The API calls it an item. Fields that the API omits are nil or empty.
//
// API docs: Delivery History.
type Attempt struct {
	ID             string       `json:"id"`
	BindingID      string       `json:"binding_id"`
	EventID        numberOrText `json:"event_id"`
	IdempotencyKey string       `json:"idempotency_key"` // the same for all attempts of a binding to deliver one event

	// Status is "in_flight", "succeeded" or "failed".
	Status     string `json:"status"`
	Attempt    *int64 `json:"attempt"` // number of the attempt, from 1
	HTTPStatus *int64 `json:"http_status"`

	// ErrorCode is one of the API's codes. ErrorMessage is free text and may come from the receiver.
	ErrorCode    *string `json:"error_code"`
	ErrorMessage *string `json:"error_message"`

	DurationMS  *int64        `json:"duration_ms"`
	CreatedAt   numberOrText  `json:"created_at"`
	CompletedAt *numberOrText `json:"completed_at"`
}

// AttemptWithBodies is an attempt with the request that was sent to the receiver and the receiver's response. Both bodies are
// customer data. A JSON body is kept as its text; nil means that the API omits the body.
type AttemptWithBodies struct {
	Attempt
	RequestBody  *string
	ResponseBody *string
}

// AttemptQuery selects attempts. An empty field selects all.
type AttemptQuery struct {
	BindingID     string
	DestinationID string
	Status        string

	// Limit is the maximum number of attempts to return, newest first. It must be at least 1.
	Limit int
}

// ListAttempts returns the newest attempts that match q, newest first. It costs one request if the API lists the newest first and
// accepts the requested page size. It returns an [*UnexpectedBodyError] if the API returns an attempt that does not match q.
//
// GET /v1/delivery/items.
//
// Assumption: DESIGN.md#assumptions-about-the-api.
func (c *Client) ListAttempts(ctx context.Context, q AttemptQuery) (*Selection[Attempt], error) {
	l := &listing[Attempt]{
		client: c, path: attemptsPath, pages: &c.attemptPages, query: q.values(),
		choice:      choice[Attempt]{order: newestFirst, most: q.Limit},
		largestPage: q.Limit, check: q.check,
	}
	var isWhole bool
	err := l.read(ctx, func(ctx context.Context) (err error) {
		isWhole, err = l.first(ctx)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case isWhole:
		return &Selection[Attempt]{l.objects, &l.count}, nil
	}
	return &Selection[Attempt]{l.objects, l.total}, nil
}

func (q AttemptQuery) values() url.Values {
	query := url.Values{}
	for key, value := range map[string]string{"binding_id": q.BindingID, "destination_id": q.DestinationID, "status": q.Status} {
		if value != "" {
			query.Set(key, value)
		}
	}
	return query
}

// check returns an error if the API ignored the query. It cannot check the destination, because attempts do not contain it.
func (q AttemptQuery) check(shown Attempt) error {
	switch {
	case q.BindingID != "" && shown.BindingID != "" && !text.SameID(shown.BindingID, q.BindingID):
		return errors.New("belongs to a binding that was not requested")
	case q.Status != "" && shown.Status != "" && shown.Status != q.Status:
		return errors.New("has a status that was not requested")
	}
	return nil
}

// GetAttempt returns one attempt. If it does not exist, the error satisfies [IsNotFound].
//
// GET /v1/delivery/items/:id.
func (c *Client) GetAttempt(ctx context.Context, id string) (*AttemptWithBodies, error) {
	var got AttemptWithBodies
	err := c.send(ctx, call{
		method: http.MethodGet,
		path:   attemptsPath + "/" + url.PathEscape(id),
		result: &got,
		check: func() error {
			switch {
			case got.ID == "":
				return errors.New(`it has no "id"`)
			case !text.SameID(got.ID, id):
				return errors.New("it describes a different attempt")
			case got.Status == "":
				return errors.New(`it has no "status"`)
			}
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	return &got, nil
}

// ReplayAttempt makes the API deliver the event of an attempt again, under the same idempotency key. The request is not retried:
// if the response is lost, the error is an [*OutcomeUnknownError], and the event may be delivered. Canceling ctx does not stop a
// request that was already sent.
//
// POST /v1/delivery/items/:id/replay. The response is undocumented: any success counts unless its body denies the replay.
func (c *Client) ReplayAttempt(ctx context.Context, id string) error {
	var response deletion
	return c.replay(ctx, call{
		path: attemptsPath + "/" + url.PathEscape(id) + "/replay", result: &response, mayBeEmpty: true, mayBeText: true,
		check: func() error { return response.check("", "replayed") },
	})
}

// replay sends a replay. It retries only if the first attempt had no effect, because the API may carry out a repeated replay as
// well.
func (c *Client) replay(ctx context.Context, r call) error {
	r.method, r.body, r.nonIdempotent = http.MethodPost, struct{}{}, true
	return c.finish(ctx, r)
}

// finish sends a call. If ctx ends after the call was sent, the call still has the time of one attempt to complete.
func (c *Client) finish(ctx context.Context, r call) error {
	if err := ctx.Err(); err != nil {
		return failedCall(r, err)
	}
	held, end := newGrace(ctx, c.timeout, false)
	defer end()
	sending, refused := r.sending, r.refused
	r.sending = func(at time.Time) {
		held.hold()
		if sending != nil {
			sending(at)
		}
	}
	r.refused = func() {
		held.release()
		if refused != nil {
			refused()
		}
	}
	return c.send(held, r)
}

func (a Attempt) id() string { return a.ID }

func newestFirst(a, b Attempt) int { return -compareTimes(a.CreatedAt, b.CreatedAt) }

// compareTimes orders times. A time that cannot be parsed compares equal to any other.
func compareTimes(a, b numberOrText) int {
	first, isTime := parseTimestamp(string(a))
	second, areTimes := parseTimestamp(string(b))
	if !isTime || !areTimes {
		return 0
	}
	return first.from.Compare(second.from)
}

// UnmarshalJSON accepts bodies as strings or as any other JSON value.
func (a *AttemptWithBodies) UnmarshalJSON(body []byte) error {
	if err := newDecoder(body).Decode(&a.Attempt); err != nil {
		return err
	}
	var bodies struct {
		Request  json.RawMessage `json:"request_body"`
		Response json.RawMessage `json:"response_body"`
	}
	if err := json.Unmarshal(body, &bodies); err != nil {
		return err
	}
	a.RequestBody, a.ResponseBody = bodyText(bodies.Request), bodyText(bodies.Response)
	return nil
}

// bodyText returns the content of a JSON string, or the JSON text of any other value. It returns nil if there is no value.
func bodyText(raw json.RawMessage) *string {
	var shown string
	switch raw = bytes.TrimSpace(raw); {
	case len(raw) == 0 || string(raw) == "null":
		return nil
	case json.Unmarshal(raw, &shown) != nil:
		shown = string(raw)
	}
	return &shown
}
