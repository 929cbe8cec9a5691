package engine_test

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// model is what must be true of a history: the rules of the operator's contract, said once more and
// as shortly as they can be, for a few dozen articles in memory.
type model struct {
	facts     []*fact // in the order in which they became known; none ever leaves
	scans     int
	complete  map[string]bool  // sources of which a complete scan held an article
	recovered map[string]*fact // by path: what standing documents said when the ledger was lost
	oldest    time.Time        // of what feeds showed then; now, if none showed any
	site      string
	formers   map[string][]former         // by source: what articles were before scans of the last ten minutes changed them
	copies    map[string]map[string]*fact // by source and key: entries of articles that another source leads
	places    map[[2]string]string        // by source and key: the paths that those would have
	looked    map[string]time.Time        // by key: when an edit was taken in before the scan that the model makes of it
}

func newModel(site string) *model {
	return &model{complete: map[string]bool{}, site: site, formers: map[string][]former{}, copies: map[string]map[string]*fact{}, places: map[[2]string]string{}, looked: map[string]time.Time{}}
}

// fact is one article, from its first sight on.
type fact struct {
	n           int
	source, key string
	guid        string
	path        string // behind site.url
	reading            // its last good version
	date        time.Time
	byName      bool
	minted      bool // the date is a first sight's
	page        bool // undated, and in no feed until it gets a date
	born        time.Time
	regained    bool      // from documents, when the ledger was lost
	firstYear   time.Time // of first sight
	missing     time.Time // since when its source lists it no more, while it stays; zero: it lists it
	waits       string    // the path of the entry that leads it since another one left, until that is scanned; "": none
	removed     int       // the scan that removed it; 0: it lives
	out         bool      // some document showed it when last asked
	version     int       // rises whenever its time of change moves
	claimed     time.Time // that time, where it is one that the file gives
	changed     time.Time // when it was last seen to change, where the file gave none
	told        [2]know   // what the world is taken to know: urls, topics
	shown       shown
	since       map[string]time.Time // by feed that keeps articles: since when it could be there; zero: as of old
}

// know is what can be known of an article; the zero know: nothing.
type know struct{ path, mark string }

// shown is what documents have shown of an article so far, and at which version.
type shown struct {
	published, updated time.Time
	lastmod, atomID    string
	debut              time.Time // its date when it was first public
	minted             bool      // that was a first sight's
	version            int
	listed             int       // version that lastmod is of
	latest             time.Time // published is not later than this; zero: not known
}

// mark is what the world is told of.
func (f *fact) mark() string {
	if f.byName {
		return f.said + f.date.UTC().String()
	}
	return f.said
}

// public is the rule of who is public, over again.
func (f *fact) public(now time.Time) (inFeed, inSitemap bool) {
	switch {
	case f.removed != 0, f.draft, f.date.IsZero(), f.date.After(now), !f.expires.IsZero() && !f.expires.After(now):
		return false, false
	}
	return !f.noFeed && !f.page, !f.noSitemap
}

// stands reports whether readers can open the article's page.
func (f *fact) stands(now time.Time) bool {
	all := *f
	all.noFeed, all.page = false, false
	open, _ := all.public(now)
	return open
}

func (f *fact) knowable(now time.Time) (k [2]know) {
	inFeed, inSitemap := f.public(now)
	if inSitemap {
		k[0] = know{f.path, f.mark()}
	}
	if inFeed {
		k[1] = know{f.path, f.mark()}
	}
	return k
}

func (m *model) living(source string) (out []*fact) {
	for _, f := range m.facts {
		if f.removed == 0 && f.source == source {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *fact) int { return cmp.Compare(a.key, b.key) })
	return out
}

// entry is one file of a scan.
type entry struct {
	key string
	story
	reading
	f      *fact // whose it is; nil: a new article's
	fresh  bool  // the key was no article's before
	path   string
	was    string    // another path, at which documents showed it when the ledger was lost
	at     time.Time // the date that stands
	byName bool
	minted bool
	page   bool
}

// scanned is one scan of the model.
type scanned struct {
	*model
	conf    *conf
	origin  *origin
	now     time.Time
	lacks   func(key string) bool // the listing says that an entry is gone which it lacks
	entries []*entry
	missing []*fact
	stay    map[*fact]time.Time // missing articles that stay for now -> since when they are missing
	unmet   bool                // something is recovered that no scan has met
	taken   map[*fact]bool
	noted   bool             // what it changes is kept for the guard
	before  int              // how many articles were known
	forsook map[*fact]*entry // articles whose key turned out to be another's -> that entry

	uncopied  map[string]bool  // keys of copies that are none any more
	copied    map[*fact]*entry // articles of other sources -> the entry that is one of them
	absorbed  map[*fact]*entry // articles of other sources that are one with an entry's now
	displaced map[*fact]bool   // articles whose entry is another source's now
}

// scan takes a source in. It returns the kind of hold that must stand instead, if release does not
// let it through.
func (m *model) scan(c *conf, o *origin, files map[string]story, lacks func(key string) bool, now time.Time, release bool) (hold string) {
	s := &scanned{model: m, conf: c, origin: o, now: now, lacks: lacks, taken: map[*fact]bool{}, forsook: map[*fact]*entry{}, unmet: len(m.recovered) > 0,
		uncopied: map[string]bool{}, copied: map[*fact]*entry{}, absorbed: map[*fact]*entry{}, displaced: map[*fact]bool{}}
	m.rearrange(c)
	known := map[string]*fact{}
	for _, f := range m.living(o.name) {
		known[f.key] = f
		if _, listed := files[f.key]; !listed && lacks(f.key) {
			s.missing = append(s.missing, f)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(files)) {
		e := &entry{key: key, story: files[key], reading: o.read(files[key], c), f: known[key]}
		e.fresh = e.f == nil
		s.entries = append(s.entries, e)
	}
	s.identify()
	for _, e := range s.entries {
		s.locate(e)
		if c.kind.of(o.folder).beside && e.f != nil && e.f.said == e.said && e.f.path == e.path && e.f.removed == 0 {
			e.modified = e.f.modified
		}
	}
	s.reunite()
	s.pages()
	s.contest()
	s.grace()
	if hold = s.breach(); hold != "" && !release {
		return hold
	}
	if s.noted = c.guard && m.complete[o.name] && hold == ""; hold != "" {
		delete(m.formers, o.name)
	}
	m.scans++
	s.before = len(m.facts)
	s.apply()
	return hold
}

// identify finds out which articles the new keys are: by the id that they claim, by the words of one
// that vanished in the same scan, by the URL of one whose source left the config, and of removed ones by
// key, by words and by URL.
func (s *scanned) identify() {
	s.staying()
	s.join(s.known(), func(e *entry, f *fact) bool {
		return s.left(f) && (s.stands(e, f) && f.said == e.said || f.key == e.key && f.path == e.reading.path(e.day(f), s.conf.zone))
	})
	s.strays()
	s.thieves()
	claimed := map[string]bool{}
	for rank := range 4 { // what documents showed goes before what is claimed
		for _, e := range s.entries {
			shown := s.shownID(e)
			if !e.fresh || e.f != nil || e.refused || s.rank(e, shown) != rank {
				continue
			}
			if e.claim = cmp.Or(shown, e.claim); e.claim != "" {
				e.refused = claimed[e.claim]
				claimed[e.claim] = true
			}
		}
	}
	for _, e := range s.entries {
		if e.fresh && e.f == nil && !e.refused && e.claim != "" {
			for _, f := range s.facts {
				if f.guid == e.claim && !s.take(e, f, s.vacant(f)) && !s.meet(e, f) {
					e.refused = true
				}
			}
		}
	}
	s.forsaken()
	s.join(s.missing, func(e *entry, f *fact) bool { return f.said == e.said })
	s.shared()
	removed := slices.Clone(s.facts)
	removed = slices.DeleteFunc(removed, func(f *fact) bool { return f.removed == 0 })
	slices.SortFunc(removed, func(a, b *fact) int { return cmp.Or(b.removed-a.removed, b.n-a.n) })
	unclaimed := func(e *entry, f *fact) bool { return e.claim == "" || e.claim == f.guid || e.said == f.said }
	s.join(s.known(), func(e *entry, f *fact) bool { return s.left(f) && unclaimed(e, f) && s.stands(e, f) })
	s.join(removed, func(e *entry, f *fact) bool { return unclaimed(e, f) && f.source == s.origin.name && f.key == e.key })
	s.join(removed, func(e *entry, f *fact) bool { return unclaimed(e, f) && f.said == e.said })
	s.join(append(s.known(), removed...), func(e *entry, f *fact) bool {
		return unclaimed(e, f) && s.stands(e, f) && s.vacant(f)
	})
}

// rank says who goes first among new entries after the ledger was lost: one that gives the date that
// stands at its URL, one that gives none, one that gives another or is no more than a draft, one whose id is not known.
func (s *scanned) rank(e *entry, shown string) int {
	if shown == "" {
		return 3
	}
	rec := s.recovered[e.reading.path(e.date, s.conf.zone)]
	switch {
	case rec == nil, e.f != nil, e.dated && (e.date.Equal(rec.shown.published) || e.date.UTC().Format(time.RFC3339) == rec.shown.lastmod):
		return 0
	case e.dated, e.draft:
		return 2
	}
	return 1
}

// shownID returns the id that standing documents showed at an entry's URL when the ledger was lost.
func (s *scanned) shownID(e *entry) string {
	if e.needsYear && e.date.IsZero() {
		return ""
	}
	rec := s.recovered[e.reading.path(e.date, s.conf.zone)]
	if rec == nil || s.given(rec.guid) {
		return ""
	}
	return rec.guid
}

// known returns all articles that are not removed, the last known first.
func (s *scanned) known() (out []*fact) {
	for _, f := range slices.Backward(s.facts) {
		if f.removed == 0 {
			out = append(out, f)
		}
	}
	return out
}

// left reports whether an article's source left the config.
func (s *scanned) left(f *fact) bool { return s.conf.origin(f.source) == nil }

// stands reports whether an entry has an article's URL. It is not known while it waits for a date.
func (s *scanned) stands(e *entry, f *fact) bool {
	waits := e.needsYear && e.date.IsZero()
	return !waits && f.path == e.reading.path(e.date, s.conf.zone)
}

// day is the date in an entry's URL, were it that article.
func (e *entry) day(f *fact) time.Time {
	switch {
	case !e.date.IsZero():
		return e.date
	case f.date.IsZero():
		return f.firstYear
	}
	return f.date
}

// join returns each new entry, in turn, the first free fact that fits.
func (s *scanned) join(facts []*fact, fits func(*entry, *fact) bool) {
	for _, e := range s.entries {
		for _, f := range facts {
			if e.fresh && !e.refused && e.f == nil && fits(e, f) {
				s.take(e, f, true)
			}
		}
	}
}

func (s *scanned) take(e *entry, f *fact, free bool) bool {
	if free && !s.taken[f] && e.f == nil {
		e.f, s.taken[f] = f, true
		return true
	}
	return free && e.f == f
}

// vacant reports whether an article is gone, so that a new key may be it.
func (s *scanned) vacant(f *fact) bool {
	return !s.taken[f] && (s.forsook[f] != nil || f.removed != 0 || s.conf.origin(f.source) == nil || slices.Contains(s.missing, f))
}

// locate settles the date and the URL that an entry would have.
func (s *scanned) locate(e *entry) {
	e.at, e.byName = e.date, e.reading.byName
	first := s.now
	if e.f != nil {
		first = e.f.firstYear
		if e.at.IsZero() {
			e.at, e.byName, e.minted = e.f.date, e.f.byName, e.f.minted
		}
	}
	if e.at.IsZero() && !e.draft {
		e.at, e.minted = s.now, true
	}
	year := e.at
	if year.IsZero() {
		year = first
	}
	e.path = e.reading.path(year, s.conf.zone)
}

// contest refuses, of two articles at one URL, the one that did not have it; else the later known;
// else the greater key. One that is refused falls back to the URL that it had.
func (s *scanned) contest() {
	fixed := map[string]*fact{}
	for _, f := range s.facts {
		mine := slices.ContainsFunc(s.entries, func(e *entry) bool { return e.f == f })
		if f.removed == 0 && !mine && (!slices.Contains(s.missing, f) || s.inherited(f)) {
			fixed[f.path] = f
		}
	}
	order := slices.Clone(s.entries)
	slices.SortFunc(order, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.age(), b.age()), s.rank(a, "shown")-s.rank(b, "shown"), cmp.Compare(a.key, b.key))
	})
	for again := true; again; {
		again = false
		taken := map[string]bool{}
		for _, keeps := range []bool{true, false} {
			for _, e := range order {
				stands, has := e.stands()
				if has != keeps || stands == "" {
					continue
				}
				if slices.Index(s.entries, e) < 0 {
					continue // another source's by now
				}
				if f := fixed[stands]; f != nil && !taken[stands] && !e.refused && s.absorbed[f] != e && s.collide(e, f) {
					again = true
					if e.f == f {
						delete(fixed, stands)
					}
					continue
				} else if (taken[stands] || f != nil && s.absorbed[f] != e) && !e.refused {
					e.refused, again = true, true
				}
				taken[stands] = true
			}
		}
	}
}

func (e *entry) age() int {
	if e.f == nil {
		return 1 << 30
	}
	return e.f.n
}

// stands returns the URL at which an entry would stand, "" for none, and whether it had it before.
func (e *entry) stands() (path string, has bool) {
	had := ""
	if e.f != nil && e.f.removed == 0 {
		had = e.f.path
	}
	if e.refused {
		return had, true
	}
	return e.path, e.path == had
}
