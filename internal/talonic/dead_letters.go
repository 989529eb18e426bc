package talonic

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

const deadLettersPath = "/v1/delivery/dlq"

// DeadLetter is an event that a binding could not deliver and that the API no longer tries to deliver.
type DeadLetter struct {
	ID         string       `json:"id"`
	BindingID  string       `json:"binding_id"`
	EventID    numberOrText `json:"event_id"`
	LastItemID string       `json:"last_item_id"` // ID of the last attempt; empty: there is none

	// ErrorCode is one of the API's codes, such as connector_5xx. ErrorMessage is free text and may come from the receiver.
	ErrorCode    *string `json:"error_code"`
	ErrorMessage *string `json:"error_message"`

	Attempts  *int64       `json:"attempts"`
	CreatedAt numberOrText `json:"created_at"`
}

// ListDeadLetters returns the oldest matching dead letters, oldest first and at most limit. Total is the number of all matching
// dead letters. If matches is nil, all dead letters match. ListDeadLetters reads the whole list, because no filter is documented.
//
// GET /v1/delivery/dlq.
func (c *Client) ListDeadLetters(ctx context.Context, matches func(DeadLetter) bool, limit int) (*Selection[DeadLetter], error) {
	l := &listing[DeadLetter]{
		client: c, path: deadLettersPath, pages: &c.deadLetterPages,
		choice: choice[DeadLetter]{matches: matches, order: oldestFirst, most: limit},
	}
	if err := l.read(ctx, l.whole); err != nil {
		return nil, err
	}
	return &Selection[DeadLetter]{l.objects, &l.count}, nil
}

// ReplayDeadLetter makes the API deliver a dead letter again, which removes it from the list. The request is not retried: if the
// response is lost or does not confirm the replay, the error is an [*OutcomeUnknownError]. If the dead letter was replayed or
// dismissed before, the error satisfies [IsNotFound]. Canceling ctx does not stop a request that was already sent.
//
// POST /v1/delivery/dlq/:id/replay. The API rejects organization-wide API keys with status 400.
//
// API docs: Dead Letter Queue.
func (c *Client) ReplayDeadLetter(ctx context.Context, id string) error {
	var response deletion
	return c.replay(ctx, call{
		path: deadLetterPath(id) + "/replay", result: &response,
		check: func() error {
			if err := response.check(id, "replayed"); err != nil {
				return err
			}
			if !response.isClear("replayed") || len(response.fields) == 0 {
				return errors.New(`it has no "replayed"`)
			}
			return nil
		},
	})
}

// DismissDeadLetter removes a dead letter without delivering it. attempts is the number of requests sent that may have had an
// effect. If the dead letter does not exist, the error satisfies [IsNotFound]. If attempts is more than 1, an earlier attempt may
// have removed it. If the response does not confirm the dismissal and the list cannot be read, the error is an
// [*OutcomeUnknownError]. Canceling ctx does not stop a request that was already sent.
//
// DELETE /v1/delivery/dlq/:id.
//
// API docs: Dead Letter Queue.
func (c *Client) DismissDeadLetter(ctx context.Context, id string) (attempts int, err error) {
	var response deletion
	err = c.finish(ctx, call{
		method: http.MethodDelete, path: deadLetterPath(id), result: &response, mayBeEmpty: true, mayBeText: true,
		check:   func() error { return response.check(id, "dismissed") },
		sending: func(time.Time) { attempts++ },
		refused: func() { attempts-- },
	})
	if err == nil && !response.isClear("dismissed") {
		err = c.confirmDismissed(ctx, id)
	}
	return attempts, err
}

// confirmDismissed looks up a dead letter after a successful DELETE whose body does not confirm the dismissal. If the list cannot be
// read, the error is an [*OutcomeUnknownError]. Its cause does not wrap the error of the list, because callers would take that for
// the response to the DELETE.
func (c *Client) confirmDismissed(ctx context.Context, id string) error {
	left, err := c.ListDeadLetters(ctx, func(d DeadLetter) bool { return text.SameID(d.ID, id) }, 1)
	if err != nil {
		return &OutcomeUnknownError{
			Cause:  &AcceptedError{Method: http.MethodDelete, Path: deadLetterPath(id), Err: errors.New(err.Error())},
			Lookup: err,
		}
	}
	if len(left.Objects) > 0 {
		return &StillExistsError{Path: deadLetterPath(id), Noun: "dead letter"}
	}
	return nil
}

func deadLetterPath(id string) string { return deadLettersPath + "/" + url.PathEscape(id) }

func (d DeadLetter) id() string { return d.ID }

func oldestFirst(a, b DeadLetter) int {
	return cmp.Or(compareTimes(a.CreatedAt, b.CreatedAt), cmp.Compare(a.ID, b.ID))
}
