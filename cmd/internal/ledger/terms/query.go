package terms

import (
	"slices"
	"strconv"
	"strings"

	"herald/cmd/internal/ledger/sqlform"
)

// Query is a query for what a Where picks, the columns feed_published and article, under construction. Placeholders are
// numbered, and Args hold what they stand for.
type Query struct {
	Text        string
	Args        []any
	gone, since string // placeholders: of articles that left, or of those in the feeds; the first feed time
}

// NewQuery returns an empty query: of articles that left, or of those in the feeds, from a feed time on.
func NewQuery(gone bool, since int64) *Query {
	q := &Query{}
	q.gone, q.since = q.Arg(sqlform.Bit(gone)), q.Arg(since)
	return q
}

// Arg adds a parameter, and returns its placeholder.
func (q *Query) Arg(v any) string {
	q.Args = append(q.Args, v)
	return "$" + strconv.Itoa(len(q.Args))
}

// has returns the condition of terms that a clause asks for.
func (q *Query) has(alias string, c Clause) string {
	ofKind := alias + ".kind = " + q.Arg(string(c.Kind))
	var list []string
	for _, v := range c.Values {
		list = append(list, q.Arg([]byte(v)))
	}
	return ofKind + " and " + alias + ".value in (" + strings.Join(list, ", ") + ") and " + alias + ".gone = " + q.gone
}

// rest returns what a Where asks of t beside one of its clauses.
func (q *Query) rest(w Where, lead int) (out string) {
	exists := func(c Clause) string {
		return "exists (select 1 from term o where " + q.has("o", c) + " and o.feed_published = t.feed_published)"
	}
	for i, c := range w.Clauses() {
		if i != lead {
			out += " and " + exists(c)
		}
	}
	for _, c := range w.Not.clauses() {
		out += " and not " + exists(c)
	}
	return out
}

// All makes it the query for what a Where picks that asks for no value. off is the condition that an article t is off the
// feeds.
func (q *Query) All(w Where, off string) {
	// Which rows have terms is the rule of Article.terms.
	q.Text = "select t.feed_published, t.id as article from article t where t.in_feed = 1 - " + q.gone +
		" and (" + q.gone + " = 0 or t.left_at <> 0 and not " + off + ")" +
		" and t.feed_published <> 0 and t.feed_published >= " + q.since + q.rest(w, -1)
}

// maxArms bounds the parts of a query that are merged: SQLite takes 500.
const maxArms = 100

// Led makes it the query for what a Where picks, led by one of its clauses. Each value of that is an arm of it, in the order
// of feed times by the index alone, so that arms are merged, not sorted; what else is asked, is asked of each article in turn.
func (q *Query) Led(w Where, lead int) {
	clause := w.Clauses()[lead]
	var arms []string
	for some := range slices.Chunk(clause.Values, (len(clause.Values)+maxArms-1)/maxArms) {
		arms = append(arms, "select t.feed_published, t.article from term t where "+q.has("t", Clause{clause.Kind, some})+
			" and t.feed_published >= "+q.since+q.rest(w, lead))
	}
	q.Text = strings.Join(arms, " union ")
}

// Counted returns a query that counts the articles that have what a clause asks for, up to a number.
func Counted(c Clause, gone bool, most int64) (text string, args []any) {
	q := NewQuery(gone, most)
	return "select count(*) from (select 1 from term t where " + q.has("t", c) + " limit " + q.since + ") as counted", q.Args
}
