package adopt

import (
	"context"
	"fmt"
	"iter"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source/weburl"
)

// Comparison is a feed beside what would be published.
type Comparison struct {
	Feed    string       `json:"feed"`
	Items   int          `json:"items"`
	Equal   int          `json:"equal"`   // items of which nothing differs
	Differ  []Difference `json:"differ"`  // readers would notice
	Missing []Missing    `json:"missing"` // items that no feed of ours would show
	IDs     int          `json:"ids"`     // how many of Differ
	Dates   int          `json:"dates"`
	Links   int          `json:"links"`
}

// Difference is one thing that differs between an item and its article.
type Difference struct {
	Article
	What   string `json:"what"` // id, date or link
	Theirs string `json:"theirs"`
	Ours   string `json:"ours"`
}

// Missing is an item of which there is no article, or none in feeds.
type Missing struct {
	Item
	Why string `json:"why"`
}

// Compare compares a feed with what stands in the ledger: the ids, dates and links that documents would show.
func (a *Adoption) Compare(ctx context.Context, f *Feed) (*Comparison, error) {
	m, err := a.match(ctx, f)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Feed: f.Name, Items: len(f.Items), Differ: []Difference{}, Missing: []Missing{}}
	for _, p := range m.pairs {
		before := len(c.Differ)
		c.pair(m, p)
		if !p.article.inFeed {
			c.Missing = append(c.Missing, Missing{p.item, p.article.place + " is in no feed; herald explain says why"})
		} else if len(c.Differ) == before {
			c.Equal++
		}
	}
	for _, item := range m.items {
		c.Missing = append(c.Missing, Missing{item, "no article has this link, nor this title and date"})
	}
	return c, nil
}

// pair compares an item with its article.
func (c *Comparison) pair(m *matched, p pair) {
	differ := func(what string, count *int, theirs, ours string) {
		*count++
		c.Differ = append(c.Differ, Difference{p.article.named(), what, theirs, ours})
	}
	if shown := m.shownID(p.article); p.item.ID != "" && !sameAddress(p.item.ID, shown) {
		differ("id", &c.IDs, p.item.ID, shown)
	}
	if !sameDate(p) {
		differ("date", &c.Dates, p.item.date8601(), ledger.Time(p.article.published).UTC().Format(time.RFC3339))
	}
	if theirs := p.item.link(m.home); theirs != "" && theirs != p.article.url {
		if normal, err := weburl.Normal(p.item.URL); err == nil {
			theirs = normal
		}
		differ("link", &c.Links, theirs, p.article.url)
	}
}

// sameDate reports whether an item has the date of its article, to the second: as the article gives it, or raised as feeds
// show it where several articles share one. In a feed that says only when items changed, that may be it.
func sameDate(p pair) bool {
	same := func(ms int64) bool { return ms/1000 == p.item.date()/1000 }
	switch {
	case p.item.date() == 0, same(p.article.published), same(p.article.feedPublished):
		return true
	}
	return p.item.Published.IsZero() && (same(p.article.updated) || same(p.article.feedUpdated))
}

// Differs reports whether readers would notice anything.
func (c *Comparison) Differs() bool { return len(c.Differ) > 0 }

// Lists yields the parts of the comparison as lists for people.
func (c *Comparison) Lists() iter.Seq2[string, List] {
	var missing List
	by := map[string]*List{"id": {}, "date": {}, "link": {}}
	for _, d := range c.Differ {
		by[d.What].add(fmt.Sprintf("%s: %s → %s", d.Place, d.Theirs, d.Ours))
	}
	for _, one := range c.Missing {
		missing.add(one.line() + ": " + one.Why)
	}
	return func(yield func(string, List) bool) {
		sum := List{Lines: []string{fmt.Sprintf("%s: %d items, %d equal; %d ids, %d dates, %d links differ; %d missing",
			c.Feed, c.Items, c.Equal, c.IDs, c.Dates, c.Links, len(c.Missing))}, Count: 1}
		_ = yield("feed", sum) && yield("id", *by["id"]) && yield("date", *by["date"]) && yield("link", *by["link"]) && yield("missing", missing)
	}
}
