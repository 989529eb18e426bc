package tristate

import "testing"

func TestOr(t *testing.T) {
	t.Parallel()
	want := map[[2]Value]Value{
		{No, No}: No, {No, Yes}: Yes, {No, Unknown}: Unknown,
		{Yes, No}: Yes, {Yes, Yes}: Yes, {Yes, Unknown}: Yes,
		{Unknown, No}: Unknown, {Unknown, Yes}: Yes, {Unknown, Unknown}: Unknown,
	}
	for of, want := range want {
		if got := Or(of[0], of[1]); got != want {
			t.Errorf("Or(%d, %d) = %d, want %d", of[0], of[1], got, want)
		}
	}
	if Of(true) != Yes || Of(false) != No {
		t.Error("Of")
	}
}
