// Package serve answers readers and crawlers over HTTP with the published documents.
//
// Only GET and HEAD are answered, and only paths that Lookup knows, and the root, which lists them; there is no redirect
// and no way from a request to a file name. What a response carries, and why, is in README.md.
package serve

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

type handler struct {
	*Config
	shelf *shelf // nil: each request looks its document up
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
	if c.HeldBytes == 0 {
		c.HeldBytes = 64 << 20
	}
	c.Base = strings.Trim(c.Base, "/")
	h := &handler{Config: &c}
	if c.Edition != nil && c.Stamp != nil {
		h.shelf = newShelf(h.Config)
	}
	return h
}

// Link makes one value of a Link header (RFC 8288 section 3), for example with rel "self" or "hub".
// The URL must be absolute and percent-encoded.
func Link(url, rel string) string { return "<" + url + `>; rel="` + rel + `"` }

// ServeHTTP answers one request.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodOptions:
		preflight(w, r)
		return
	default:
		w.Header().Set("Allow", allow)
		plain(w, http.StatusMethodNotAllowed, "only GET and HEAD")
		return
	}
	doc, err := h.find(r)
	switch {
	case r.Context().Err() != nil: // nobody waits any more
	case err != nil:
		h.Log.Error("document not read", "path", r.URL.Path, "error", err)
		plain(w, http.StatusServiceUnavailable, "the document cannot be read now")
	case doc == nil && h.isHome(r):
		h.home(w, r)
	case doc == nil:
		plain(w, http.StatusNotFound, "not found")
	default:
		h.answer(w, r, doc)
	}
}

// preflight tells a reader that runs in a browser that it may ask (Fetch standard, CORS preflight).
func preflight(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("Allow", allow)
	head.Set("Access-Control-Allow-Origin", "*")
	head.Set("Access-Control-Allow-Methods", allow)
	head.Set("Access-Control-Max-Age", "86400")
	if asked := r.Header.Get("Access-Control-Request-Headers"); asked != "" {
		head.Set("Access-Control-Allow-Headers", asked)
	}
	w.WriteHeader(http.StatusNoContent)
}

// find returns the document that a request means, nil where there is none. The spellings of its path are looked up one
// after another.
func (h *handler) find(r *http.Request) (*ready, error) {
	if h.shelf != nil && r.URL.RawPath == "" {
		if held := h.shelf.find(r.URL.Path); held != nil {
			return held.ready, nil
		}
	}
	for _, path := range candidates(r.URL, h.Base) {
		if h.shelf != nil {
			if doc, err := h.shelf.take(r.Context(), r.URL.Path, path); doc != nil || err != nil {
				return doc, err
			}
			continue
		}
		if doc, found, err := h.Lookup(r.Context(), path); err != nil {
			return nil, err
		} else if found {
			return newReady(doc, path, h.Config), nil
		}
	}
	return nil, nil
}

// answer writes a found document. A Range is answered from the plain bytes (RFC 9110 section 14.2).
func (h *handler) answer(w http.ResponseWriter, r *http.Request, doc *ready) {
	ranges, empty := "", false
	if asked := r.Header["Range"]; len(asked) > 0 {
		ranges, empty = byteRange(asked[0])
	}
	coding, from := plainCoding, doc.plain
	if ranges == "" && doc.text {
		coding = chooseCoding(r.Header["Accept-Encoding"])
	}
	if coding != plainCoding {
		from = doc.packed[coding].head
	}
	head := w.Header()
	for name, values := range from {
		head[name] = values
	}
	modified := doc.lastModified(h.Now())
	if !modified.IsZero() {
		head["Last-Modified"] = doc.date
	}
	if status := precondition(r.Header, doc.doc.Hash, modified); status != 0 {
		for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding"} {
			delete(head, name)
		}
		w.WriteHeader(status)
		return
	}
	switch {
	case ranges != "":
		h.sendRange(w, r, doc, ranges, empty, modified)
	case coding != plainCoding:
		body, made := doc.pack(coding)
		if made && h.shelf != nil {
			h.shelf.grown(r.URL.Path)
		}
		head["Content-Length"] = []string{strconv.Itoa(len(body))}
		send(w, r, body)
	default:
		send(w, r, doc.doc.Body)
	}
}

func send(w http.ResponseWriter, r *http.Request, body []byte) {
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body)
	}
}

// sendRange answers a Range by the standard library, which asks If-Range.
func (h *handler) sendRange(w http.ResponseWriter, r *http.Request, doc *ready, ranges string, empty bool, modified time.Time) {
	delete(w.Header(), "Content-Length")
	if empty {
		w.Header().Set("Content-Range", "bytes */"+strconv.Itoa(len(doc.doc.Body)))
		plain(w, http.StatusRequestedRangeNotSatisfiable, "no byte is asked for")
		return
	}
	r = r.Clone(r.Context())
	r.Header.Set("Range", ranges)
	for _, judged := range []string{"If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since"} {
		r.Header.Del(judged)
	}
	http.ServeContent(w, r, "", modified, bytes.NewReader(doc.doc.Body))
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
