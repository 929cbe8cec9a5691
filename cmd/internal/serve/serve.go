// Package serve answers readers and crawlers over HTTP with the published documents.
//
// Only GET and HEAD are answered, and only paths that Lookup knows; there is no listing, no redirect
// and no way from a request to a file name. What a response carries, and why, is in README.md.
package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Document is one published document.
type Document struct {
	Body      []byte
	MediaType string    // "application/rss+xml"; a missing charset is added; "": by the path's extension
	Modified  time.Time // when the bytes last changed; zero: unknown
	// Hash names the bytes, of at least 16 letters, digits and hyphens; equal hashes mean equal
	// bytes. "" makes the handler compute it, which is right where Body may be newer than what
	// the caller knows of it.
	Hash string
}

// Config is what a handler needs. Only Lookup is required.
type Config struct {
	// Lookup finds a published document by its decoded slash path without leading slash. It gets
	// no path with empty, "." or ".." parts, control characters or broken UTF-8. It is called
	// from many goroutines at once; Body is not changed afterwards by either side.
	Lookup func(ctx context.Context, path string) (Document, bool, error)
	// Links returns the values of the Link header for a document, as Link makes them.
	Links func(path string) []string
	// Base is the path of the site's URL ("/blog"), for requests that still carry it.
	Base string
	// CacheBytes bounds the compressed bodies that are kept; 0 is 64 MiB.
	CacheBytes int64
	Now        func() time.Time // nil: time.Now
	Log        *slog.Logger     // nil: none
}

// Headers that every document carries. Feed readers take max-age as their polling interval.
const (
	cacheControl = "public, max-age=300, stale-if-error=86400"
	allow        = "GET, HEAD"
)

type handler struct {
	Config
	packed *cache
}

// New makes the handler.
func New(c Config) http.Handler {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Links == nil {
		c.Links = func(string) []string { return nil }
	}
	if c.CacheBytes == 0 {
		c.CacheBytes = 64 << 20
	}
	c.Base = strings.Trim(c.Base, "/")
	return &handler{c, newCache(c.CacheBytes)}
}

// Link makes one value of a Link header (RFC 8288 section 3), for example with rel "self" or "hub".
// The URL must be absolute and percent-encoded.
func Link(url, rel string) string { return "<" + url + `>; rel="` + rel + `"` }

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", allow)
		plain(w, http.StatusMethodNotAllowed, "only GET and HEAD")
		return
	}
	doc, path, found, err := h.find(r)
	switch {
	case r.Context().Err() != nil: // nobody waits any more
	case err != nil:
		h.Log.Error("document not read", "path", r.URL.Path, "error", err)
		plain(w, http.StatusServiceUnavailable, "the document cannot be read now")
	case !found:
		plain(w, http.StatusNotFound, "not found")
	default:
		h.answer(w, r, path, doc)
	}
}

// find asks Lookup for the spellings of the requested path, one after another.
func (h *handler) find(r *http.Request) (Document, string, bool, error) {
	for _, path := range candidates(r.URL, h.Base) {
		doc, found, err := h.Lookup(r.Context(), path)
		if found || err != nil {
			return doc, path, found, err
		}
	}
	return Document{}, "", false, nil
}

// answer writes a found document. A Range is answered from the plain bytes (RFC 9110 section 14.2).
func (h *handler) answer(w http.ResponseWriter, r *http.Request, path string, doc Document) {
	if doc.Hash == "" {
		sum := sha256.Sum256(doc.Body)
		doc.Hash = hex.EncodeToString(sum[:16])
	}
	mediaType := contentType(doc.MediaType, path)
	packed := r.Header.Get("Range") == "" && compressible(mediaType, len(doc.Body)) &&
		acceptsGzip(strings.Join(r.Header.Values("Accept-Encoding"), ","))
	modified := h.modified(doc)
	head := w.Header()
	head.Set("Etag", entityTag(doc.Hash, packed))
	if !modified.IsZero() {
		head.Set("Last-Modified", modified.Format(http.TimeFormat))
	}
	head.Set("Cache-Control", cacheControl)
	head.Set("Vary", "Accept-Encoding")
	head.Set("Access-Control-Allow-Origin", "*")
	head.Set("X-Content-Type-Options", "nosniff")
	if links := h.Links(path); len(links) > 0 {
		head.Set("Link", strings.Join(links, ", "))
	}
	if notModified(r.Header, doc.Hash, modified) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	head.Set("Content-Type", mediaType)
	if packed {
		h.sendPacked(w, r, doc)
		return
	}
	// The two that are answered above must not be judged twice: ServeContent knows no proxies'
	// spellings of the tag.
	r = r.Clone(r.Context())
	r.Header.Del("If-None-Match")
	r.Header.Del("If-Modified-Since")
	http.ServeContent(w, r, "", modified, bytes.NewReader(doc.Body))
}

func (h *handler) sendPacked(w http.ResponseWriter, r *http.Request, doc Document) {
	body := h.packed.gzip(doc.Hash, doc.Body)
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body)
	}
}

// modified is in whole seconds, as HTTP dates are, and never in the future (RFC 9110 section 8.8.2.1).
func (h *handler) modified(doc Document) time.Time {
	m := doc.Modified
	if m.IsZero() || m.Year() < 1970 {
		return time.Time{}
	}
	if now := h.Now(); m.After(now) {
		m = now
	}
	return m.UTC().Truncate(time.Second)
}

// plain answers without a document, in a text that tells nothing about the machine.
func plain(w http.ResponseWriter, status int, words string) {
	head := w.Header()
	head.Set("Content-Type", "text/plain; charset=utf-8")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Access-Control-Allow-Origin", "*")
	head.Set("Cache-Control", "no-cache")
	head.Set("Content-Length", strconv.Itoa(len(words)+1))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, words+"\n")
}
