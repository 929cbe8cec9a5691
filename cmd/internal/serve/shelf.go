package serve

import (
	"container/list"
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// checkEvery is how often a document that is held is compared with what stands.
const checkEvery = time.Second

// shelf holds documents ready to be sent, all requests sharing their bytes, and drops the least recently used first.
type shelf struct {
	config *Config

	mu    sync.Mutex
	size  int64
	asked map[string]*held // by the path of a request
	held  map[string]*held // by path
	used  *list.List       // of *held, latest first
}

// maxSpellings bounds how many paths of requests lead to one held document.
const maxSpellings = 8

// held is a document that is ready. It does not change but for what is guarded by the shelf's mutex or atomic.
type held struct {
	*ready
	path    string
	edition uint64       // Config.Edition when it was looked up
	stamp   string       // Config.Stamp then
	checked atomic.Int64 // when stamp was last compared, in milliseconds

	asked   []string // the keys of shelf.asked that lead here
	size    int64    // as counted
	element *list.Element
}

func newShelf(c *Config) *shelf {
	return &shelf{config: c, asked: map[string]*held{}, held: map[string]*held{}, used: list.New()}
}

// find returns the document that a request's path leads to, if it is held and still what stands.
func (s *shelf) find(asked string) *held {
	s.mu.Lock()
	h := s.asked[asked]
	if h != nil {
		s.used.MoveToFront(h.element)
	}
	s.mu.Unlock()
	if h == nil || h.edition != s.config.Edition() || !s.stands(h) {
		return nil
	}
	return h
}

// stands reports whether the file of a held document is as it was, and looks at it once in a while.
func (s *shelf) stands(h *held) bool {
	now, last := s.config.Now().UnixMilli(), h.checked.Load()
	if now-last < checkEvery.Milliseconds() && now >= last || !h.checked.CompareAndSwap(last, now) {
		return true
	}
	if s.config.Stamp(h.path) == h.stamp {
		return true
	}
	h.checked.Store(0)
	return false
}

// take looks a document up and holds it. It returns nil where there is none.
func (s *shelf) take(ctx context.Context, asked, path string) (*ready, error) {
	h := &held{path: path, edition: s.config.Edition(), stamp: s.config.Stamp(path)}
	doc, found, err := s.config.Lookup(ctx, path)
	if err != nil || !found {
		return nil, err
	}
	h.checked.Store(s.config.Now().UnixMilli())
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.held[path]
	if old != nil && doc.Hash != "" && old.doc.Hash == doc.Hash && old.doc.MediaType == doc.MediaType && old.doc.Modified.Equal(doc.Modified) {
		h.ready = old.ready // with its compressed forms
	} else {
		h.ready = newReady(doc, path, s.config)
	}
	h.asked = []string{asked}
	if old != nil {
		for _, a := range old.asked {
			if a != asked && len(h.asked) < maxSpellings {
				h.asked = append(h.asked, a)
			}
		}
		s.drop(old)
	}
	for _, a := range h.asked {
		s.asked[a] = h
	}
	s.held[path] = h
	h.element = s.used.PushFront(h)
	s.fit(h)
	return h.ready, nil
}

// fit counts a document anew, with what was compressed of it, and drops others, or itself, until all fit.
func (s *shelf) fit(h *held) {
	now := h.total.Load()
	s.size += now - h.size
	h.size = now
	for s.size > s.config.HeldBytes && s.used.Len() > 0 {
		s.drop(s.used.Back().Value.(*held))
	}
}

// drop forgets a document; requests that are being answered keep it.
func (s *shelf) drop(h *held) {
	for _, a := range h.asked {
		if s.asked[a] == h {
			delete(s.asked, a)
		}
	}
	delete(s.held, h.path)
	s.used.Remove(h.element)
	s.size -= h.size
}

// grown counts a document anew that was compressed meanwhile.
func (s *shelf) grown(asked string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.asked[asked]; h != nil {
		s.fit(h)
	}
}
