package talonic

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestClaims(t *testing.T) {
	t.Parallel()
	dir, account := t.TempDir(), "https://account.example"
	ours, theirs := newClaims(dir, account), newClaims(dir, account)
	another, off := newClaims(dir, "https://another.example"), newClaims("", account)
	for range 2 {
		if !ours.take("id") || ours.isTaken("id") {
			t.Error("our own claim keeps us from it")
		}
	}
	if theirs.take("id") || !theirs.isTaken("id") {
		t.Error("another process takes what we have claimed")
	}
	if !another.take("id") || !off.take("id") || off.isTaken("id") {
		t.Error("a claim counts for another account, or where they are off")
	}
	long := time.Now().Add(-2 * claimLifetime)
	if err := os.Chtimes(ours.file("id"), long, long); err != nil {
		t.Fatal(err)
	}
	if theirs.isTaken("id") {
		t.Error("an old claim counts")
	}
	if newClaims(dir, account).take("other"); theirs.isTaken("id") {
		t.Error("an old claim counts")
	}
	if _, err := os.Stat(ours.file("id")); err == nil {
		t.Error("an old claim is not removed")
	}
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if strings.Contains(filepath.Base(path), "id") || strings.Contains(path, "account") {
			t.Errorf("%s shows what it is about", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// If many processes claim one object at once, exactly one of them succeeds.
func TestClaimsAtOnce(t *testing.T) {
	t.Parallel()
	dir, account := t.TempDir(), "https://account.example"
	var (
		group sync.WaitGroup
		mu    sync.Mutex
		won   int
	)
	for range 50 {
		group.Go(func() {
			if newClaims(dir, account).take("id") {
				mu.Lock()
				won++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if won != 1 {
		t.Errorf("%d took it", won)
	}
}

// If no file can be written, creates proceed without claims.
func TestClaimsWithoutDirectory(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := newClaims(file, "https://account.example")
	if !c.take("id") || c.isTaken("id") {
		t.Error("a create needs a directory for claims")
	}
}
