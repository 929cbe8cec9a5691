package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxRedirects is how often a document may be said to lie elsewhere.
const maxRedirects = 5

// Request asks for the document at an http or https URL.
type Request struct {
	URL, Agent     string
	Header         map[string]string // more headers, for the host of URL alone: no redirect takes them to another
	ETag, Modified string            // of the version that is known, as its server wrote them; "": none
	Limit          int64             // bytes
}

// Answer is what a server says: a document with 200, or another status without one.
type Answer struct {
	Document
	Status         int
	ETag, Modified string        // to be sent with the next request; "": the answer has none that tells versions apart
	RetryAfter     time.Duration // 0: none named; a date counts from the server's own Date
}

// Ask asks for a document. The client follows no redirects itself; each address that a server names is asked as its guard
// allows. An error, which names the URL, means that there is no whole answer.
func Ask(ctx context.Context, client *http.Client, r Request) (*Answer, error) {
	at := r.URL
	for range maxRedirects + 1 {
		a, next, err := r.ask(ctx, client, at)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", r.URL, err)
		}
		if next == "" {
			return a, nil
		}
		at = next
	}
	return nil, fmt.Errorf("read %s: it redirects more than %d times, last to %s", r.URL, maxRedirects, at)
}

// ask asks for one address. next is where the server says that the document lies now.
func (r Request) ask(ctx context.Context, client *http.Client, at string) (a *Answer, next string, err error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, "", bare(err)
	}
	q.Header.Set("User-Agent", r.Agent)
	q.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5")
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
	answer, err := client.Do(q)
	if err != nil {
		return nil, "", bare(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 && answer.StatusCode < 400 && answer.StatusCode != http.StatusNotModified {
		to, err := answer.Location()
		if err != nil {
			return nil, "", fmt.Errorf("answered %s without an address", answer.Status)
		}
		return nil, to.String(), nil
	}
	h := answer.Header
	a = &Answer{Document: Document{URL: at, Type: h.Get("Content-Type")}, Status: answer.StatusCode, ETag: h.Get("ETag"), Modified: lastModified(h), RetryAfter: retryAfter(h)}
	if answer.StatusCode != http.StatusOK {
		return a, "", nil
	}
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, "", fmt.Errorf("answered in the encoding %q, which nobody asked for", coding)
	}
	a.Body, err = Whole(answer.Body, r.Limit)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the answer broke off before its end")
	}
	return a, "", err
}

// SameHost reports whether a URL is on the host of another one, home, and no less secret on the way.
func SameHost(home, at string) bool {
	h, err := url.Parse(home)
	u, second := url.Parse(at)
	return err == nil && second == nil && strings.EqualFold(h.Host, u.Host) && (h.Scheme == u.Scheme || u.Scheme == "https")
}

// lastModified returns a Last-Modified that tells versions apart: one of the same moment as the answer may stand for another
// version, too, a moment later (RFC 9110 section 8.8.2.2).
func lastModified(h http.Header) string {
	value := h.Get("Last-Modified")
	modified, err := http.ParseTime(value)
	date, dated := http.ParseTime(h.Get("Date"))
	if err != nil || dated != nil || date.Sub(modified) < 2*time.Second {
		return ""
	}
	return value
}

// retryAfter reads how long a server wants to be left alone (RFC 9110 section 10.2.3).
func retryAfter(h http.Header) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(min(max(seconds, 0), 1<<30)) * time.Second
	}
	until, err := http.ParseTime(value)
	now, dated := http.ParseTime(h.Get("Date"))
	if err != nil || dated != nil {
		return 0
	}
	return max(until.Sub(now), 0)
}
