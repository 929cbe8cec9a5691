package adopt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/feed"
	"herald/source/permalink"
	"herald/source/weburl"
)

// change is what an article takes over.
type change struct {
	pair
	id        string // "": its id stays
	date      int64  // 0: its date stays
	updated   int64  // the article's own time of last change; 0: it gives none
	url, path string // where it stands with that date; "": where it stood
}

// shownID returns the id that a feed of a format shows of an article.
func (m *matched) shownID(a *article) string {
	if m.feed.Format != feed.Atom || weburl.IsIRI(a.guid) {
		return a.guid
	}
	at := a.feedPublished
	if at == 0 {
		at = a.published
	}
	return weburl.TagURI(m.authority, ledger.Time(at), a.guid)
}

// changes returns what articles take over. What they keep although the feed says otherwise goes into the report.
func (a *Adoption) changes(ctx context.Context, m *matched, r *Report) (all []*change, err error) {
	for _, p := range m.pairs {
		c := &change{pair: p}
		if p.item.ID != "" && p.item.ID != m.shownID(p.article) {
			c.id = p.item.ID
		}
		if date := p.item.date(); !p.article.dated() && date > 0 && date != p.article.published && date != p.article.feedPublished && date <= ledger.Millis(a.config.Now()) {
			c.date = date
		}
		if c.empty() {
			r.Unchanged++
			continue
		}
		if err := a.ask(ctx, c, m.home, r); err != nil {
			return nil, err
		}
		if !c.empty() {
			all = append(all, c)
		}
	}
	return all, nil
}

func (c *change) empty() bool { return c.id == "" && c.date == 0 }

// ask looks into the article itself: an id that it claims stays, and a date in its permalink must not move it away from
// where readers know it.
func (a *Adoption) ask(ctx context.Context, c *change, home string, r *Report) error {
	own, err := a.config.Load(ctx, c.article.source, c.article.key)
	var refused *source.ArticleError
	switch {
	case errors.As(err, &refused):
		r.keep(c.article, "it cannot be read now: "+refused.Error())
		c.id, c.date = "", 0
		return nil
	case err != nil:
		return fmt.Errorf("load %s: %w", c.article.place, err)
	case own == nil:
		return nil
	}
	if c.id != "" && own.ID != "" && own.ID != c.id {
		r.keep(c.article, fmt.Sprintf("id %q: the article claims %q itself; take that out of its front matter to adopt the other", c.id, own.ID))
		c.id = ""
	}
	if c.date != 0 && !own.Published.IsZero() {
		c.date = 0 // it has got one since it was scanned
	}
	c.updated = ledger.Millis(own.Updated)
	if c.date != 0 && permalink.NeedsDate(own.Link.Pattern) {
		a.relocate(c, own, home, r)
	}
	return nil
}

// relocate finds out where an article stands whose permalink has its date: it takes the date if that is where it stands
// already, or where the feed says.
func (a *Adoption) relocate(c *change, own *source.Article, home string, r *Report) {
	url, path, err := a.relocated(own, c.date)
	switch {
	case err == nil && url == c.article.url:
	case err == nil && url == c.item.link(home):
		c.url, c.path = url, path
	default:
		r.keep(c.article, fmt.Sprintf("date %s: the article's permalink has its date in it, and with this one its URL would be %s", c.item.date8601(), url))
		c.date = 0
	}
}

// date8601 returns the item's date for people.
func (i Item) date8601() string { return ledger.Time(i.date()).UTC().Format(time.RFC3339) }

// adopted describes a change that was made.
func (c *change) adopted() Adopted {
	out := Adopted{Article: c.article.named(), By: c.by, ID: c.id}
	if c.id != "" {
		out.FormerID = c.article.guid
	}
	if c.date != 0 {
		out.Date = ledger.Time(c.date)
	}
	if c.url != "" {
		out.FormerURL, out.URL = out.URL, c.url
	}
	return out
}
