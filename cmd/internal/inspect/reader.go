package inspect

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"herald/source"
	"herald/source/reader"
)

// Reader is a source that collects, as articles are loaded, what is worth a warning but no reason to refuse one.
type Reader struct {
	source   source.Source
	mu       sync.Mutex
	undated  oddities
	zoneless oddities
	skipped  map[string]string // place -> why what is there is no article
}

// maxNamed is how many articles of a source are named that are odd in the same way.
const maxNamed = 1000

// oddities are articles that are odd in the same way.
type oddities struct {
	first  string            // the least of their places
	places map[string]string // place by key, of maxNamed of them
	more   bool              // there are others
}

// add notes an article.
func (o *oddities) add(key, place string) {
	if o.first == "" || place < o.first {
		o.first = place
	}
	if _, known := o.places[key]; known || len(o.places) < maxNamed {
		o.places[key] = place
	} else {
		o.more = true
	}
}

// NewReader returns a Reader of a source.
func NewReader(s source.Source) *Reader {
	return &Reader{source: s, undated: oddities{places: map[string]string{}}, zoneless: oddities{places: map[string]string{}}, skipped: map[string]string{}}
}

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
			r.undated.add(key, a.Place)
		case a.Zoneless:
			r.zoneless.add(key, a.Place)
		}
	}
	if skip := (*reader.SkipError)(nil); errors.As(err, &skip) && skip.Looks {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.skipped[skip.Place] = skip.Why
	}
	return a, err
}

// overlooked names what is no article although it looks like one, at most limit, and returns how many there are in all.
func (r *Reader) overlooked(ctx context.Context, limit int) (lines []string, count int) {
	for _, place := range slices.Sorted(maps.Keys(r.skipped)) {
		if len(lines) < limit {
			lines = append(lines, fmt.Sprintf("%s: passed over: %s", place, r.skipped[place]))
		}
	}
	if o, ok := r.source.(source.Overlooking); ok {
		more, n := o.Overlooked(ctx, limit-len(lines))
		return append(lines, more...), n + len(r.skipped)
	}
	return lines, len(r.skipped)
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

// Fetched counts what a source brings that is a source.Counting.
func (r *Reader) Fetched() (done, total int64) {
	if c, counts := r.source.(source.Counting); counts {
		return c.Fetched()
	}
	return 0, 0
}

// Left says how far the last listing got: see source.Unfinished.
func (r *Reader) Left() string {
	if u, may := r.source.(source.Unfinished); may {
		return u.Left()
	}
	return ""
}
