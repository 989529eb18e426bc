package provider

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// mostOfAFile is the size of the largest file that is read, in bytes. A file with a system's certificate authorities is smaller.
const mostOfAFile = 4 << 20

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
		return nil, nil, errors.New("is not a regular file")
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
