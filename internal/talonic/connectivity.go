package talonic

import (
	"context"
	"errors"
	"math"
	"net/http"
)

// ConnectivityTest is the result of a connectivity test.
type ConnectivityTest struct {
	Success    bool   `json:"success"`
	HTTPStatus *int64 `json:"httpStatus"`
	DurationMS int64  `json:"durationMs"`
	Message    string `json:"message"`
}

// TestDestination tests whether Talonic can reach a destination, without delivering anything. A failed test is a result, not an
// error. The test has no side effects, so it is retried like a read if its response is lost.
//
// POST /v1/delivery/destinations/:id/test.
//
// API docs: Get / Update / Delete / Test.
func (c *Client) TestDestination(ctx context.Context, id string) (*ConnectivityTest, error) {
	var response struct {
		ConnectivityTest
		Success    *bool        `json:"success"`
		HTTPStatus *wholeNumber `json:"httpStatus"`
		DurationMS decimal      `json:"durationMs"` // may have a fraction
	}
	err := c.send(ctx, call{
		method: http.MethodPost,
		path:   c.destinations.pathOf(id) + "/test",
		body:   struct{}{},
		result: &response,
		check: func() error {
			if response.Success == nil {
				return errors.New(`it has no "success"`)
			}
			return nil
		},
	})
	if err != nil {
		return nil, c.destinations.confirmGone(ctx, id, err)
	}
	result := response.ConnectivityTest
	result.Success, result.HTTPStatus, result.DurationMS = *response.Success, (*int64)(response.HTTPStatus), int64(math.Round(float64(response.DurationMS)))
	return &result, nil
}
