package engine_test

import (
	"time"
)

// keeper is a feed of moreFeeds that keeps articles for a while.
type keeper struct {
	doc    string
	picks  func(f *fact) bool
	newest int
	keep   time.Duration
	bodies bool // it shows them
}

// keepers are those feeds, in the words of the contract.
func keepers() []keeper {
	all := []keeper{{doc: "more/kept.xml", picks: func(f *fact) bool { return f.category == "정치" || f.category == "뉴스" }, newest: 1, keep: 5 * time.Minute}}
	for _, value := range []string{"정치", "문화", "뉴스"} {
		all = append(all, keeper{"more/category/" + value + ".xml", func(f *fact) bool { return f.category == value }, 2, 3 * time.Minute, true})
	}
	return all
}

// enter notes in which of these feeds an article is, and since when: an article that the first scan of its source brings
// is in them as of old.
func (f *fact) enter(now time.Time, first bool) {
	inFeed, _ := f.public(now)
	for _, k := range keepers() {
		_, was := f.since[k.doc]
		switch is := inFeed && k.picks(f); {
		case !is:
			delete(f.since, k.doc)
		case !was && first:
			f.since[k.doc] = time.Time{}
		case !was:
			f.since[k.doc] = now
		}
	}
}

// judgeKept checks that these feeds show their newest articles, and those that came lately, however many they are and however old.
func (h *history) judgeKept(now *standing) {
	for _, k := range keepers() {
		members, lost := map[string]*fact{}, 0
		for _, f := range h.model.facts {
			if _, is := f.since[k.doc]; is {
				members[h.model.site+f.path] = f
				if k.bodies && h.unavailable(f) {
					lost++
				}
			}
		}
		var atom atomDocument
		if doc, stands := now.docs[k.doc]; stands {
			h.decode(k.doc, doc, &atom)
		}
		shown := map[*fact]bool{}
		for i, e := range atom.Entries {
			f := members[e.Links[0].Href]
			switch {
			case f == nil:
				h.fail("one rule decides who is public", "%s shows %s, which is no article of it", k.doc, e.Links[0].Href)
			case i >= k.newest && !f.since[k.doc].Add(k.keep).After(h.now):
				h.fail("a feed keeps what came lately, and nothing else", "%s shows %s, since %v, at %v", k.doc, f.path, f.since[k.doc], h.now)
			case i > 0 && !e.Published.Before(atom.Entries[i-1].Published):
				h.fail("feed times fall", "%s: %v, then %v", k.doc, atom.Entries[i-1].Published, e.Published)
			}
			shown[f] = true
		}
		if least := min(k.newest, len(members)) - lost; len(atom.Entries) < least {
			h.fail("feeds show the newest", "%s: %d items, want %d at least", k.doc, len(atom.Entries), least)
		}
		for _, f := range members {
			if shown[f] || k.bodies && h.unavailable(f) {
				continue
			}
			if f.since[k.doc].Add(k.keep).After(h.now) {
				h.fail("a feed keeps what came lately, and nothing else", "%s does not show %s, since %v, at %v", k.doc, f.path, f.since[k.doc], h.now)
			}
			if lost == 0 && f.shown.published.After(atom.Entries[k.newest-1].Published) {
				h.fail("feeds show the newest", "%s does not show %s of %v", k.doc, f.path, f.shown.published)
			}
		}
	}
}
