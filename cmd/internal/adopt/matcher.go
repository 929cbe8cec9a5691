package adopt

import (
	"cmp"
	"time"

	"herald/cmd/internal/ledger"
)

// What an article is known by.
const (
	byLink         = "link"
	byTitleAndDate = "title and date"
	byTitle        = "title" // of an article whose URL will have the date of its item
)

// matcher holds the items of a feed by all that an article may be known by, and the articles that an item may be: never
// all articles.
type matcher struct {
	feed *Feed
	home string // what relative links start from
	zone *time.Location

	links, looseLinks, titles map[string][]int      // items
	looselyAt, titled         map[string][]*article // articles that share a key with some item

	found []*article // by item
	by    []string
	taken map[int64]bool
}

func newMatcher(f *Feed, c Config) *matcher {
	m := &matcher{
		feed: f, home: cmp.Or(f.Home, c.Placement.Site.String()+"/"), zone: c.Placement.Zone, links: map[string][]int{}, looseLinks: map[string][]int{}, titles: map[string][]int{},
		looselyAt: map[string][]*article{}, titled: map[string][]*article{},
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
		m.take(items[0], a, byLink)
	}
	if key := looseLink(a.url); len(m.looseLinks[key]) > 0 {
		m.looselyAt[key] = append(m.looselyAt[key], a)
	}
	if key := looseTitle(a.title); len(m.titles[key]) > 0 {
		m.titled[key] = append(m.titled[key], a)
	}
}

func (m *matcher) take(item int, a *article, by string) {
	m.found[item], m.by[item], m.taken[a.row] = a, by, true
}

// decide finds the articles of the items whose very link is none's.
func (m *matcher) decide() {
	for key, articles := range m.looselyAt {
		if items := m.looseLinks[key]; len(items) == 1 && len(articles) == 1 {
			m.join(items[0], articles[0], byLink)
		}
	}
	for key, articles := range m.titled {
		m.decideTitle(m.titles[key], articles)
	}
}

// join takes an article for an item unless one of them has another.
func (m *matcher) join(item int, a *article, by string) {
	if m.found[item] == nil && !m.taken[a.row] {
		m.take(item, a, by)
	}
}

// decideTitle joins the items and articles of one title that are the only ones of a day: of the site's, or of UTC's, in
// which many generators write. Then it joins the only ones of the title where the article has no date that could be
// another's: confirm looks closer.
func (m *matcher) decideTitle(items []int, articles []*article) {
	for _, zone := range []*time.Location{m.zone, time.UTC} {
		there := map[string][]*article{}
		for _, a := range articles {
			there[day(a.published, zone)] = append(there[day(a.published, zone)], a)
		}
		of := map[string][]int{}
		for _, i := range items {
			of[day(m.feed.Items[i].date(), zone)] = append(of[day(m.feed.Items[i].date(), zone)], i)
		}
		delete(of, "")
		for day, items := range of {
			if articles := there[day]; len(items) == 1 && len(articles) == 1 {
				m.join(items[0], articles[0], byTitleAndDate)
			}
		}
	}
	if len(items) == 1 && len(articles) == 1 && !articles[0].dated() {
		m.join(items[0], articles[0], byTitle)
	}
}

// day returns the day of a moment; "" of none.
func day(ms int64, zone *time.Location) string {
	if ms == 0 {
		return ""
	}
	return ledger.Time(ms).In(zone).Format(time.DateOnly)
}
