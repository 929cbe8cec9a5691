package inspect

import (
	"context"
	"iter"
	"sync"

	"herald/source"
)

// Reader is a source that collects, as articles are loaded, what is worth a warning but no reason to refuse one.
type Reader struct {
	source   source.Source
	mu       sync.Mutex
	undated  map[string]string // place by key
	zoneless []string          // places
}

// NewReader returns a Reader of a source.
func NewReader(s source.Source) *Reader { return &Reader{source: s, undated: map[string]string{}} }

// List lists what the source lists.
func (r *Reader) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return r.source.List(ctx)
}

// Load loads an article and keeps what is odd about it.
func (r *Reader) Load(ctx context.Context, key string) (*source.Article, error) {
	a, err := r.source.Load(ctx, key)
	if err == nil && !a.Draft {
		r.mu.Lock()
		defer r.mu.Unlock()
		switch {
		case a.Published.IsZero():
			r.undated[key] = a.Place
		case a.Zoneless:
			r.zoneless = append(r.zoneless, a.Place)
		}
	}
	return a, err
}

// Stays reports whether an entry stays that the source's listing lacks: see source.Windowed.
func (r *Reader) Stays(key string) bool {
	w, windowed := r.source.(source.Windowed)
	return windowed && w.Stays(key)
}

// Notes returns what was odd in the last listing: see source.Noted.
func (r *Reader) Notes() []string {
	if n, noted := r.source.(source.Noted); noted {
		return n.Notes()
	}
	return nil
}

// Fetch has a source that is a source.Fetching ask its origin.
func (r *Reader) Fetch(ctx context.Context, seen iter.Seq2[string, string]) {
	if f, fetching := r.source.(source.Fetching); fetching {
		f.Fetch(ctx, seen)
	}
}

// Left says how far the last listing got: see source.Unfinished.
func (r *Reader) Left() string {
	if u, may := r.source.(source.Unfinished); may {
		return u.Left()
	}
	return ""
}
