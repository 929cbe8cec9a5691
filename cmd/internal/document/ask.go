package document

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	maxRedirects = 5        // how often a document may be said to lie elsewhere
	maxComplaint = 16 << 10 // bytes that are read of an answer that is no document
	feedTypes    = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)

// Request asks for the document at an http or https URL.
type Request struct {
	URL, Agent     string
	Accept         string            // media types; "" is those of feeds
	Header         map[string]string // more headers, for the host of URL alone: no redirect takes them to another
	ETag, Modified string            // of the version that is known, as its server wrote them; "": none
	Limit          int64             // bytes
	Here           bool              // a redirect is the answer, with where it leads as its URL
	Raw            bool              // the body as it was sent, in whatever content coding
	First          bool              // what is over the limit is left out; else it is an error
}

// Answer is what a server says: a document with 200, or another status without one.
type Answer struct {
	Document
	Status         int
	Moved          string // where the document lies for good, if every redirect that led there says so (301, 308); "": there was none, or another
	Header         http.Header
	ETag, Modified string        // to be sent with the next request; "": the answer has none that tells versions apart
	RetryAfter     time.Duration // 0: none named; a date counts from the server's own Date
	MaxAge         time.Duration // how long the answer is fresh for a cache of one's own (RFC 9111 section 4.2); 0: not at all
}

// Ask asks for a document. The client follows no redirects itself; each address that a server names is asked as its guard
// allows. An error, which names the URL, means that there is no whole answer.
func Ask(ctx context.Context, client *http.Client, r Request) (*Answer, error) {
	at, forGood := r.URL, true
	for range maxRedirects + 1 {
		a, next, err := r.ask(ctx, client, at)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", r.URL, err)
		}
		if next == "" || r.Here {
			if next == "" && forGood && at != r.URL {
				a.Moved = at
			}
			return a, nil
		}
		at, forGood = next, forGood && (a.Status == http.StatusMovedPermanently || a.Status == http.StatusPermanentRedirect)
	}
	return nil, fmt.Errorf("read %s: it redirects more than %d times, last to %s", r.URL, maxRedirects, at)
}

// ask asks for one address. next is where the server says that the document lies now.
func (r Request) ask(ctx context.Context, client *http.Client, at string) (a *Answer, next string, err error) {
	q, err := r.request(ctx, at)
	if err != nil {
		return nil, "", bare(err)
	}
	answer, err := client.Do(q)
	if err != nil {
		return nil, "", plain(bare(err))
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 && answer.StatusCode < 400 && answer.StatusCode != http.StatusNotModified {
		to, err := answer.Location()
		if err != nil {
			return nil, "", fmt.Errorf("answered %s without an address", answer.Status)
		}
		return &Answer{Document: Document{URL: to.String()}, Status: answer.StatusCode, Header: answer.Header, RetryAfter: retryAfter(answer.Header)}, to.String(), nil
	}
	h := answer.Header
	a = &Answer{
		Document: Document{URL: at, Type: h.Get("Content-Type")}, Status: answer.StatusCode, Header: h,
		ETag: h.Get("ETag"), Modified: lastModified(h), RetryAfter: retryAfter(h), MaxAge: maxAge(h),
	}
	limit := r.Limit
	if a.Status != http.StatusOK {
		limit = maxComplaint
	}
	body, err := io.Reader(answer.Body), error(nil)
	if !r.Raw {
		body, err = decoded(h.Get("Content-Encoding"), answer.Body)
	}
	if err == nil && r.First {
		body = io.LimitReader(body, limit)
	}
	if err == nil {
		a.Body, err = Whole(body, limit)
	}
	if a.Status != http.StatusOK {
		return a, "", nil // what it says of its fault is of use, but need not be whole
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = errors.New("the answer broke off before its end")
	}
	return a, "", bare(err)
}

// request makes the request for one address.
func (r Request) request(ctx context.Context, at string) (*http.Request, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, err
	}
	q.Header.Set("User-Agent", r.Agent)
	q.Header.Set("Accept", cmp.Or(r.Accept, feedTypes))
	q.Header.Set("Accept-Encoding", "gzip, br")
	if SameHost(r.URL, at) {
		for name, value := range r.Header {
			q.Header.Set(name, value)
		}
	}
	for name, value := range map[string]string{"If-None-Match": r.ETag, "If-Modified-Since": r.Modified} {
		if value != "" {
			q.Header.Set(name, value)
		}
	}
	return q, nil
}

// SameHost reports whether a URL is on the host of another one, home, and no less secret on the way.
func SameHost(home, at string) bool {
	h, err := url.Parse(home)
	u, second := url.Parse(at)
	return err == nil && second == nil && strings.EqualFold(h.Host, u.Host) && (h.Scheme == u.Scheme || u.Scheme == "https")
}
