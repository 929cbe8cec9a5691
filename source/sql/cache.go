package sql

import (
	"database/sql"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	maxCachedBytes = 16 << 20 // of rows that were listed and are not loaded yet
	maxCachedRows  = 16 << 10
	maxNeighbours  = 16 << 10 // keys that were listed lately
	maxBatch       = 256      // rows that one statement fetches
	keptFor        = time.Minute
)

// row is the values of one row; one that is not valid is NULL.
type row struct {
	values []sql.NullString
	size   int
	twice  bool      // another row has the same key, and says something else
	at     time.Time // when it was read
}

// newRow copies values.
func newRow(values [][]byte, now time.Time) *row {
	r := &row{values: make([]sql.NullString, len(values)), at: now}
	for _, v := range values {
		r.size += len(v)
	}
	var all strings.Builder
	all.Grow(r.size)
	for _, v := range values {
		all.Write(v)
	}
	rest := all.String()
	for i, v := range values {
		r.values[i] = sql.NullString{String: rest[:len(v)], Valid: v != nil}
		rest = rest[len(v):]
	}
	return r
}

// same reports whether two rows say the same.
func (r *row) same(values [][]byte) bool {
	return slices.EqualFunc(r.values, values, func(a sql.NullString, b []byte) bool { return a.Valid == (b != nil) && a.String == string(b) })
}

// cache keeps rows that a listing has read until they are loaded: a minute at most, the oldest only as long as there is room.
type cache struct {
	mu    sync.Mutex
	rows  map[string]*row
	order []string // keys, the oldest first; some are taken
	bytes int
}

func newCache() *cache { return &cache{rows: map[string]*row{}} }

// put keeps a row.
func (c *cache) put(key string, r *row) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.size > maxCachedBytes/4 {
		return
	}
	c.drop(key)
	c.rows[key] = r
	c.order = append(c.order, key)
	c.bytes += r.size
	for len(c.order) > 0 && (c.rows[c.order[0]] == nil || len(c.rows) > maxCachedRows || c.bytes > maxCachedBytes) {
		c.drop(c.order[0])
		c.order = c.order[1:]
	}
}

func (c *cache) drop(key string) {
	if r := c.rows[key]; r != nil {
		c.bytes -= r.size
		delete(c.rows, key)
	}
}

// take returns a row, and forgets it; nil: it is not here.
func (c *cache) take(key string, now time.Time) *row {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.rows[key]
	c.drop(key)
	if r != nil && (now.Before(r.at) || now.Sub(r.at) > keptFor) {
		return nil
	}
	return r
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows, c.order, c.bytes = map[string]*row{}, nil, 0
}

// neighbours are the keys that were listed lately, in ascending order. Where rows are loaded one after the other, some are fetched at once.
type neighbours struct {
	mu   sync.Mutex
	keys []string
	next string // the key behind the last that was fetched; "": none
	size int    // of the next batch
}

// add takes up a key that was listed.
func (n *neighbours) add(key string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.keys) == maxNeighbours {
		n.keys = append(n.keys[:0], n.keys[maxNeighbours/2:]...)
	}
	n.keys = append(n.keys, key)
}

func (n *neighbours) clear() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.keys, n.next, n.size = nil, "", 0
}

// batch returns the keys to fetch where a key is wanted: more of them the longer each is near the last.
func (n *neighbours) batch(key string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	at, found := slices.BinarySearch(n.keys, key)
	if !found {
		return []string{key}
	}
	expected, _ := slices.BinarySearch(n.keys, n.next)
	if n.next != "" && at >= expected && at-expected < 8 {
		n.size = min(2*n.size, maxBatch)
	} else {
		n.size = 1
	}
	end := min(at+n.size, len(n.keys))
	n.next = n.keys[end-1] + "\x00"
	return slices.Clone(n.keys[at:end])
}
