package provider

import (
	"encoding/pem"
	"net/http/httptest"
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
		"too large":                   {strings.Repeat("x", mostOfAFile+1), 0o600, false, "is too large"},
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

func TestReadAuthorities(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	certificate := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	for name, c := range map[string]struct{ content, want string }{
		"one":                 {certificate, ""},
		"two, and text":       {"our CA\n" + certificate + "\n" + certificate, ""},
		"none":                {"our CA\n", "has no certificate in PEM form"},
		"DER":                 {string(server.Certificate().Raw), "has no certificate in PEM form"},
		"a key":               {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", `has a PEM block of type "PRIVATE`},
		"a damaged one":       {certificate + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "has a certificate, number 2, that cannot be parsed"},
		"a certificate's end": {"-----END CERTIFICATE-----\n", "has no certificate in PEM form"},
	} {
		file := filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		authorities, err := readAuthorities(file)
		if c.want == "" && (err != nil || authorities == nil) || c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
