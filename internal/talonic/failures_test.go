package talonic

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

// method is a method of the client, for tests of failures that all methods share.
type method struct {
	name    string
	call    func(context.Context, *Client) error
	creates bool
	deletes bool
	another string // an object with a different ID, if the method must reject such a response
}

// destinationMethods returns the methods that take the ID of a destination.
func destinationMethods(id string) []method {
	return []method{
		{name: "GetDestination", another: minimal("d2"), call: func(ctx context.Context, c *Client) error {
			_, err := c.GetDestination(ctx, id)
			return err
		}},
		{name: "UpdateDestination", another: minimal("d2"), call: func(ctx context.Context, c *Client) error {
			_, err := c.UpdateDestination(ctx, id, DestinationChange{Name: "m"})
			return err
		}},
		{name: "CachedDestination", another: minimal("d2"), call: func(ctx context.Context, c *Client) error {
			_, err := c.CachedDestination(ctx, id)
			return err
		}},
		{name: "TestDestination", call: func(ctx context.Context, c *Client) error {
			_, err := c.TestDestination(ctx, id)
			return err
		}},
		{name: "DeleteDestination", deletes: true, call: func(ctx context.Context, c *Client) error {
			return c.DeleteDestination(ctx, id)
		}},
	}
}

// bindingMethods returns the methods that take the ID of a binding.
func bindingMethods(id string) []method {
	return []method{
		{name: "GetBinding", another: minimalBinding("b2"), call: func(ctx context.Context, c *Client) error {
			_, err := c.GetBinding(ctx, id)
			return err
		}},
		{name: "RefreshBinding", another: minimalBinding("b2"), call: func(ctx context.Context, c *Client) error {
			_, err := c.RefreshBinding(ctx, id)
			return err
		}},
		{name: "UpdateBinding", another: minimalBinding("b2"), call: func(ctx context.Context, c *Client) error {
			_, err := c.UpdateBinding(ctx, id, BindingChange{Name: "m"})
			return err
		}},
		{name: "DeleteBinding", deletes: true, call: func(ctx context.Context, c *Client) error {
			return c.DeleteBinding(ctx, id)
		}},
	}
}

func allMethods() []method {
	return append(append(destinationMethods("d1"), bindingMethods("b1")...),
		method{name: "CreateDestination", creates: true, call: func(ctx context.Context, c *Client) error {
			_, err := c.CreateDestination(ctx, NewDestination{Name: "n", Type: "webhook"})
			return err
		}},
		method{name: "CreateBinding", creates: true, call: func(ctx context.Context, c *Client) error {
			_, err := c.CreateBinding(ctx, plainBinding())
			return err
		}},
		method{name: "ListBindings", call: func(ctx context.Context, c *Client) error {
			_, err := c.ListBindings(ctx)
			return err
		}},
		method{name: "CachedBindings", call: func(ctx context.Context, c *Client) error {
			_, err := c.CachedBindings(ctx)
			return err
		}},
		method{name: "ListDestinations", call: func(ctx context.Context, c *Client) error {
			_, err := c.ListDestinations(ctx)
			return err
		}},
		method{name: "CachedDestinations", call: func(ctx context.Context, c *Client) error {
			_, err := c.CachedDestinations(ctx)
			return err
		}},
		method{name: "ListSignals", call: func(ctx context.Context, c *Client) error {
			_, err := c.ListSignals(ctx)
			return err
		}},
		method{name: "ListDeliverables", call: func(ctx context.Context, c *Client) error {
			_, err := c.ListDeliverables(ctx)
			return err
		}},
		method{name: "ListSerializers", call: func(ctx context.Context, c *Client) error {
			_, err := c.ListSerializers(ctx)
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

// A response that was not requested is an error, never a zero value.
func TestUnexpectedBodies(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		if m.deletes {
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
		if (err == nil) != (m.deletes) || isOutcomeUnknown(err) != m.creates {
			t.Errorf("error = %v", err)
		}
	})
}

func TestAnotherObject(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		if m.another == "" {
			t.Skip("it does not read one object")
		}
		err := m.call(t.Context(), newTestClient(t, always(200, m.another)))
		if !isUnexpectedBody(err) || !strings.Contains(err.Error(), "it describes a different") {
			t.Errorf("error = %v, want an *UnexpectedBodyError", err)
		}
	})
}

func TestRejections(t *testing.T) {
	t.Parallel()
	forEachMethod(t, func(t *testing.T, m method) {
		for _, status := range []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusInternalServerError} {
			err := m.call(t.Context(), newTestClient(t, always(status, `{"code":"X","message":"m"}`)))
			if gone := m.call(t.Context(), newTestClient(t, nothingThere)); m.deletes && !IsNotFound(gone) {
				t.Errorf("404: error = %v, want one that says so", gone)
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
