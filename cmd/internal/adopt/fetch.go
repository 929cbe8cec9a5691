package adopt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"herald/source/feed"
	"herald/source/weburl"
)

// maxRedirects is how often a feed may be said to lie elsewhere.
const maxRedirects = 5

// Fetch returns the document that an operator names: a file, or an http or https URL. The client follows no redirects
// itself; each address that a server names is asked as its guard allows.
func Fetch(ctx context.Context, client *http.Client, agent, name string) ([]byte, error) {
	scheme, _, _ := weburl.CutScheme(name)
	if scheme != "http" && scheme != "https" {
		return readFile(name)
	}
	at := name
	for range maxRedirects + 1 {
		doc, next, err := get(ctx, client, agent, at)
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

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, bare(err))
	}
	defer f.Close()
	doc, err := whole(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, bare(err))
	}
	return doc, nil
}

// get asks for one address. next is where the server says that the feed lies now.
func get(ctx context.Context, client *http.Client, agent, at string) (doc []byte, next string, err error) {
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
	doc, err = whole(answer.Body)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the answer broke off before its end")
	}
	return doc, "", err
}

// whole reads a document up to the bound of feeds.
func whole(r io.Reader) ([]byte, error) {
	doc, err := io.ReadAll(io.LimitReader(r, feed.MaxBytes+1))
	if err == nil && len(doc) > feed.MaxBytes {
		err = fmt.Errorf("over the limit of %d MiB", feed.MaxBytes>>20)
	}
	return doc, err
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
