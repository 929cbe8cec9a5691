// Package document reads a document that an operator names: a file, or an http or https URL, wherever that lies.
package document

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
)

// Document is what was read.
type Document struct {
	Body []byte
	URL  string // where it was found, after redirects; "" is a file
	Type string // its Content-Type; "" is a file, or an answer that named none
}

// Whole reads r to its end, and refuses more than limit bytes.
func Whole(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = fmt.Errorf("over the limit of %d MiB", limit>>20)
	}
	return body, err
}

// bare returns an error without the name that stands before it anyway.
func bare(err error) error {
	var path *os.PathError
	var address *url.Error
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &address):
		return address.Err
	}
	return err
}
