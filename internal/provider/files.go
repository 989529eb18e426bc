package provider

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// mostOfAFile is the size of the largest file that is read, in bytes. A file with a system's certificate authorities is smaller.
const mostOfAFile = 4 << 20

// readKeyFile returns the API key in a file, without the trailing line break. Like an SSH key, the file must not be readable by others,
// unless shared is true. Errors complete a sentence and never quote the content.
func readKeyFile(name string, shared bool) (string, error) {
	content, info, err := readFile(name)
	if err != nil {
		return "", err
	}
	const others = 0o077
	if mode := info.Mode().Perm(); mode&others != 0 && !shared && runtime.GOOS != "windows" {
		return "", fmt.Errorf("has the permissions %04o, with which others can read or change it. Make it yours alone (chmod 600), or set "+
			"allow_shared_api_key_file where a CI system mounts it like that", mode)
	}
	key := strings.TrimRight(string(content), "\r\n")
	switch {
	case key == "":
		return "", errors.New("is empty")
	case strings.ContainsAny(key, "\r\n"):
		return "", errors.New("has more than one line")
	}
	return key, nil
}

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
			return nil, fmt.Errorf("has a PEM block of type %s, which is no certificate", redact.Quote(block.Type))
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("has a certificate, number %d, that cannot be parsed", found+1)
		}
		authorities.AddCert(certificate)
	}
	if found == 0 {
		return nil, errors.New("has no certificate in PEM form (-----BEGIN CERTIFICATE-----)")
	}
	return authorities, nil
}

// readFile reads a regular file of at most mostOfAFile bytes.
func readFile(name string) ([]byte, os.FileInfo, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, reason(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, nil, reason(err)
	}
	if !info.Mode().IsRegular() {
		return nil, nil, errors.New("is no regular file")
	}
	var content bytes.Buffer
	if _, err := io.Copy(&content, io.LimitReader(file, mostOfAFile+1)); err != nil {
		return nil, nil, reason(err)
	}
	if content.Len() > mostOfAFile {
		return nil, nil, errors.New("is too large")
	}
	return content.Bytes(), info, nil
}

// reason returns why a file cannot be read, without its name.
func reason(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("cannot be read: %w", err)
}
