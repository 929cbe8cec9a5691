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
	"strings"

	"herald/source/weburl"
)

// maxRedirects is how often a document may be said to lie elsewhere.
const maxRedirects = 5

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
	at := name
	for range maxRedirects + 1 {
		doc, next, err := get(ctx, client, agent, at, limit)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if next == "" {
			return doc, nil
		}
		at = next
	}
	return nil, fmt.Errorf("read %s: it redirects more than %d times, last to %s", name, maxRedirects, at)
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

// get asks for one address. next is where the server says that the document lies now.
func get(ctx context.Context, client *http.Client, agent, at string, limit int64) (doc *Document, next string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, "", bare(err)
	}
	r.Header.Set("User-Agent", agent)
	r.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5")
	answer, err := client.Do(r)
	if err != nil {
		return nil, "", bare(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 && answer.StatusCode < 400 {
		to, err := answer.Location()
		if err != nil {
			return nil, "", fmt.Errorf("answered %s without an address", answer.Status)
		}
		return nil, to.String(), nil
	}
	if answer.StatusCode != http.StatusOK {
		return nil, "", fmt.Errorf("answered %s", answer.Status)
	}
	body, err := Whole(answer.Body, limit)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the answer broke off before its end")
	}
	return &Document{body, at, answer.Header.Get("Content-Type")}, "", err
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
		return errors.New(strings.TrimSpace(address.Err.Error()))
	}
	return err
}
