package provider

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// maxFileSize is the maximum size of a file, in bytes. It is larger than a file with a system's certificate authorities.
const maxFileSize = 4 << 20

// readFile reads a regular file that is not larger than maxFileSize.
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
		return nil, nil, errors.New("is not a regular file")
	}
	var content bytes.Buffer
	if _, err := io.Copy(&content, io.LimitReader(file, maxFileSize+1)); err != nil {
		return nil, nil, reason(err)
	}
	if content.Len() > maxFileSize {
		return nil, nil, errors.New("is too large")
	}
	return content.Bytes(), info, nil
}

// reason returns the cause of an error about a file, without the name of the file.
func reason(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("cannot be read: %w", err)
}
