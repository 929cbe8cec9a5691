package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"herald/feeds"
)

// judgeItems checks each item of the feeds: its id for ever, its date that never moves, its time of
// change that moves with each change and only then.
func (h *history) judgeItems(now *standing, inFeed []*fact) {
	byURL := map[string]*fact{}
	for _, f := range inFeed {
		byURL[h.model.site+f.path] = f
	}
	updates := map[time.Time]bool{}
	for i, item := range now.items {
		f := byURL[item.url]
		switch {
		case f == nil:
			h.fail("one rule decides who is public", "a feed shows %s, which no public article has", item.url)
		case item.guid != f.guid || item.permaLink != (f.guid == item.url):
			h.fail("ids are for ever", "%s (%s): id %q, permalink %t, want %q", item.url, f.key, item.guid, item.permaLink, f.guid)
		case i > 0 && !item.published.Before(now.items[i-1].published):
			h.fail("feed times fall", "%v, then %v", now.items[i-1].published, item.published)
		case updates[item.updated]:
			h.fail("feed times are unique", "two were updated at %v", item.updated)
		case h.conf.content == feeds.Full && !strings.Contains(item.content, f.body):
			h.fail("a feed shows the last good version", "%s has %q, want %q", item.url, item.content, f.body)
		case h.conf.content == feeds.Full && !f.bare && !strings.Contains(item.content, h.linked(f)):
			h.fail("links lead to where articles are", "%s (%s) has %q, want %q", item.url, f.key, item.content, h.linked(f))
		}
		updates[item.updated] = true
		h.judgeTimes(f, item)
		h.judgeAtomID(f, item)
		f.shown.published, f.shown.updated, f.shown.version = item.published, item.updated, f.version
	}
}

func (h *history) judgeTimes(f *fact, item told) {
	s := &f.shown
	if !s.published.IsZero() {
		if !s.published.Equal(item.published) {
			h.fail("dates never move", "%s was published at %v and is at %v", item.url, s.published, item.published)
		}
		moved := item.updated.After(s.updated)
		if s.version != 0 && (moved != (s.version != f.version) || item.updated.Before(s.updated)) {
			h.fail("a time of change moves with each change and only then", "%s, version %d then %d: %v, then %v", item.url, s.version, f.version, s.updated, item.updated)
		}
		return
	}
	from, till := s.debut, s.debut.Add(time.Duration(2*len(h.model.facts))*time.Second)
	switch {
	case s.minted && !s.latest.IsZero():
		from, till = time.Time{}, s.latest
	case s.minted:
		from, till = f.born.Add(-5*time.Minute), h.now
	}
	if item.published.Before(from.Truncate(time.Second)) || item.published.After(till) {
		h.fail("an article has its own date", "%s is published at %v, want %v to %v", item.url, item.published, from, till)
	}
}

// judgeAtomID: what is an IRI stays what it is, all else is minted once.
func (h *history) judgeAtomID(f *fact, item told) {
	want := f.shown.atomID
	if strings.Contains(f.guid, ":") {
		want = f.guid
	}
	if want != "" && item.atomID != want {
		h.fail("ids are for ever", "Atom: %q, want %q", item.atomID, want)
	}
	f.shown.atomID = item.atomID
}

// unavailable reports whether an article's file no longer says what was last taken in.
func (h *history) unavailable(f *fact) bool {
	o := h.conf.origin(f.source)
	if o == nil || o.folder == h.away {
		return true
	}
	s, there := h.listed(o.folder)[f.key]
	if !there {
		return true
	}
	r := o.read(s, &h.conf)
	return r.refused || r.said != f.said
}

// judgeWindow checks that the feeds show the newest articles, as many as they may.
func (h *history) judgeWindow(now *standing, inFeed []*fact) {
	shown := map[string]bool{}
	for _, item := range now.items {
		shown[item.guid] = true
	}
	lost := 0
	var oldest time.Time
	if len(now.items) > 0 {
		oldest = now.items[len(now.items)-1].published
	}
	for _, f := range inFeed {
		if h.unavailable(f) {
			lost++
			continue
		}
		if !shown[f.guid] && (len(now.items) < h.conf.items-lost || f.shown.published.After(oldest)) && lost == 0 {
			h.fail("feeds show the newest", "%s (%v) is missing from %d items", f.path, f.shown.published, len(now.items))
		}
	}
	if want := min(len(inFeed), h.conf.items); len(now.items) > want || len(now.items) < want-lost {
		h.fail("feeds show the newest", "%d items, want %d, %d of which may be missing", len(now.items), want, lost)
	}
}

// judgeSitemap checks that exactly the public URLs are listed, with a time of change that moves only
// with a change.
func (h *history) judgeSitemap(now *standing, paths []string) {
	want := map[string]bool{}
	for _, p := range slices.Concat(paths, h.conf.pages) {
		want[h.model.site+p] = true
	}
	if len(want) == 0 {
		want[h.model.site+"/"] = true
	}
	for url := range want {
		if _, listed := now.urls[url]; !listed {
			h.fail("one rule decides who is public", "the sitemap lists no %s", url)
		}
	}
	for url := range now.urls {
		if !want[url] {
			h.fail("one rule decides who is public", "the sitemap lists %s, which is not public", url)
		}
	}
	for _, f := range h.model.facts {
		if _, listed := f.public(h.now); !listed {
			continue
		}
		lastmod := now.urls[h.model.site+f.path]
		switch was := f.shown.lastmod; {
		case f.shown.listed == f.version && was != lastmod:
			h.fail("dates never move", "lastmod of %s was %q and is %q", f.path, was, lastmod)
		case f.shown.listed != 0 && f.shown.listed != f.version && (lastmod == "" || was == lastmod && f.claimed.IsZero()):
			h.fail("lastmod moves with a change", "of %s at version %d it was %q, at %d it is %q", f.path, f.shown.listed, was, f.version, lastmod)
		}
		f.shown.lastmod, f.shown.listed = lastmod, f.version
	}
}

// judgeTold checks that the world heard of exactly what changed: engines of each URL, hubs of each
// feed that shows a change or showed what is gone.
func (h *history) judgeTold(now *standing, n news) {
	urls, topics := h.world.heard()
	slices.Sort(urls)
	if h.crashed {
		urls = slices.Compact(urls)
	}
	want := n.urls
	if !h.conf.indexnow {
		want = nil
	}
	if !slices.Equal(urls, want) {
		h.fail("exactly what changed is told", "engines heard of %q, want %q", urls, want)
	}
	was, is := guids(h.before), guids(now)
	must, may, doubt := false, false, false
	for f := range n.changed {
		doubt = doubt || h.unavailable(f) && f.removed == 0
		_, stays := h.publicly(f)
		behind := len(now.items) == h.conf.items && f.shown.published.Before(now.items[len(now.items)-1].published)
		must = must || is[f.guid] || was[f.guid] && !stays && !behind // with newer ones, the feed would be the same had it stayed
		may = may || is[f.guid] || was[f.guid]
	}
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
		changed := h.before.docs[name] != now.docs[name] && !h.stale(name) && h.conf.hubs
		times := 0
		for _, topic := range topics {
			if topic == h.model.site+"/"+name {
				times++
			}
		}
		switch {
		case times > 0 && !changed, times > 1 && !h.crashed:
			h.fail("exactly what changed is told", "hubs heard of %s %d times", name, times)
		case doubt || h.doubt:
		case times > 0 && !may, times == 0 && must && changed:
			h.fail("exactly what changed is told", "hubs heard of %s %d times, of changes %s", name, times, changes(n))
		}
	}
	h.doubt = doubt
}

func (h *history) publicly(f *fact) (urls, topics bool) {
	topics, urls = f.public(h.now)
	return urls, topics
}

func guids(s *standing) map[string]bool {
	out := map[string]bool{}
	for _, item := range s.items {
		out[item.guid] = true
	}
	return out
}

func changes(n news) string {
	var out []string
	for f := range n.changed {
		out = append(out, fmt.Sprintf("%s %s %s", f.key, f.path, f.guid))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// vanishing asks for a hold over each document that the config has taken away.
func (h *history) vanishing(force bool, holds map[string]bool) {
	for name, wanted := range map[string]bool{"feed.json": h.conf.json, "rss.xml": h.conf.alias} {
		switch {
		case wanted:
			h.public[name] = true
		case !h.public[name]:
		case force || h.held["approved vanishing "+name]:
			delete(h.public, name)
		default:
			holds["vanishing "+name] = true
		}
	}
}
