package serve

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"sync"
)

// cache keeps compressed bodies by the hash of their plain bytes and drops the least recently used
// first. Compressing costs a hundred times what sending does.
type cache struct {
	limit int64

	mu    sync.Mutex
	size  int64
	byKey map[string]*list.Element // of *packed
	used  *list.List               // latest first
}

// packed is compressed once, by the first who asks; the others wait for it.
type packed struct {
	key     string
	once    sync.Once
	body    []byte
	counted bool // body is made and in cache.size; held by cache.mu
}

func newCache(limit int64) *cache {
	return &cache{limit: limit, byKey: map[string]*list.Element{}, used: list.New()}
}

// gzip returns body compressed. Equal bodies yield equal bytes: no time, no name, one level.
func (c *cache) gzip(key string, body []byte) []byte {
	p := c.entry(key)
	p.once.Do(func() {
		p.body = compress(body)
		c.account(p)
	})
	return p.body
}

func (c *cache) entry(key string) *packed {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, found := c.byKey[key]; found {
		c.used.MoveToFront(e)
		return e.Value.(*packed)
	}
	p := &packed{key: key}
	c.byKey[key] = c.used.PushFront(p)
	return p
}

// account adds a finished body and drops old ones, and itself where it alone is too large. Entries
// that are still being made weigh nothing and stay.
func (c *cache) account(p *packed) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size += int64(len(p.body))
	p.counted = true
	for e := c.used.Back(); e != nil && c.size > c.limit; {
		old, before := e.Value.(*packed), e.Prev()
		if old.counted {
			c.size -= int64(len(old.body))
			c.used.Remove(e)
			delete(c.byKey, old.key)
		}
		e = before
	}
}

func compress(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.DefaultCompression) // the level is valid
	_, _ = w.Write(body)                                       // a buffer takes all
	_ = w.Close()
	return out.Bytes()
}
