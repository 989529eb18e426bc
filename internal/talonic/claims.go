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

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// claimLifetime is the validity of a claim. A create whose response was lost is looked up within minutes.
const claimLifetime = time.Hour

// claims records which objects a process has created or adopted, for the other processes of the user on this machine. CLIs start a
// separate process for each alias of a provider, and two processes must not adopt the same object. A claim is a file named after a
// hash of the ID, so it contains no secret and no name. If no file can be written, processes do not see each other's claims. The
// zero value records nothing. It is safe for concurrent use.
type claims struct {
	dir     string // empty: nothing is recorded
	baseURL string // of the API; IDs are unique there
	owner   string // this process
	once    sync.Once
}

// newClaims returns the claims on the objects of the API at baseURL. All APIs share dir. If dir is empty, nothing is recorded. The
// API key is not part of a claim, because no value derived from a secret is written to disk.
func newClaims(dir, baseURL string) *claims {
	return &claims{dir: dir, baseURL: baseURL, owner: rand.Text()}
}

// take claims an object. It returns false if another process has already claimed the object.
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
	_, _ = file.WriteString(c.owner) // an empty claim is valid as well
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

// prepare creates the directory and removes expired claims.
func (c *claims) prepare() {
	_ = os.MkdirAll(c.dir, 0o700) // if this fails, no claim can be written
	entries, _ := os.ReadDir(c.dir)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > claimLifetime {
			_ = os.Remove(filepath.Join(c.dir, entry.Name()))
		}
	}
}

func (c *claims) file(id string) string {
	sum := sha256.Sum256([]byte(c.baseURL + "\n" + text.ID(id)))
	return filepath.Join(c.dir, hex.EncodeToString(sum[:16]))
}
