package talonic

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// claimLifetime is how long a claim counts. A create whose response was lost is looked up within minutes.
const claimLifetime = time.Hour

// claims tells the processes of one user on one machine which objects are the results of whose creates. CLIs serve each alias of a
// provider by a process of its own, and two of them must not take one object for their results. A claim is a file whose name is a
// hash of the id: it has no secret and no name in it. Where no file can be written, processes do not know of each other. The zero value
// is off. It is safe for concurrent use.
type claims struct {
	dir     string // empty: off
	baseURL string // of the API; ids are unique there
	owner   string // this process
	once    sync.Once
}

// newClaims returns the claims on the objects of an API, in a directory for all APIs; an empty one turns them off. The API key has no part
// in it: nothing that is made of a secret is written.
func newClaims(dir, baseURL string) *claims {
	return &claims{dir: dir, baseURL: baseURL, owner: rand.Text()}
}

// take claims an object, and reports whether no other process has done so.
func (c *claims) take(id string) bool {
	if c.dir == "" {
		return true
	}
	c.once.Do(c.prepare)
	file, err := os.OpenFile(c.file(id), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return !errors.Is(err, fs.ErrExist) || !c.isTaken(id)
	}
	defer file.Close()
	_, _ = file.WriteString(c.owner) // an empty claim counts as well
	return true
}

// isTaken reports whether another process has claimed an object.
func (c *claims) isTaken(id string) bool {
	if c.dir == "" {
		return false
	}
	info, err := os.Stat(c.file(id))
	if err != nil || time.Since(info.ModTime()) > claimLifetime {
		return false
	}
	owner, err := os.ReadFile(c.file(id))
	return err == nil && string(owner) != c.owner
}

// prepare makes the directory, and removes claims that do not count any more.
func (c *claims) prepare() {
	_ = os.MkdirAll(c.dir, 0o700) // else no claim can be written
	entries, _ := os.ReadDir(c.dir)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > claimLifetime {
			_ = os.Remove(filepath.Join(c.dir, entry.Name()))
		}
	}
}

func (c *claims) file(id string) string {
	sum := sha256.Sum256([]byte(c.baseURL + "\n" + id))
	return filepath.Join(c.dir, hex.EncodeToString(sum[:16]))
}
