package connector

import (
	"strings"
	"testing"
)

func TestJudgeAccountName(t *testing.T) {
	t.Parallel()
	judged(t, validateAccountName,
		[]string{"abc", "123", "acmestorage01", strings.Repeat("a", 24)},
		[]string{"ab", strings.Repeat("a", 25), "Acme", "acme-storage", "acme.blob.core.windows.net", "acme_storage", "acme storage", "bücher", "acme\n"})
}

func TestJudgeContainer(t *testing.T) {
	t.Parallel()
	judged(t, validateContainer,
		[]string{"abc", "1-2", "in-box", "a-b-c", strings.Repeat("a", 63), "$root", "$web", "$logs"},
		[]string{"ab", strings.Repeat("a", 64), "In-box", "in--box", "-inbox", "inbox-", "in_box", "in.box", "in/box", "$Web", "$other", "$", "inbox\n"})
}
