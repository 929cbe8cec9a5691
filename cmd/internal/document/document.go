// Package document reads a document that an operator names: a file, or an http or https URL, wherever that lies.
package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"herald/source/weburl"
)

// Document is what was read.
type Document struct {
	Body []byte
	URL  string // where it was found, after redirects; "" is a file
	Type string // its Content-Type; "" is a file, or an answer that named none
}

// Get reads a document of at most limit bytes. The client follows no redirects itself; each address that a server names is
// asked as its guard allows. An error names the document and the cause.
func Get(ctx context.Context, client *http.Client, agent, name string, limit int64) (*Document, error) {
	scheme, _, _ := weburl.CutScheme(name)
	if scheme != "http" && scheme != "https" {
		return readFile(name, limit)
	}
	a, err := Ask(ctx, client, Request{URL: name, Agent: agent, Limit: limit})
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("read %s: answered %d %s", name, a.Status, http.StatusText(a.Status))
	}
	if err != nil {
		return nil, err
	}
	return &a.Document, nil
}

func readFile(name string, limit int64) (*Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, bare(err))
	}
	defer f.Close()
	body, err := Whole(f, limit)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, bare(err))
	}
	return &Document{Body: body}, nil
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
