package bucket

import (
	"sync"

	"herald/source"
	"herald/source/preset"
	"herald/source/spool"
)

// cache keeps what was read of objects that articles are read with, so that one is read once for all articles that it concerns.
type cache struct {
	mu   sync.Mutex
	read map[string]cached // by key
}

// cached is one of them as it was when it had this print.
type cached struct {
	print print
	text  string
	data  preset.Data
	bad   bool // it could not be read
}

func (c *cache) get(o object) (one cached, found bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one = c.read[o.key]
	return one, o.print != (print{}) && one.print == o.print
}

func (c *cache) put(key string, one cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.read == nil {
		c.read = map[string]cached{}
	}
	c.read[key] = one
}

// kept is an object that was read and is not applied yet.
type kept struct {
	print   print
	place   spool.Place
	refusal *source.ArticleError // why it could not be read; nil: it could
}
