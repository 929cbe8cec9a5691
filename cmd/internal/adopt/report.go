package adopt

import (
	"fmt"
	"iter"
	"time"

	"herald/source/feed"
)

// Report is what an adoption did.
type Report struct {
	Feed      string      `json:"feed"`
	Format    feed.Format `json:"format"`
	Items     int         `json:"items"`
	Matched   int         `json:"matched"`
	Adopted   []Adopted   `json:"adopted"`   // articles that took over an id or a date
	Unchanged int         `json:"unchanged"` // articles that have what their item says
	Kept      []Kept      `json:"kept"`      // what articles keep although their item says otherwise

	UnmatchedItems    []Item    `json:"unmatched_items"`
	UnmatchedArticles []Article `json:"unmatched_articles"` // in feeds, and no item's: the first thousand
	UnmatchedCount    int64     `json:"unmatched_articles_count"`
}

// Article names one article.
type Article struct {
	Place string `json:"place"`
	URL   string `json:"url"`
	Title string `json:"title"`
}

// Adopted is one article that took over something.
type Adopted struct {
	Article
	By        string    `json:"by"` // what it was known by: link, title and date, title
	ID        string    `json:"id,omitempty"`
	FormerID  string    `json:"former_id,omitempty"`
	Date      time.Time `json:"date,omitzero"`
	FormerURL string    `json:"former_url,omitempty"`
}

// Kept is one thing that an article keeps.
type Kept struct {
	Article
	Why string `json:"why"`
}

func (a *article) named() Article { return Article{a.place, a.url, a.title} }

// report returns a report of what was matched; nothing has been done yet.
func (m *matched) report() *Report {
	r := &Report{
		Feed: m.feed.Name, Format: m.feed.Format, Items: len(m.feed.Items), Matched: len(m.pairs), Adopted: []Adopted{}, Kept: []Kept{},
		UnmatchedItems: append([]Item{}, m.items...), UnmatchedArticles: []Article{}, UnmatchedCount: m.count,
	}
	for _, a := range m.articles {
		r.UnmatchedArticles = append(r.UnmatchedArticles, a.named())
	}
	return r
}

func (r *Report) keep(a *article, why string) {
	r.Kept = append(r.Kept, Kept{a.named(), why})
}

// Lists yields the parts of the report as lists for people: a name, the first lines, and how many there are in all.
func (r *Report) Lists() iter.Seq2[string, List] {
	ids, dates := 0, 0
	var adopted, kept, items, articles List
	for _, a := range r.Adopted {
		date := a.Date.UTC().Format(time.RFC3339)
		switch {
		case a.Date.IsZero():
			ids++
			adopted.add(fmt.Sprintf("%s: id %s (by %s)", a.Place, a.ID, a.By))
		case a.ID == "":
			dates++
			adopted.add(fmt.Sprintf("%s: date %s (by %s)", a.Place, date, a.By))
		default:
			ids, dates = ids+1, dates+1
			adopted.add(fmt.Sprintf("%s: id %s date %s (by %s)", a.Place, a.ID, date, a.By))
		}
	}
	for _, k := range r.Kept {
		kept.add(k.Place + ": " + k.Why)
	}
	for _, i := range r.UnmatchedItems {
		items.add(i.line())
	}
	for _, a := range r.UnmatchedArticles {
		articles.add(a.Place + " " + a.URL)
	}
	articles.Count = r.UnmatchedCount
	adopted.shorten()
	articles.shorten()
	return func(yield func(string, List) bool) {
		sum := List{Lines: []string{fmt.Sprintf("%s: %d items, %d matched; %d ids and %d dates taken over, %d articles unchanged", r.Feed, r.Items, r.Matched, ids, dates, r.Unchanged)}, Count: 1}
		_ = yield("feed", sum) && yield("adopted", adopted) && yield("kept", kept) && yield("no match", items) && yield("no item", articles)
	}
}

// List is lines for people. Count is how many there are, if not all are here.
type List struct {
	Lines []string
	Count int64
}

func (l *List) add(line string) { l.Lines, l.Count = append(l.Lines, line), l.Count+1 }

// shorten leaves the first lines of a list that tells nothing one must act upon.
func (l *List) shorten() { l.Lines = l.Lines[:min(len(l.Lines), 20)] }

// line describes an item for people.
func (i Item) line() string {
	line := i.label()
	if i.Title != "" && line != i.Title {
		line += " " + i.Title
	}
	return line
}
