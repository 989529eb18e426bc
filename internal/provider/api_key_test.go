package provider

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestReadKeyFile(t *testing.T) {
	t.Parallel()
	const secret = "tlnc_fakeKeyInAFile"
	for name, c := range map[string]struct {
		content string
		mode    os.FileMode
		shared  bool
		want    string // the key, or the text of the error
	}{
		"one line":                    {secret + "\n", 0o600, false, secret},
		"no line end":                 {secret, 0o400, false, secret},
		"Windows line end":            {secret + "\r\n", 0o600, false, secret},
		"readable by the group":       {secret, 0o640, false, "has the permissions 0640"},
		"readable by others":          {secret, 0o604, false, "has the permissions 0604"},
		"readable by others, allowed": {secret, 0o644, true, secret},
		"empty":                       {"\n", 0o600, false, "is empty"},
		"two lines":                   {secret + "\n" + secret, 0o600, false, "has more than one line"},
		"too large":                   {strings.Repeat("x", maxFileSize+1), 0o600, false, "is too large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if runtime.GOOS == "windows" && strings.HasPrefix(c.want, "has the permissions") {
				t.Skip("Windows has no such permissions")
			}
			file := filepath.Join(t.TempDir(), "key")
			if err := os.WriteFile(file, []byte(c.content), c.mode); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(file, c.mode); err != nil { // independent of the umask
				t.Fatal(err)
			}
			key, err := readKeyFile(file, c.shared)
			if err != nil && (!strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), secret)) || err == nil && key != c.want {
				t.Errorf("%q, %v", key, err)
			}
		})
	}
	for name, file := range map[string]string{"none": filepath.Join(t.TempDir(), "none"), "a directory": t.TempDir()} {
		if key, err := readKeyFile(file, false); err == nil || strings.Contains(err.Error(), file) {
			t.Errorf("%s: %q, %v", name, key, err)
		}
	}
}
