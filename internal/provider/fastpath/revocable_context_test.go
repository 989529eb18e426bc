package fastpath

import (
	"context"
	"errors"
	"testing"
	"time"
)

type key struct{}

func TestRevocable(t *testing.T) {
	t.Parallel()
	deadline := time.Now().Add(time.Hour)
	ctx, cancel := context.WithDeadline(context.WithValue(t.Context(), key{}, "value"), deadline)
	lent, release := revocable(ctx)
	child, cancelChild := context.WithCancel(lent)
	defer cancelChild()

	if got, ok := lent.Deadline(); !ok || !got.Equal(deadline) {
		t.Errorf("deadline %s, %t", got, ok)
	}
	if child.Value(key{}) != "value" || child.Err() != nil {
		t.Errorf("value %v, error %v", child.Value(key{}), child.Err())
	}
	cancel()
	<-child.Done()
	if !errors.Is(lent.Err(), context.Canceled) {
		t.Errorf("after the end: %v", lent.Err())
	}

	release()
	if child.Value(key{}) != nil {
		t.Error("it still refers to the value")
	}
	if _, ok := lent.Deadline(); ok || !errors.Is(lent.Err(), context.Canceled) {
		t.Errorf("after its release it is still good: %v", lent.Err())
	}
}

// A call may succeed and then revoke its context.
func TestRevoked(t *testing.T) {
	t.Parallel()
	lent, release := revocable(context.WithValue(t.Context(), key{}, "value"))
	release()
	if !errors.Is(lent.Err(), context.Canceled) || lent.Value(key{}) != nil {
		t.Errorf("error %v, value %v", lent.Err(), lent.Value(key{}))
	}
}
