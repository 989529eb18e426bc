package provider

import (
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
