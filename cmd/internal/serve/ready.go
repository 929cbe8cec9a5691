package serve

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// ready is a document with what every answer about it says. It is shared by requests; nothing of it changes but its
// compressed forms, each of which the first who asks makes.
type ready struct {
	doc      Document
	text     bool      // may be compressed
	modified time.Time // in whole seconds; zero: unknown
	date     []string  // modified as a header has it
	plain    http.Header
	packed   [len(codings)]packed
	total    atomic.Int64 // bytes of all forms
}

// packed is one compressed form of a document.
type packed struct {
	once sync.Once
	head http.Header
	body []byte
}

// Headers that every document carries. Feed readers take max-age as their polling interval. What a browser reader may see
// beside the safelisted ones is exposed (Fetch standard, CORS).
const (
	cacheControl = "public, max-age=300, stale-if-error=86400"
	allow        = "GET, HEAD, OPTIONS"
	exposed      = "Content-Length, Content-Range, ETag, Link"
)

// newReady prepares a document. An answer has its header fields in common with all others.
func newReady(doc Document, path string, c *Config) *ready {
	if doc.Hash == "" {
		sum := sha256.Sum256(doc.Body)
		doc.Hash = hex.EncodeToString(sum[:16])
	}
	mediaType := contentType(doc.MediaType, path)
	r := &ready{doc: doc, text: compressible(mediaType, len(doc.Body)), modified: wholeSeconds(doc.Modified)}
	r.date = []string{r.modified.Format(http.TimeFormat)}
	r.plain = http.Header{
		"Etag":                          {entityTag(doc.Hash, plainCoding)},
		"Cache-Control":                 {cacheControl},
		"Vary":                          {"Accept-Encoding"},
		"Access-Control-Allow-Origin":   {"*"},
		"Access-Control-Expose-Headers": {exposed},
		"X-Content-Type-Options":        {"nosniff"},
		"Content-Type":                  {mediaType},
	}
	if strings.HasPrefix(mediaType, "text/html") {
		r.plain["Content-Security-Policy"] = []string{"frame-ancestors 'none'"} // beside the page's own
	}
	if links := c.Links(path); len(links) > 0 {
		r.plain["Link"] = []string{strings.Join(links, ", ")}
	}
	for i := range r.packed {
		head := r.plain.Clone()
		head["Etag"] = []string{entityTag(doc.Hash, i)}
		head["Content-Encoding"] = []string{codings[i].name}
		r.packed[i].head = head
	}
	r.total.Store(int64(len(doc.Body)))
	r.plain["Accept-Ranges"] = []string{"bytes"}
	r.plain["Content-Length"] = []string{strconv.Itoa(len(doc.Body))}
	return r
}

// wholeSeconds is a time as HTTP dates are; zero where it is none.
func wholeSeconds(m time.Time) time.Time {
	if m.IsZero() || m.Year() < 1970 {
		return time.Time{}
	}
	return m.UTC().Truncate(time.Second)
}

// lastModified returns when the document changed, as a validator that tells two versions apart: while the second of
// the change is not over, another one may follow in it (RFC 9110 section 8.8.2.2). Zero: there is none.
func (r *ready) lastModified(now time.Time) time.Time {
	if r.modified.IsZero() || now.Before(r.modified.Add(time.Second)) {
		return time.Time{}
	}
	return r.modified
}

// pack returns the body compressed, and whether this call made it.
func (r *ready) pack(coding int) (body []byte, made bool) {
	p := &r.packed[coding]
	p.once.Do(func() {
		made = true
		p.body = codings[coding].compress(r.doc.Body)
		r.total.Add(int64(len(p.body)))
	})
	return p.body, made
}
