package files

import (
	"sync"
	"time"
)

// forgetAfter is how long a file that changed is remembered without a look.
const forgetAfter = time.Minute

// settlingFiles remembers the files that were met while they changed.
type settlingFiles struct {
	mu   sync.Mutex
	seen map[string]changing // by key
}

// changing is a file that changed lately.
type changing struct {
	facts        facts     // at the last look
	last         time.Time // the last look
	first, since time.Time // when it was first met, and when it was first met as it is
}

// look notes what a file looks like now. After a clock that was set back, or a long time without a look, it begins anew.
func (l *settlingFiles) look(key string, f facts, now time.Time) changing {
	l.mu.Lock()
	defer l.mu.Unlock()
	c, known := l.seen[key]
	if !known || now.Before(c.last) || now.Sub(c.last) >= forgetAfter {
		c = changing{facts: f, first: now, since: now}
	}
	if c.facts != f {
		c.facts, c.since = f, now
	}
	c.last = now
	if l.seen == nil {
		l.seen = map[string]changing{}
	}
	l.seen[key] = c
	return c
}
