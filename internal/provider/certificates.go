package provider

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// readAuthorities returns the system's certificate authorities and those in a PEM file.
func readAuthorities(name string) (*x509.CertPool, error) {
	content, _, err := readFile(name)
	if err != nil {
		return nil, err
	}
	authorities, err := x509.SystemCertPool()
	if err != nil {
		authorities = x509.NewCertPool() // the system has none
	}
	found := 0
	for rest := content; ; found++ {
		block, after := pem.Decode(rest)
		if block == nil {
			break
		}
		if rest = after; block.Type != "CERTIFICATE" {
			return nil, fmt.Errorf("contains a PEM block of type %s, which is not a certificate", redact.Quote(block.Type))
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("contains an invalid certificate (number %d)", found+1)
		}
		authorities.AddCert(certificate)
	}
	if found == 0 {
		return nil, errors.New("contains no PEM-encoded certificate (-----BEGIN CERTIFICATE-----)")
	}
	return authorities, nil
}
