package adopt

import (
	"cmp"
	"time"

	"herald/cmd/internal/ledger"
)

// matcher holds the items of a feed by all that an article may be known by, and the articles that an item may be: never
// all articles.
type matcher struct {
	feed *Feed
	home string // what relative links start from
	zone *time.Location

	links, looseLinks, titles map[string][]int      // items
	byLoose, byTitle          map[string][]*article // articles that share a key with some item

	found []*article // by item
	by    []string
	taken map[int64]bool
}

func newMatcher(f *Feed, c Config) *matcher {
	m := &matcher{
		feed: f, home: cmp.Or(f.Home, c.Placement.Site.String()+"/"), zone: c.Placement.Zone, links: map[string][]int{}, looseLinks: map[string][]int{}, titles: map[string][]int{},
		byLoose: map[string][]*article{}, byTitle: map[string][]*article{},
		found: make([]*article, len(f.Items)), by: make([]string, len(f.Items)), taken: map[int64]bool{},
	}
	for i, item := range f.Items {
		if link := item.link(m.home); link != "" {
			m.links[link] = append(m.links[link], i)
			m.looseLinks[looseLink(link)] = append(m.looseLinks[looseLink(link)], i)
		}
		if title := looseTitle(item.Title); title != "" {
			m.titles[title] = append(m.titles[title], i)
		}
	}
	return m
}

// meet notes an article if it may be an item's.
func (m *matcher) meet(row *ledger.Article) {
	a := articleOf(row)
	if items := m.links[a.url]; len(items) > 0 {
		m.take(items[0], a, "link")
	}
	if key := looseLink(a.url); len(m.looseLinks[key]) > 0 {
		m.byLoose[key] = append(m.byLoose[key], a)
	}
	if key := looseTitle(a.title); len(m.titles[key]) > 0 {
		m.byTitle[key] = append(m.byTitle[key], a)
	}
}

func (m *matcher) take(item int, a *article, by string) {
	m.found[item], m.by[item], m.taken[a.row] = a, by, true
}

// decide finds the articles of the items whose very link is none's.
func (m *matcher) decide() {
	for key, articles := range m.byLoose {
		if items := m.looseLinks[key]; len(items) == 1 && len(articles) == 1 {
			m.join(items[0], articles[0], "link")
		}
	}
	for key, articles := range m.byTitle {
		m.decideTitle(m.titles[key], articles)
	}
}

// join takes an article for an item unless one of them has another.
func (m *matcher) join(item int, a *article, by string) {
	if m.found[item] == nil && !m.taken[a.row] {
		m.take(item, a, by)
	}
}

// decideTitle joins the items and articles of one title: of one day, or, where an article has no date that could be
// another, the only ones of their title.
func (m *matcher) decideTitle(items []int, articles []*article) {
	for _, i := range items {
		day := m.feed.Items[i].date()
		if day == 0 {
			continue
		}
		var there []*article
		for _, a := range articles {
			if a.published != 0 && m.sameDay(a.published, day) {
				there = append(there, a)
			}
		}
		others := 0
		for _, other := range items {
			if at := m.feed.Items[other].date(); at != 0 && m.sameDay(at, day) {
				others++
			}
		}
		if len(there) == 1 && others == 1 {
			m.join(i, there[0], "title and date")
		}
	}
	if len(items) == 1 && len(articles) == 1 && !articles[0].dated() {
		m.join(items[0], articles[0], "title")
	}
}

// sameDay reports whether two moments are of one day, in the site's zone or in UTC, in which many generators write.
func (m *matcher) sameDay(a, b int64) bool {
	for _, zone := range []*time.Location{m.zone, time.UTC} {
		if ledger.Time(a).In(zone).Format(time.DateOnly) == ledger.Time(b).In(zone).Format(time.DateOnly) {
			return true
		}
	}
	return false
}
