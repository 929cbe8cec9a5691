package storetest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
)

// Fault is what happens to a request on its way to the store. The zero Fault is an empty answer with status 200.
type Fault struct {
	Status     int // 0: 200
	Type, Body string
	Header     map[string]string
	Cut        bool // the store's own answer, whose body breaks off in the middle
	Short      bool // the store's own answer with the first five bytes of its body, as if that were all
	Hang       bool // no answer until the request is given up
}

// Proxy stands before the store.
type Proxy struct {
	server *httptest.Server
	store  string
	ended  chan struct{}

	passing *http.Transport // keeps bodies as the store has them

	mu    sync.Mutex
	fault func(*http.Request) *Fault
	log   []string
}

// NewProxy returns a proxy before the store of a bucket, and lets the bucket be asked through it. Close ends it.
func NewProxy(b *Bucket) *Proxy {
	host, path, _ := strings.Cut(strings.TrimPrefix(b.Endpoint, "http://"), "/")
	p := &Proxy{store: host, ended: make(chan struct{}), passing: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 16}}
	p.server = httptest.NewServer(p)
	b.Endpoint = strings.TrimRight(p.server.URL+"/"+path, "/")
	return p
}

// Close ends the proxy.
func (p *Proxy) Close() {
	close(p.ended)
	p.server.Close()
}

// Let says what happens to requests from now on; nil, and where it returns nil, nothing does.
func (p *Proxy) Let(fault func(*http.Request) *Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault = fault
}

// Log returns what was asked since it was called last: methods and paths with their queries.
func (p *Proxy) Log() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	log := p.log
	p.log = nil
	return log
}

// ServeHTTP passes a request on as it is, so that its signature holds, or does what a fault says.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var f *Fault
	p.mu.Lock()
	p.log = append(p.log, r.Method+" "+r.RequestURI)
	let := p.fault
	p.mu.Unlock()
	if let != nil {
		f = let(r)
	}
	switch {
	case f == nil || f.Cut || f.Short:
		p.pass(w, r, f)
		return
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-p.ended:
		}
		return
	}
	w.Header().Set("Content-Type", f.Type)
	for name, value := range f.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(max(f.Status, http.StatusOK))
	_, _ = io.WriteString(w, f.Body)
}

func (p *Proxy) pass(w http.ResponseWriter, r *http.Request, f *Fault) {
	to := r.Clone(r.Context())
	to.URL.Scheme, to.URL.Host, to.RequestURI = "http", p.store, ""
	a, err := p.passing.RoundTrip(to)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer a.Body.Close()
	for name, values := range a.Header {
		w.Header()[name] = values
	}
	body, _ := io.ReadAll(a.Body)
	if f != nil && f.Short {
		body = body[:min(len(body), 5)]
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(a.StatusCode)
	if f != nil && f.Cut {
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(body)
}
