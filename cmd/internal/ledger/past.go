package ledger

import (
	"errors"

	"herald/source"
)

// Past is what an article was before a scan changed what readers have of it. At is when the scan began, in milliseconds.
type Past struct {
	Source        string
	At, Article   int64
	Shown         bool // some document showed it
	Meant         bool // some document was to show it, then or later by the clock alone
	Expires       int64
	ContentDigest source.Digest
	DigestVersion int64
	URL           string
}

var pasts = newTable("past", 3, "source, at, article, shown, meant, expires, content, digest_v, url", func(p *Past) []any {
	return []any{&p.Source, &p.At, &p.Article, &p.Shown, &p.Meant, &p.Expires, fixed(p.ContentDigest[:]), &p.DigestVersion, (*blob)(&p.URL)}
})

// PutPast keeps what an article was, unless that is kept of the same moment already.
func (t *Tx) PutPast(p *Past) error {
	return t.exec(pasts.sql.Insert+" on conflict do nothing", pasts.values(p)...)
}

// Pasts calls f for what is kept of the articles of a source, the oldest first. f must not write.
func (t *Tx) Pasts(src string, f func(*Past) error) error {
	return pasts.each(t, f, "where source = $1 order by at, article", src)
}

// PastCount counts what is kept of a source.
func (t *Tx) PastCount(src string) (int64, error) {
	return t.count("select count(*) from past where source = $1", src)
}

// KeepPasts forgets what is kept of a source but of the moments between two.
func (t *Tx) KeepPasts(src string, after, before int64) error {
	return errors.Join(t.exec("delete from past where source = $1 and at <= $2", src, after),
		t.exec("delete from past where source = $1 and at >= $2", src, before))
}

// ForgetPasts forgets what is kept of a source ("": of all).
func (t *Tx) ForgetPasts(src string) error {
	return t.exec("delete from past where $1 = '' or source = $1", src)
}
