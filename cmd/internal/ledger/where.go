package ledger

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Terms are values by their kind.
type Terms map[TermKind][]string

// Where picks articles: of each kind that Terms names they have one of its values, and they have none of the
// values of Not. Values are compared byte for byte. The zero Where picks every article.
//
// An article that names no language has the language "": a Where for the site's own language names both.
type Where struct{ Terms, Not Terms }

// Kinds returns the kinds that a Where asks for, which KeepTerms must have been told of.
func (w Where) Kinds() []TermKind {
	var out []TermKind
	for _, kind := range termKinds {
		if len(w.Terms[kind]) > 0 || len(w.Not[kind]) > 0 {
			out = append(out, kind)
		}
	}
	return out
}

// Matches reports whether a Where picks an article by its terms.
func (w Where) Matches(a *Article) bool {
	has := func(kind TermKind, values []string) bool {
		return slices.ContainsFunc(a.termValues(kind), func(v string) bool { return slices.Contains(values, v) })
	}
	for _, kind := range termKinds {
		if values := w.Terms[kind]; len(values) > 0 && !has(kind, values) || has(kind, w.Not[kind]) {
			return false
		}
	}
	return true
}

// Newest calls f for the articles of the feeds, newest feed time first, at most limit.
func (t *Tx) Newest(limit int, f func(*Article) error) error { return t.NewestOf(Where{}, limit, f) }

// NewestOf calls f for the articles of the feeds that a Where picks, newest feed time first, at most limit. It
// costs a step for each article that has one of the values of the kind that fewest have, until limit are
// found, and none for those that have none of them. f may write.
func (t *Tx) NewestOf(w Where, limit int, f func(*Article) error) error {
	if len(w.Kinds()) == 0 {
		return articles.each(t, f, "where in_feed = 1 and feed_published <> 0 order by feed_published desc limit $1", limit)
	}
	ids, err := t.newest(w, limit)
	if err != nil {
		return err
	}
	for _, id := range ids {
		a, err := t.Article(id)
		if err != nil {
			return err
		}
		if a == nil {
			return fmt.Errorf("article %d has terms and is gone: %w", id, ErrDamaged)
		}
		if err := f(a); err != nil {
			return err
		}
	}
	return nil
}

// newest returns the numbers of the articles of NewestOf.
func (t *Tx) newest(w Where, limit int) ([]int64, error) {
	query, args, err := t.newestQuery(w, limit)
	if err != nil {
		return nil, err
	}
	return t.ids(query, args...)
}

func (t *Tx) newestQuery(w Where, limit int) (query string, args []any, err error) {
	if len(w.Kinds()) == 0 {
		return "select id from article where in_feed = 1 and feed_published <> 0 order by feed_published desc limit $1", []any{limit}, nil
	}
	p, err := t.pick(w, false, 0)
	if err != nil {
		return "", nil, err
	}
	query = "select article from (" + p.query + " order by 1 desc limit " + p.arg(limit) + ") as picked order by feed_published desc"
	return query, p.args, nil
}

// LeftSince is the last moment at which an article at or after a feed time left the public
// documents; 0: none did.
func (t *Tx) LeftSince(feedPublished int64) (int64, error) {
	return t.LeftSinceOf(Where{}, feedPublished)
}

// LeftSinceOf is the last moment at which an article that a Where picks and that is at or after a feed time left
// the public documents; 0: none did. An article that stays public and is picked no more has not left.
func (t *Tx) LeftSinceOf(w Where, feedPublished int64) (int64, error) {
	if len(w.Kinds()) == 0 {
		return t.count("select coalesce(max(left_at), 0) from article where left_at <> 0 and feed_published >= $1", feedPublished)
	}
	p, err := t.pick(w, true, feedPublished)
	if err != nil {
		return 0, err
	}
	return t.count("select coalesce(max(a.left_at), 0) from ("+p.query+") as picked cross join article a where a.id = picked.article", p.args...)
}

// picking is a query for what a Where picks, feed time and article, under construction.
type picking struct {
	query string
	args  []any
}

func (p *picking) arg(v any) string {
	p.args = append(p.args, v)
	return "$" + strconv.Itoa(len(p.args))
}

func (p *picking) list(values []string) string {
	var out []string
	for _, v := range values {
		out = append(out, p.arg([]byte(v)))
	}
	return strings.Join(out, ", ")
}

// maxArms bounds the parts of a query that are merged: SQLite takes 500.
const maxArms = 100

// pick makes the query. Each value of the kind that fewest articles have is an arm of it, in the order of feed
// times by the index alone, so that arms are merged, not sorted; what else is asked, is asked of each article in turn.
func (t *Tx) pick(w Where, gone bool, since int64) (*picking, error) {
	kept, err := t.keptKinds()
	if err != nil {
		return nil, err
	}
	for _, kind := range w.Kinds() {
		if !slices.Contains(kept, kind) {
			return nil, fmt.Errorf("state: no terms of the kind %s are kept", kind)
		}
	}
	lead, err := t.rarest(w, gone)
	if err != nil {
		return nil, err
	}
	p := &picking{}
	is, from := p.arg(bit(gone)), p.arg(since)
	if lead == "" {
		p.query = "select t.feed_published, t.id as article from article t where " + inFeeds(gone) + " and t.feed_published >= " + from +
			" and t.feed_published <> 0" + p.rest(w, lead, is)
		return p, nil
	}
	var arms []string
	values := w.Terms[lead]
	for some := range slices.Chunk(values, (len(values)+maxArms-1)/maxArms) {
		arms = append(arms, "select t.feed_published, t.article from term t where t.kind = "+p.arg(string(lead))+" and t.value in ("+p.list(some)+
			") and t.gone = "+is+" and t.feed_published >= "+from+p.rest(w, lead, is))
	}
	p.query = strings.Join(arms, " union ")
	return p, nil
}

// inFeeds is the rule of Article.terms: which rows t have terms.
func inFeeds(gone bool) string {
	if gone {
		return "t.in_feed = 0 and t.left_at <> 0 and not " + NoFeed.in("t.flags")
	}
	return "t.in_feed = 1"
}

// rest is what a Where asks of t beside the values of one kind.
func (p *picking) rest(w Where, lead TermKind, is string) string {
	var out strings.Builder
	has := func(not string, kind TermKind, values []string) {
		out.WriteString(" and " + not + "exists (select 1 from term o where o.kind = " + p.arg(string(kind)) + " and o.value in (" + p.list(values) +
			") and o.gone = " + is + " and o.feed_published = t.feed_published)")
	}
	for _, kind := range termKinds {
		if values := w.Terms[kind]; kind != lead && len(values) > 0 {
			has("", kind, values)
		}
		if values := w.Not[kind]; len(values) > 0 {
			has("not ", kind, values)
		}
	}
	return out.String()
}

// enough is how far rarest counts: a kind of which so many articles have a value is not rare.
const enough = 1000

// rarest returns the kind of a Where of whose values the fewest articles have one; "" where it only excludes.
func (t *Tx) rarest(w Where, gone bool) (TermKind, error) {
	var asked []TermKind
	for _, kind := range termKinds {
		if len(w.Terms[kind]) > 0 {
			asked = append(asked, kind)
		}
	}
	if len(asked) == 0 {
		return "", nil
	}
	best, fewest := asked[0], int64(enough+1)
	for _, kind := range asked {
		if len(asked) == 1 {
			break
		}
		p := &picking{}
		n, err := t.count("select count(*) from (select 1 from term where kind = "+p.arg(string(kind))+" and gone = "+p.arg(bit(gone))+
			" and value in ("+p.list(w.Terms[kind])+") limit "+p.arg(enough)+") as counted", p.args...)
		if err != nil {
			return "", err
		}
		if n < fewest {
			best, fewest = kind, n
		}
	}
	return best, nil
}

// Window is the newest articles that a Where picks, so many.
type Window struct {
	Where  Where
	Newest int
}

// PruneBodies drops the bodies of articles that are in none of the windows.
func (t *Tx) PruneBodies(windows ...Window) error {
	kept := map[int64]bool{}
	for _, w := range windows {
		ids, err := t.newest(w.Where, w.Newest)
		if err != nil {
			return err
		}
		for _, id := range ids {
			kept[id] = true
		}
	}
	all, err := t.ids("select article from body order by article")
	if err != nil {
		return err
	}
	for _, id := range all {
		if kept[id] {
			continue
		}
		if err := t.exec("delete from body where article = $1", id); err != nil {
			return err
		}
	}
	return nil
}
