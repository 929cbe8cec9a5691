package sitemap

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"herald/source/remote"
	"herald/source/spool"
)

// crawl is one Fetch: what of the pages that are listed has to be asked for, and what became of it.
type crawl struct {
	source *Source
	l      *listing
	now    time.Time
	since  time.Time // pages that are known were asked again up to here
	wanted []task    // pages that are new or changed
	known  []task    // pages that are asked again
	closed counter
	shut   counter
	failed counter
	none   counter
	told   map[string]bool // what was noted of hosts
	full   bool            // no more pages can be kept
}

// task is a page that is to be asked for.
type task struct {
	item *item
	was  string // the fingerprint that it was applied with; "": it was not
	due  int64  // of one that is known: when, Unix seconds; 0: not yet
}

// counter counts pages of one kind, and keeps what is said of the first.
type counter struct {
	n     int
	first string
}

func (c *counter) add(what string) {
	if c.n++; c.n == 1 {
		c.first = what
	}
}

const (
	batch     = time.Minute // how long a Fetch by schedule asks: what it has is applied before more is fetched
	fewPages  = 100         // so many pages without lastmod are all asked again where somebody asks for a scan
	failFirst = time.Minute
	failMost  = 24 * time.Hour
)

// crawl asks for the pages of a listing that are new or changed, and again for some that are known, until all are asked for or ctx ends.
func (s *Source) crawl(ctx context.Context, l *listing, seen iter.Seq2[string, string]) {
	c := &crawl{source: s, l: l, now: s.config.Now(), told: map[string]bool{}}
	s.mu.Lock()
	c.since = s.checked
	s.mu.Unlock()
	s.hosts.forgive()
	c.join(seen)
	s.tidy(l)
	c.choose(remote.IsScheduled(ctx))
	s.total.Store(int64(len(c.wanted) + len(c.known)))
	for len(c.wanted) > 0 && !c.over(ctx) {
		if done := c.one(ctx, c.wanted[0], false); !done {
			l.left++
		}
		c.wanted = c.wanted[1:]
		s.done.Add(1)
	}
	l.left += len(c.wanted)
	l.checked = c.again(ctx)
	l.open = l.left+c.failed.n+c.shut.n > 0
	c.report()
}

// over reports whether the Fetch has to end.
func (c *crawl) over(ctx context.Context) bool {
	return ctx.Err() != nil || remote.IsScheduled(ctx) && c.source.config.Now().Sub(c.now) >= batch
}

// again asks again for pages that are known, and returns up to when that was due.
func (c *crawl) again(ctx context.Context) time.Time {
	for _, t := range c.known {
		if !c.over(ctx) {
			c.one(ctx, t, true)
			c.source.done.Add(1)
		}
		if ctx.Err() != nil || c.over(ctx) {
			return time.Unix(t.due-1, 0)
		}
	}
	return c.now
}

// report notes what became of pages.
func (c *crawl) report() {
	l := c.l
	if c.closed.n > 0 {
		l.note("%s closed by robots.txt: not read (the first: %s)", counted(c.closed.n, "page", "pages"), c.closed.first)
	}
	if c.none.n > 0 {
		l.note("%s no article by what the server says (the first: %s)", counted(c.none.n, "page is", "pages are"), c.none.first)
	}
	if c.shut.n > 0 {
		l.note("%s on other hosts not read while their robots.txt cannot be (the first: %s)", counted(c.shut.n, "page", "pages"), c.shut.first)
	}
	if c.failed.n > 0 {
		l.note("%s could not be read, and what is known of them stays (the first: %s)", counted(c.failed.n, "page", "pages"), c.failed.first)
	}
}

// join finds out which pages are known as they are listed.
func (c *crawl) join(seen iter.Seq2[string, string]) {
	next, stop := iter.Pull2(seen)
	defer stop()
	key, print, more := next()
	c.wanted = make([]task, 0, len(c.l.items))
	for i := range c.l.items {
		it := &c.l.items[i]
		for more && key < it.url {
			key, print, more = next()
		}
		was := ""
		if more && key == it.url {
			was = print
		}
		if p, kept := c.source.page(it.url); kept && p.print == was {
			c.source.forget(it.url)
		} else if kept {
			was = p.print // fetched, and not applied yet
		}
		it.mod = stated(it.mod, c.now)
		if mod, _, _ := strings.Cut(was, " "); was != "" && mod == it.mod {
			it.print = was
		}
		c.wanted = append(c.wanted, task{item: it, was: was})
	}
}

// choose picks, of all pages, those that have to be asked for: what is new or changed, the latest first, and of those that are known
// the ones whose time has come, or all where somebody asks and they are few.
func (c *crawl) choose(scheduled bool) {
	all := c.wanted
	c.wanted = all[:0] // what is picked stands no further behind than where it was read
	undated := 0
	for _, t := range all {
		if t.item.print != "" && period(t.was) <= day {
			undated++
		}
	}
	for _, t := range all {
		if t.item.print == "" {
			c.wanted = append(c.wanted, t)
			continue
		}
		every := period(t.was)
		t.due = due(t.item.url, every, c.since, c.now)
		if t.due == 0 && !scheduled && every <= day && undated <= fewPages {
			t.due = c.now.Unix()
		}
		if t.due != 0 {
			c.known = append(c.known, t)
		}
	}
	slices.SortStableFunc(c.wanted, func(a, b task) int { return -strings.Compare(a.item.mod, b.item.mod) })
	slices.SortStableFunc(c.known, func(a, b task) int { return cmp.Compare(a.due, b.due) })
}

// one asks for a page. It reports false where that has still to be done: nobody was asked.
func (c *crawl) one(ctx context.Context, t task, again bool) (done bool) {
	s, it := c.source, t.item
	if !again {
		it.print = t.was // until more is known it stays as it was
	}
	if f, failed := s.failed[it.url]; failed && c.now.Before(f.next) {
		c.failed.add(it.url)
		return true
	}
	h := s.hosts.of(it.url)
	if ctx.Err() != nil || c.full {
		return false
	}
	if h.failing() {
		c.say(h.root + " failed too often one after another: it is left alone until the next scan")
		return false
	}
	if c.l.shut[hostOf(it.url)] {
		c.shut.add(it.url)
		return true
	}
	rules, err := h.permission(ctx)
	if err != nil {
		if ctx.Err() == nil {
			c.say(err.Error())
		}
		return false
	}
	if allowed, why := rules.Allowed(pathOf(it.url)); !allowed {
		c.closed.add(it.url + ", " + why)
		return true
	}
	was := ""
	if again {
		was = t.was
	}
	return c.take(ctx, h, it, was)
}

// take asks for a page and takes what its server answers. was: the fingerprint of what is known, "": nothing is.
func (c *crawl) take(ctx context.Context, h *host, it *item, was string) (done bool) {
	s := c.source
	p, err := s.ask(ctx, h, it.url, it.mod, was)
	switch {
	case ctx.Err() != nil:
		return false
	case err == nil && p == nil: // as it was
		delete(s.failed, it.url)
		return true
	case err == nil:
		err = s.keep(it.url, p)
	}
	switch {
	case errors.Is(err, spool.ErrFull):
		c.full = true
		return false
	case errors.As(err, new(leave)):
		c.say(err.Error())
		return false
	case err != nil:
		f := s.failed[it.url]
		s.failed[it.url] = failure{f.times + 1, c.now.Add(min(failFirst<<min(f.times, 20), failMost))}
		c.failed.add(err.Error())
		return true
	}
	delete(s.failed, it.url)
	it.print = p.print
	if p.why != "" {
		c.none.add(it.url + ": " + p.why)
	}
	return true
}

// say notes something once.
func (c *crawl) say(what string) {
	if !c.told[what] {
		c.told[what] = true
		c.l.note("%s", what)
	}
}
