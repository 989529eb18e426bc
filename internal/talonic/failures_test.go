package talonic

import (
	"context"
	"errors"
	"net/http"
	"testing"
)

// method is a method of the client, for the failures that all of them share.
type method struct {
	name     string
	call     func(context.Context, *Client) error
	creates  bool
	readsOne bool // the answer is the destination with the id that was asked for
}

// destinationMethods are the methods that take an id.
func destinationMethods(id string) []method {
	return []method{
		{name: "GetDestination", readsOne: true, call: func(ctx context.Context, c *Client) error {
			_, err := c.GetDestination(ctx, id)
			return err
		}},
		{name: "UpdateDestination", readsOne: true, call: func(ctx context.Context, c *Client) error {
			_, err := c.UpdateDestination(ctx, id, DestinationChange{Name: "m"})
			return err
		}},
		{name: "TestDestination", call: func(ctx context.Context, c *Client) error {
			_, err := c.TestDestination(ctx, id)
			return err
		}},
		{name: "DeleteDestination", call: func(ctx context.Context, c *Client) error {
			return c.DeleteDestination(ctx, id)
		}},
	}
}

func allMethods() []method {
	return append(destinationMethods("d1"),
		method{name: "CreateDestination", creates: true, call: func(ctx context.Context, c *Client) error {
			_, err := c.CreateDestination(ctx, NewDestination{Name: "n", Type: "webhook"})
			return err
		}},
		method{name: "ListDestinations", call: func(ctx context.Context, c *Client) error {
			_, err := c.ListDestinations(ctx)
			return err
		}},
		method{name: "ListConnectors", call: func(ctx context.Context, c *Client) error {
			_, err := c.ListConnectors(ctx)
			return err
		}},
	)
}

func forEachMethod(t *testing.T, test func(*testing.T, method)) {
	t.Helper()
	for _, m := range allMethods() {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			test(t, m)
		})
	}
}

// An answer that is not what was asked for is an error, never a zero value.
func TestUnexpectedBodies(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		if m.name == "DeleteDestination" {
			t.Skip("its answer is not read")
		}
		for _, body := range []string{
			`{"data":`, `null`, `{}`, `[{}]`, `[null]`, `"text"`, `7`, `true`, `<html>Sign in</html>`, `{"error":"not_found"}`, `{"data":[{}]}`,
			`{"data":null}`, `{"success":null}`, minimal("d1") + "!",
			`{"id":"","name":"n","type":"webhook"}`, `{"id":"d1","type":"webhook"}`, `{"id":"d1","name":"n"}`, `{"id":1,"name":"n","type":"webhook"}`,
		} {
			err := m.call(t.Context(), newTestClient(t, always(200, body)))
			if !isUnexpectedBody(err) || isOutcomeUnknown(err) != m.creates {
				t.Errorf("%s: error = %v, want an *UnexpectedBodyError", body, err)
			}
		}
	})
}

func TestEmptyBodies(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		err := m.call(t.Context(), newTestClient(t, always(200, " \n")))
		if (err == nil) != (m.name == "DeleteDestination") || isOutcomeUnknown(err) != m.creates {
			t.Errorf("error = %v", err)
		}
	})
}

func TestAnotherDestination(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		if !m.readsOne {
			t.Skip("it does not read one destination")
		}
		if err := m.call(t.Context(), newTestClient(t, always(200, minimal("d2")))); !isUnexpectedBody(err) {
			t.Errorf("error = %v, want an *UnexpectedBodyError", err)
		}
	})
}

func TestRejections(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		for _, status := range []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusInternalServerError} {
			err := m.call(t.Context(), newTestClient(t, always(status, `{"code":"X","message":"m"}`)))
			if status == http.StatusNotFound && m.name == "DeleteDestination" {
				if err != nil {
					t.Errorf("%d: error = %v, want none", status, err)
				}
				continue
			}
			var e *Error
			if !errors.As(err, &e) || e.StatusCode != status || e.Code != "X" || e.Message != "m" {
				t.Errorf("%d: error = %v, want an *Error with all that was said", status, err)
			}
			if got, want := isOutcomeUnknown(err), m.creates && status >= 500; got != want {
				t.Errorf("%d: outcome unknown = %v, want %v", status, got, want)
			}
		}
	})
}

func TestCanceledBeforehand(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		server := record(always(200, "{}"))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := m.call(ctx, newTestClient(t, server.ServeHTTP))
		if !errors.Is(err, context.Canceled) || isOutcomeUnknown(err) {
			t.Errorf("error = %v, want context.Canceled, and a known outcome", err)
		}
		if n := len(server.all()); n != 0 {
			t.Errorf("%d requests were sent", n)
		}
	})
}
