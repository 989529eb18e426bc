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

// Attempt is one attempt to deliver an event, as the API shows it. The API calls it an item. What it does not show is nil or empty.
type Attempt struct {
	ID             string       `json:"id"`
	BindingID      string       `json:"binding_id"`
	EventID        numberOrText `json:"event_id"`
	IdempotencyKey string       `json:"idempotency_key"` // the same in all attempts of a binding to deliver an event

	// Status is in_flight, succeeded or failed.
	Status     string `json:"status"`
	Attempt    *int64 `json:"attempt"` // its number, from 1
	HTTPStatus *int64 `json:"http_status"`

	// ErrorCode is a word of the API's, ErrorMessage any text, perhaps of the receiver.
	ErrorCode    *string `json:"error_code"`
	ErrorMessage *string `json:"error_message"`

	DurationMS  *int64        `json:"duration_ms"`
	CreatedAt   numberOrText  `json:"created_at"`
	CompletedAt *numberOrText `json:"completed_at"`
}

// AttemptWithBodies is an attempt with what was sent to the receiver and what it answered: customers' data. A body that is JSON is the
// text of it. Nil: the API shows none.
type AttemptWithBodies struct {
	Attempt
	RequestBody  *string
	ResponseBody *string
}

// AttemptQuery chooses attempts. An empty text chooses all.
type AttemptQuery struct {
	BindingID     string
	DestinationID string
	Status        string

	// Limit is how many of the newest are wanted, at least 1.
	Limit int
}

// ListAttempts reads the newest attempts, the newest first. It costs one request where the API lists the newest first and in pages as
// large as is asked for. The error is an [*UnexpectedBodyError] if the API shows an attempt that was not asked for.
//
// GET /v1/delivery/items.
//
// Assumption: DESIGN.md#what-is-assumed-about-the-api.
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

// check returns an error if the API cannot have heeded the query. An attempt does not show its destination.
func (q AttemptQuery) check(shown Attempt) error {
	switch {
	case q.BindingID != "" && shown.BindingID != "" && !text.SameID(shown.BindingID, q.BindingID):
		return errors.New("is of another binding than was asked for")
	case q.Status != "" && shown.Status != "" && shown.Status != q.Status:
		return errors.New("has another status than was asked for")
	}
	return nil
}

// GetAttempt reads one attempt; see [IsNotFound].
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
				return errors.New("it is another attempt")
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

// ReplayAttempt has the API deliver the event of an attempt once more, under the same idempotency key. It is sent once: if the response
// is lost, the error is an [*OutcomeUnknownError], and the event may be delivered. The end of the context does not end a request
// that was sent.
//
// POST /v1/delivery/items/:id/replay. The response is not documented: any success counts that does not say the opposite.
func (c *Client) ReplayAttempt(ctx context.Context, id string) error {
	var said deletion
	return c.replay(ctx, call{
		path: attemptsPath + "/" + url.PathEscape(id) + "/replay", result: &said, mayBeEmpty: true, mayBeText: true,
		check: func() error { return said.check("", "replayed") },
	})
}

// replay sends a replay. Nobody knows whether the API carries out a second one, so it is retried only where the first had no effect.
func (c *Client) replay(ctx context.Context, r call) error {
	r.method, r.body, r.nonIdempotent = http.MethodPost, struct{}{}, true
	return c.finish(ctx, r)
}

// finish sends a call that is finished, within the time of one attempt, if the context ends after it was sent.
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
		held.letGo()
		if refused != nil {
			refused()
		}
	}
	return c.send(held, r)
}

func (a Attempt) id() string { return a.ID }

func newestFirst(a, b Attempt) int { return -compareTimes(a.CreatedAt, b.CreatedAt) }

// compareTimes orders times. One that cannot be read is equal to any other.
func compareTimes(a, b numberOrText) int {
	first, isTime := parseTimestamp(string(a))
	second, areTimes := parseTimestamp(string(b))
	if !isTime || !areTimes {
		return 0
	}
	return first.from.Compare(second.from)
}

// UnmarshalJSON takes the bodies in whatever form they come.
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

// bodyText is a text, or the text of any other JSON value; nil: there is none.
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
