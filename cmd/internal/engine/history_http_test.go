package engine_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"herald/source/remote"
)

// far is a server on loopback that answers for stories, in the place of whatever host it is asked for.
type far struct {
	shelf
	h      *history
	kind   *kind
	server *httptest.Server
	mu     sync.Mutex
	broken int                                          // how the list is answered; 0: as it should be
	answer func(w http.ResponseWriter, r *http.Request) // while mu is held
	isList func(r *http.Request) bool                   // a request of the list, which can fail
}

func newFar(h *history, folder string) *far {
	f := &far{shelf: newShelf(), h: h, kind: h.kind.of(folder)}
	f.server = httptest.NewServer(f)
	h.atEnd(f.server.Close)
	return f
}

func (f *far) put(s story) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shelf.put(s)
}

func (f *far) drop(s story) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shelf.drop(s)
}

func (f *far) touch(story) {}

func (f *far) anew() {}

func (f *far) fail(how int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = 1 + how%5
}

func (f *far) mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.broken = 0
}

// ServeHTTP answers with an ETag, whatever it is asked.
func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept := httptest.NewRecorder()
	f.answer(kept, r)
	body := kept.Body.Bytes()
	if f.broken > 0 && f.isList(r) {
		f.instead(w, body)
		return
	}
	for name, values := range kept.Header() {
		w.Header()[name] = values
	}
	if kept.Code == http.StatusOK {
		tag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.WriteHeader(kept.Code)
	_, _ = w.Write(body)
}

// instead answers something in the place of a body.
func (f *far) instead(w http.ResponseWriter, body []byte) {
	switch f.broken {
	case 1:
		w.WriteHeader(http.StatusInternalServerError)
	case 2:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!doctype html><html><head><title>점검 중</title></head><body><p>잠시 뒤에</p></body></html>")
	case 3: // the connection breaks within the body
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body[:len(body)/2])
		panic(http.ErrAbortHandler)
	case 4: // the body does, and nobody says so
		_, _ = w.Write(bytes.TrimSpace(body)[:len(body)/2])
	case 5: // nothing at all
	}
}

// fetch asks the server for a document of any host.
func (f *far) fetch(ctx context.Context, r remote.Request) (*remote.Answer, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, f.server.URL+u.RequestURI(), nil)
	if err != nil {
		return nil, err
	}
	q.Host = u.Host
	for name, value := range map[string]string{"If-None-Match": r.ETag, "If-Modified-Since": r.Modified, "Accept": r.Accept} {
		if value != "" {
			q.Header.Set(name, value)
		}
	}
	a, err := f.server.Client().Do(q)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", r.URL, err)
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err != nil {
		return nil, fmt.Errorf("get %s: %w", r.URL, err)
	}
	return &remote.Answer{Status: a.StatusCode, Body: body, URL: r.URL, Type: a.Header.Get("Content-Type"), ETag: a.Header.Get("ETag"), Header: a.Header}, nil
}

// asked returns a parameter of a request.
func asked(r *http.Request, name string) string { return strings.TrimSpace(r.URL.Query().Get(name)) }
