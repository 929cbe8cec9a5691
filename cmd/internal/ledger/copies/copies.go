// Package copies keeps which entries of sources have no article of their own, since an entry of another source leads it.
package copies

import (
	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
)

// Copy is one such entry.
type Copy struct {
	Source, Key string
	Article     int64  // the number of the article's row
	Place       string // of the entry, as messages name it
	URL         string // that the entry would have
}

// Table asks and writes within one transaction. It is used by one goroutine at a time.
type Table struct{ conn *records.Conn }

// In returns the Table of a transaction.
func In(conn *records.Conn) Table { return Table{conn} }

// Of returns the copies of an article, by source and key.
func (t Table) Of(article int64) ([]Copy, error) {
	return t.list("where article = $1 and copy = 1 order by source, key", article)
}

// All returns every copy. It is asked when the config names other sources than before.
func (t Table) All() ([]Copy, error) { return t.list("where copy = 1 order by source, key") }

func (t Table) list(which string, args ...any) ([]Copy, error) {
	return records.List(t.conn, func(c *Copy) []any {
		return []any{&c.Source, (*sqlform.Blob)(&c.Key), &c.Article, &c.Place, (*sqlform.Blob)(&c.URL)}
	}, "select source, key, article, place, url from seen "+which, args...)
}

// Key returns the key of the copy of an article in a source, "" where there is none.
func (t Table) Key(article int64, source string) (key string, err error) {
	_, err = t.conn.Row("select key from seen where article = $1 and source = $2 and copy = 1", []any{article, source}, (*sqlform.Blob)(&key))
	return key, err
}

// Count counts the copies in a source.
func (t Table) Count(source string) (int64, error) {
	return t.conn.Count("select count(*) from seen where source = $1 and copy = 1", source)
}

// Put makes a copy of an entry that is known.
func (t Table) Put(c Copy) error {
	return t.conn.Exec("update seen set copy = 1, article = $3, place = $4, url = $5 where source = $1 and key = $2",
		c.Source, []byte(c.Key), c.Article, c.Place, []byte(c.URL))
}

// Lead lets a copy lead its article. It is loaded at the next scan of its source; what URL it would have is known until then.
func (t Table) Lead(c Copy) error {
	return t.conn.Exec("update seen set copy = 0, place = '', fingerprint = '' where source = $1 and key = $2", c.Source, []byte(c.Key))
}

// Awaited returns the URL that an entry which leads since Lead would have, "" where its source was scanned since.
func (t Table) Awaited(source, key string) (url string, err error) {
	_, err = t.conn.Row("select url from seen where source = $1 and key = $2 and copy = 0", []any{source, []byte(key)}, (*sqlform.Blob)(&url))
	return url, err
}

// AskAgain has a copy loaded at the next scan of its source, to find out whether it still is one.
func (t Table) AskAgain(c Copy) error {
	return t.conn.Exec("update seen set fingerprint = '' where source = $1 and key = $2", c.Source, []byte(c.Key))
}
