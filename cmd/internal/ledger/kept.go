package ledger

import "herald/cmd/internal/ledger/records"

// Kept is an article that a feed shows for a while, however many newer ones there are.
type Kept struct {
	Feed    string
	Article int64
	Since   int64 // when it could first be in the feed
}

var keptTable = records.New("kept", 2, "feed, article, since", func(k *Kept) []any { return []any{&k.Feed, &k.Article, &k.Since} })

// PutKept writes that a feed shows an article for a while.
func (t *Tx) PutKept(k Kept) error { return keptTable.Put(t.conn, &k) }

// AllKept returns all articles that feeds show for a while, by feed and article.
func (t *Tx) AllKept() ([]Kept, error) { return keptTable.All(t.conn, "order by feed, article") }

// DropKept forgets that a feed shows an article for a while, and reports whether it did.
func (t *Tx) DropKept(feed string, article int64) (did bool, err error) {
	n, err := t.change("delete from kept where feed = $1 and article = $2", feed, article)
	return n > 0, err
}

// KeptOf returns the articles that a feed shows for a while, in order.
func (t *Tx) KeptOf(feed string) ([]int64, error) {
	return t.ids("select article from kept where feed = $1 order by article", feed)
}
