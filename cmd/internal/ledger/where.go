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
	for _, kind := range w.Kinds() {
		has := func(value string) bool { return slices.Contains(a.termValues(kind), value) }
		if values := w.Terms[kind]; len(values) > 0 && !slices.ContainsFunc(values, has) || slices.ContainsFunc(w.Not[kind], has) {
			return false
		}
	}
	return true
}

// picking is a query for what a Where picks, feed time and article, under construction.
type picking struct {
	query       string
	args        []any
	gone, since string // placeholders: of articles that left, or of those in the feeds; the first feed time
}

func newPicking(gone bool, since int64) *picking {
	p := &picking{}
	p.gone, p.since = p.arg(bit(gone)), p.arg(since)
	return p
}

// arg adds a parameter, and returns its placeholder.
func (p *picking) arg(v any) string {
	p.args = append(p.args, v)
	return "$" + strconv.Itoa(len(p.args))
}

// terms returns the condition of terms that have one of the values of a kind.
func (p *picking) terms(alias string, kind TermKind, values []string) string {
	ofKind := alias + ".kind = " + p.arg(string(kind))
	var list []string
	for _, v := range values {
		list = append(list, p.arg([]byte(v)))
	}
	return ofKind + " and " + alias + ".value in (" + strings.Join(list, ", ") + ") and " + alias + ".gone = " + p.gone
}

// rest returns what a Where asks of t beside the values of one kind.
func (p *picking) rest(w Where, lead TermKind) (out string) {
	has := func(not string, kind TermKind, values []string) {
		out += " and " + not + "exists (select 1 from term o where " + p.terms("o", kind, values) + " and o.feed_published = t.feed_published)"
	}
	for _, kind := range w.Kinds() {
		if values := w.Terms[kind]; kind != lead && len(values) > 0 {
			has("", kind, values)
		}
		if values := w.Not[kind]; len(values) > 0 {
			has("not ", kind, values)
		}
	}
	return out
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
	p := newPicking(gone, since)
	if lead == "" {
		// Which rows have terms is the rule of Article.terms.
		p.query = "select t.feed_published, t.id as article from article t where t.in_feed = 1 - " + p.gone +
			" and (" + p.gone + " = 0 or t.left_at <> 0 and not " + OffFeeds.in("t.flags") + ")" +
			" and t.feed_published <> 0 and t.feed_published >= " + p.since + p.rest(w, lead)
		return p, nil
	}
	var arms []string
	values := w.Terms[lead]
	for some := range slices.Chunk(values, (len(values)+maxArms-1)/maxArms) {
		arms = append(arms, "select t.feed_published, t.article from term t where "+p.terms("t", lead, some)+
			" and t.feed_published >= "+p.since+p.rest(w, lead))
	}
	p.query = strings.Join(arms, " union ")
	return p, nil
}

// rarest returns the kind of a Where of whose values the fewest articles have one, "" where it only excludes. A kind of
// which a thousand have a value is not rare.
func (t *Tx) rarest(w Where, gone bool) (rarest TermKind, err error) {
	fewest := int64(0)
	for _, kind := range w.Kinds() {
		if len(w.Terms[kind]) == 0 {
			continue
		}
		p := newPicking(gone, 1000)
		n, err := t.count("select count(*) from (select 1 from term t where "+p.terms("t", kind, w.Terms[kind])+" limit "+p.since+") as counted", p.args...)
		if err != nil {
			return "", err
		}
		if rarest == "" || n < fewest {
			rarest, fewest = kind, n
		}
	}
	return rarest, nil
}
