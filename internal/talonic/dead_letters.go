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

// DeadLetter is an event that a binding could not deliver, and that the API does not try to deliver any more.
type DeadLetter struct {
	ID         string       `json:"id"`
	BindingID  string       `json:"binding_id"`
	EventID    numberOrText `json:"event_id"`
	LastItemID string       `json:"last_item_id"` // of the last attempt; empty: there is none

	// ErrorCode is a word of the API's, such as connector_5xx, ErrorMessage any text, perhaps of the receiver.
	ErrorCode    *string `json:"error_code"`
	ErrorMessage *string `json:"error_message"`

	Attempts  *int64       `json:"attempts"`
	CreatedAt numberOrText `json:"created_at"`
}

// ListDeadLetters reads the dead letters that match, the oldest first, and keeps the first so many of them. The API is asked for all:
// no filter of its own is documented. matches nil: all match.
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

// ReplayDeadLetter has the API deliver a dead letter once more, which removes it from the list. It is sent once: if the response is lost
// or does not say that the dead letter was replayed, the error is an [*OutcomeUnknownError]. The end of the context does not end a
// request that was sent. See [IsNotFound] for a dead letter that was replayed or dismissed before.
//
// POST /v1/delivery/dlq/:id/replay. The API refuses keys of a whole organization with 400.
func (c *Client) ReplayDeadLetter(ctx context.Context, id string) error {
	var said deletion
	return c.replay(ctx, call{
		path: deadLetterPath(id) + "/replay", result: &said,
		check: func() error {
			if err := said.check(id, "replayed"); err != nil {
				return err
			}
			if !said.isClear("replayed") || len(said.fields) == 0 {
				return errors.New(`it has no "replayed"`)
			}
			return nil
		},
	})
}

// DismissDeadLetter removes a dead letter without delivering it. attempts is how many requests were sent that may have had an effect: after
// more than one, the error for a dead letter that is gone, which satisfies [IsNotFound], may follow from the first. The end of the context
// does not end a request that was sent.
//
// DELETE /v1/delivery/dlq/:id.
func (c *Client) DismissDeadLetter(ctx context.Context, id string) (attempts int, err error) {
	var said deletion
	err = c.finish(ctx, call{
		method: http.MethodDelete, path: deadLetterPath(id), result: &said, mayBeEmpty: true, mayBeText: true,
		check:   func() error { return said.check(id, "dismissed") },
		sending: func(time.Time) { attempts++ },
		refused: func() { attempts-- },
	})
	if err == nil && !said.isClear("dismissed") {
		err = c.confirmDismissed(ctx, id)
	}
	return attempts, err
}

// confirmDismissed looks up a dead letter after a DELETE whose success does not say that it was dismissed.
func (c *Client) confirmDismissed(ctx context.Context, id string) error {
	left, err := c.ListDeadLetters(ctx, func(d DeadLetter) bool { return text.SameID(d.ID, id) }, 1)
	if err != nil {
		return err
	}
	if len(left.Objects) > 0 {
		return errors.New("DELETE " + deadLetterPath(id) + ": the API reported a success without saying that the dead letter was dismissed, and it is still there")
	}
	return nil
}

func deadLetterPath(id string) string { return deadLettersPath + "/" + url.PathEscape(id) }

func (d DeadLetter) id() string { return d.ID }

func oldestFirst(a, b DeadLetter) int {
	return cmp.Or(compareTimes(a.CreatedAt, b.CreatedAt), cmp.Compare(a.ID, b.ID))
}
