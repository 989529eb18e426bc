package provider_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Every command can read the key from a file. The file must have the permissions that SSH requires of a private key.
func TestKeyFile(t *testing.T) {
	t.Parallel()
	_, url := newAPI(t)
	key := filepath.Join(t.TempDir(), "key")
	write := func(content string, mode os.FileMode) {
		if err := os.WriteFile(key, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(key, mode); err != nil {
			t.Fatal(err)
		}
	}
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": destination})
	w.LaunchProviders()
	w.Setenv("TALONIC_BASE_URL", url)
	block := func(arguments string) { w.Write("provider.tf", "provider \"talonic\" {\n"+arguments+"\n}\n") }

	write(emulator.DefaultAPIKey+"\n", 0o600)
	block("  api_key_file = \"" + key + "\"")
	w.Apply()
	write("another-key", 0o600)
	if out := w.MustFail("plan").Output(); !strings.Contains(out, "401") {
		t.Errorf("the file is not read again:\n%s", out)
	}
	write(emulator.DefaultAPIKey, 0o644)
	if out := w.MustFail("plan").Output(); !strings.Contains(out, "Error: Invalid API key file") || !strings.Contains(out, "0644") {
		t.Errorf("a file that others can read is not refused:\n%s", out)
	}
	block("  api_key_file = \"" + key + "\"\n  allow_shared_api_key_file = true")
	w.PlanEmpty()
	block("  api_key_file = \"" + key + "\"\n  api_key = \"another-key\"")
	if out := w.MustFail("plan").Output(); !strings.Contains(out, "Error: Conflicting API keys") {
		t.Errorf("both are taken:\n%s", out)
	}
	block("")
	w.Setenv("TALONIC_API_KEY_FILE", key)
	write(emulator.DefaultAPIKey, 0o600)
	w.PlanEmpty()
}

// The provider reaches an API with a certificate of a private authority once ca_file is set, also through a proxy.
func TestPrivateAuthority(t *testing.T) {
	t.Parallel()
	api := httptest.NewUnstartedServer(emulator.New(emulator.Behavior{}))
	api.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes fail on purpose
	api.StartTLS()
	t.Cleanup(api.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	content := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: api.Certificate().Raw})
	if err := os.WriteFile(ca, content, 0o600); err != nil {
		t.Fatal(err)
	}
	another := filepath.Join(t.TempDir(), "another.pem")
	content = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: selfSigned(t)})
	if err := os.WriteFile(another, content, 0o600); err != nil {
		t.Fatal(err)
	}
	const password = "fakeProxyPassword"
	proxy, through := connectProxy(t, "someone:"+password)

	w := acctest.NewWorkspace(t, map[string]string{"main.tf": destination})
	w.LaunchProviders()
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	// This name is in the certificate. Proxies are not used for addresses of this machine.
	w.Setenv("TALONIC_BASE_URL", strings.Replace(api.URL, "127.0.0.1", "example.com", 1))
	w.Setenv("HTTPS_PROXY", strings.Replace(proxy, "http://", "http://someone:"+password+"@", 1))
	block := func(arguments string) {
		w.Write("provider.tf", "provider \"talonic\" {\n  max_retries = 0\n  request_timeout = \"5s\"\n"+arguments+"\n}\n")
	}
	words := func(out string) string { return strings.Join(strings.Fields(out), " ") }

	block("")
	if out := words(w.MustFail("apply", "-auto-approve").Output()); !strings.Contains(out, "set ca_certificate_file in the provider block") || strings.Contains(out, password) {
		t.Errorf("without an authority:\n%s", out)
	}
	block("  ca_certificate_file = \"" + another + "\"")
	if out := words(w.MustFail("apply", "-auto-approve").Output()); !strings.Contains(out, "not among those of the system and") || !strings.Contains(out, "another.pem") {
		t.Errorf("with another authority:\n%s", out)
	}
	block("  ca_certificate_file = \"none.pem\"")
	if out := words(w.MustFail("plan").Output()); !strings.Contains(out, "Error: Invalid ca_certificate_file") || !strings.Contains(out, "cannot be read") {
		t.Errorf("without the file:\n%s", out)
	}
	block("  ca_certificate_file = \"" + ca + "\"")
	w.Apply()
	w.PlanEmpty()
	if through.Load() == 0 {
		t.Error("nothing went through the proxy")
	}
	before := through.Load()
	w.Setenv("NO_PROXY", "example.com")
	if out := w.MustFail("plan").Output(); through.Load() != before || strings.Contains(out, password) {
		t.Errorf("NO_PROXY has no effect:\n%s", out)
	}
}

// selfSigned returns a certificate authority that has signed only its own certificate.
func selfSigned(t *testing.T) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "another authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// connectProxy starts a proxy that accepts CONNECT from one user, connects every host to this machine, and counts connections.
func connectProxy(t *testing.T, user string) (address string, through *atomic.Int64) {
	t.Helper()
	through = &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Header.Get("Proxy-Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte(user)) {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		_, port, _ := net.SplitHostPort(r.Host)
		to, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", port))
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		through.Add(1)
		w.WriteHeader(http.StatusOK)
		from, received, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		// The server may have buffered the start of the handshake, so the copy reads from its buffer.
		go func() { _, _ = io.Copy(to, received); _ = to.Close() }()
		_, _ = io.Copy(from, to)
		_ = from.Close()
	}))
	t.Cleanup(server.Close)
	return server.URL, through
}

// If the provider block is not known yet, everything is deferred, if the CLI supports that.
func TestDeferral(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server := provider.NewServer("test")()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	encode := func(kind tftypes.Type, values map[string]tftypes.Value) *tfprotov6.DynamicValue {
		object, _ := kind.(tftypes.Object)
		all := map[string]tftypes.Value{}
		for name, kind := range object.AttributeTypes {
			all[name] = tftypes.NewValue(kind, nil)
			if list, ok := kind.(tftypes.List); ok && list.ElementType.Is(tftypes.Object{}) {
				all[name] = tftypes.NewValue(kind, []tftypes.Value{})
			}
			if value, ok := values[name]; ok {
				all[name] = value
			}
		}
		encoded, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, all))
		if err != nil {
			t.Fatal(err)
		}
		return &encoded
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		Config:             encode(schemas.Provider.ValueType(), map[string]tftypes.Value{"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}),
		ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: true},
	})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatalf("%v, %v", configured, err)
	}
	kind := schemas.ResourceSchemas["talonic_delivery_destination"].ValueType()
	config := encode(kind, map[string]tftypes.Value{"name": tftypes.NewValue(tftypes.String, "hook")})
	none, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	if err != nil {
		t.Fatal(err)
	}
	planned, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: "talonic_delivery_destination", Config: config, ProposedNewState: config, PriorState: &none,
		ClientCapabilities: &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: true},
	})
	if err != nil || planned.Deferred == nil || planned.Deferred.Reason != tfprotov6.DeferredReasonProviderConfigUnknown {
		t.Errorf("not deferred: %+v, %v", planned, err)
	}
}
