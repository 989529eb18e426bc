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
		"none":                {"our CA\n", "contains no PEM-encoded certificate"},
		"DER":                 {string(server.Certificate().Raw), "contains no PEM-encoded certificate"},
		"a key":               {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", `contains a PEM block of type "PRIVATE`},
		"a damaged one":       {certificate + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "contains an invalid certificate (number 2)"},
		"a certificate's end": {"-----END CERTIFICATE-----\n", "contains no PEM-encoded certificate"},
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
